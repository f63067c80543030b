"""How one round is judged, for its organiser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.errors import Refusal
from competitions.actions.assigning.assignable import entries_of_round
from competitions.actions.judging.round_settings import SETTING_STATES, has_signed_sheets, set_judging
from competitions.forms.round_settings import RoundSettingsForm
from competitions.views.organise.parts import managed, page_of


def round_settings(request, slug, code):
    competition = managed(request, slug)
    round_ = get_object_or_404(competition.rounds, code=code)
    entries = entries_of_round(round_).defer("draft").order_by("code")
    form = RoundSettingsForm(request.POST or None, round_=round_, entries=entries)
    if request.method == "POST" and form.is_valid():
        try:
            made = set_judging(round_, form.settings, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _saved(made))
            return redirect("competitions:organise_round", slug, code)
    context = {
        "round": round_,
        "form": form,
        "can_change": competition.state in SETTING_STATES,
        "is_begun": has_signed_sheets(round_),
    }
    page = page_of(competition, "organise_committee", at=now(), **context)
    status = 422 if request.method == "POST" else 200
    return render(request, "competitions/organise/round.html", page, status=status)


def _saved(made):
    if not made:
        return _("Saved.")
    words = ngettext(
        "Saved. %(count)s judge got a sheet of the calibration entry.",
        "Saved. %(count)s judges got a sheet of the calibration entry.",
        made,
    )
    return words % {"count": made}

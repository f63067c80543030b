"""When the people of a competition are forgotten, and keeping them longer for a reason."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.models import AuditRecord
from competitions.actions.erasure import ended_at, forgets_at, keep_longer, to_forget
from competitions.forms.erasure import KeepLongerForm
from competitions.views.organise.parts import managed, page_of


def forgetting(request, slug):
    competition = managed(request, slug)
    form = KeepLongerForm(request.POST or None, initial={"days": competition.keep_days})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            keep_longer(competition, days=told["days"], reason=told["reason"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The period is lengthened, and the reason is recorded."))
            return redirect("competitions:organise_forgetting", slug)
    return _page(request, competition, form)


def _page(request, competition, form):
    context = {
        "form": form,
        "forgets_at": forgets_at(competition),
        "can_lengthen": ended_at(competition) and not competition.erased_at,
        "kept": to_forget(competition),
        "lengthened": [_lengthening(each) for each in _lengthenings(competition)],
    }
    page = page_of(competition, "organise_competition", at=now(), **context)
    status = 422 if form.errors else 200
    return render(request, "competitions/organise/forgetting.html", page, status=status)


def _lengthenings(competition):
    rows = AuditRecord.objects.filter(
        verb="competition.kept_longer", target_kind="competition", target_id=str(competition.pk)
    )
    return rows.order_by("at")


def _lengthening(record):
    return {"at": record.at, **record.detail}

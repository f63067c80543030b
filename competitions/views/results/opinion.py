"""What a winner reads of the cancelling of an award, and the opinion on it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.results.revocations import give_opinion
from competitions.forms.revocations import OpinionForm
from competitions.models import Entry, Revocation
from competitions.permissions import can_lead_entry


def entry_revocation(request, pk):
    entry, revocation = _own(request, pk)
    at = now()
    can_speak = (
        can_lead_entry(request.user, entry) and not revocation.decided_at and at < revocation.opinion_until
    )
    form = OpinionForm(request.POST or None, initial={"opinion": revocation.opinion})
    if request.method == "POST" and form.is_valid():
        try:
            give_opinion(revocation, form.cleaned_data["opinion"], by=request.user, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your opinion is with the organiser."))
            return redirect("competitions:entry_revocation", pk)
    context = {
        "entry": entry,
        "revocation": revocation,
        "form": form if can_speak or form.is_bound else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "competitions/results/opinion.html", context, status=status)


def _own(request, pk):
    """The person's own entry, or their team's; 404 while nothing is known against its award."""
    entry = get_object_or_404(Entry.objects.visible_to(request.user).select_related("competition"), pk=pk)
    revocation = Revocation.objects.filter(award__entry=entry).select_related("award__tier").first()
    if revocation is None:
        raise Http404
    return entry, revocation

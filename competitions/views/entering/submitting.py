"""Handing in what is saved: a light request with the consents and the number of the save that was shown."""

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import require
from casebook.content import ContentRefused
from competitions.actions.entries.submissions import ChangedMeanwhile, submit_entry
from competitions.forms.entry_call import call_parts
from competitions.forms.entry_questions import name_of_consent
from competitions.permissions import can_change_entry
from competitions.views.entering.pages import entry_page
from competitions.views.entering.parts import entries_to_write, form_of

STALE, NOT_TAKEN = 409, 422


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, pk):
    """A page that was reloaded or gone back to leads to the entry."""
    entries = entries_to_write(request.user) if request.user.is_authenticated else None
    if entries is None:
        return redirect_to_login(f"/entries/{pk}/")
    entry = get_object_or_404(entries, pk=pk)
    require(can_change_entry(request.user, entry))
    if request.method != "POST":
        return redirect(entry)
    call = call_parts(entry.competition, asks_questions=False, has_terms=entry.has_terms)
    given = [term.purpose for term in call.terms if request.POST.get(name_of_consent(term))]
    try:
        submit_entry(entry, by=request.user, consents=given, revision=_whole(request.POST.get("revision")))
    except (ContentRefused, Refusal) as refusal:
        return _refused(request, pk, refusal)
    return redirect("competitions:receipt", pk)


def _refused(request, pk, refusal):
    """The page again at its last step, with the saved text, the ticks and what is wrong."""
    entry = entries_to_write(request.user).get(pk=pk)
    form = form_of(request, entry.competition, entry=entry)
    consents = {name_of_consent(term) for term in form.call.terms}
    ticks = {name: "on" for name in consents if request.POST.get(name)}
    typed = {name: value for name, value in form.as_if_posted().items() if name not in consents}
    form = form_of(request, entry.competition, entry=entry, data=typed | ticks, call=form.call)
    form.is_valid()
    form.check_finished()
    if isinstance(refusal, ContentRefused):
        form.refuse(refusal.problems)
    else:
        form.add_error(None, str(refusal))
    if not form.non_field_errors():
        form.add_error(None, _("Not submitted yet. Your text is saved; put right what is named here."))
    status = STALE if isinstance(refusal, ChangedMeanwhile) else NOT_TAKEN
    return entry_page(
        request, form, competition=entry.competition, entry=entry, status=status, start="review"
    )


def _whole(text):
    """The number of the save; 0 fits none, so a missing one is never taken for the newest."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0

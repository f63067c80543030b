"""A person's own entries, and the proof that they were handed in."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import time_words
from casebook.content import canonical_json
from competitions.actions.entries.window import deadline_of
from competitions.actions.results.candidates import candidates_among
from competitions.documents.qr import qr_data_url
from competitions.entry_content import changed_since_submission
from competitions.models import Entry
from competitions.receipts import stamp
from competitions.states import EntryState, Phase
from competitions.views.calls.document_parts import check_address, entrant_words, submitted_title
from competitions.views.entering.parts import can_be_written, shown_state
from competitions.views.entering.standing import with_revocation

PAGE_SIZE = 20


def my_entries(request):
    entries = Entry.objects.visible_to(request.user).for_listing().select_related("entrant")
    entries = with_revocation(entries).prefetch_related("competition__form_fields")
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    at = timezone.now()
    candidates = candidates_among(page)
    rows = [_row(entry, at=at) | {"is_candidate": entry.pk in candidates} for entry in page]
    return render(request, "competitions/my_entries.html", {"page_obj": page, "rows": rows})


def receipt(request, pk):
    entries = Entry.objects.visible_to(request.user).for_listing().select_related("entrant")
    entry = get_object_or_404(entries, pk=pk)
    if entry.snapshot is None:
        raise Http404
    snapshots = [_stamped(snapshot) for snapshot in entry.snapshots.defer("content").order_by("-number")]
    context = {
        "entry": entry,
        "competition": entry.competition,
        "title": submitted_title(entry),
        "entrant": entrant_words(entry),
        "check_address": check_address(entry.snapshot.receipt_number),
        "qr": qr_data_url(check_address(entry.snapshot.receipt_number)),
        "current": snapshots[0],
        "snapshots": snapshots,
        "state": shown_state(entry),
        "team": [member["name"] for member in entry.snapshot.content.get("team", [])],
        "can_change": can_be_written(entry, at=timezone.now()),
        "deadline": entry.correction_due if entry.state == EntryState.RETURNED else _deadline(entry),
    }
    return render(request, "competitions/receipt.html", context)


def submission(request, pk, number):
    """The very bytes the receipt's SHA-256 is taken over, so that anyone can check it."""
    entry = get_object_or_404(Entry.objects.visible_to(request.user), pk=pk)
    snapshot = get_object_or_404(entry.snapshots, number=number)
    response = HttpResponse(canonical_json(snapshot.content), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{snapshot.receipt_number}.json"'
    return response


def _stamped(snapshot):
    snapshot.stamp = stamp(snapshot.submitted_at)
    return snapshot


def _deadline(entry):
    return deadline_of(entry.competition, entry.track)


def _row(entry, *, at):
    state = shown_state(entry)
    phase = entry.competition.phase(at)
    return {
        "entry": entry,
        "state": state,
        "is_open": can_be_written(entry, at=at),
        "deadline": _deadline(entry),
        "is_returned": state == EntryState.RETURNED,
        "next": _next_step(entry, state=state, phase=phase, at=at),
    }


def _next_step(entry, *, state, phase, at):
    if state == EntryState.DRAFT:
        return _next_of_draft(phase)
    if state == EntryState.SUBMITTED:
        return _next_of_submission(entry, phase)
    if state == EntryState.RETURNED:
        return _next_of_returned(entry, at=at)
    if state == EntryState.DISQUALIFIED:
        return _("Not admitted: %(reason)s") % {"reason": entry.decision_reason}
    if state == EntryState.AWARDED:
        return (
            _("Awarded: %(tier)s") % {"tier": entry.award.tier} if hasattr(entry, "award") else _("Awarded.")
        )
    return {
        EntryState.ACCEPTED: _(
            "Admitted. Wait for the judges; the result will stand on the competition's page."
        ),
        EntryState.NOT_AWARDED: _("The results are published."),
        EntryState.WITHDRAWN: _("You withdrew this entry."),
    }[state]


def _next_of_returned(entry, *, at):
    words = {"due": time_words.moment(entry.correction_due), "note": entry.correction_note}
    if at >= entry.correction_due:
        return _("The correction was due at %(due)s; what you submitted before counts.") % words
    return _("Returned for correction until %(due)s: %(note)s") % words


def _next_of_draft(phase):
    if phase == Phase.OPEN:
        return _("Not submitted yet. Finish it and submit it before the deadline.")
    return _("Not submitted: entries have closed.")


def _next_of_submission(entry, phase):
    if phase == Phase.CANCELLED:
        return _("The competition was cancelled.")
    if phase != Phase.OPEN:
        return _("Submitted. The organiser checks whether it can be admitted.")
    if changed_since_submission(entry):
        return _("Changed since you submitted it. Submit again, or the earlier text counts.")
    return _("Submitted. You can still change it until the deadline.")

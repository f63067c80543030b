"""What the pages of one sheet share: the way to it, why it is closed, and what is shown beside it."""

from typing import NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.judging.calibration import waits_for
from competitions.actions.judging.redacting import blind_title, without_people
from competitions.actions.judging.sheets import PledgeMissing, require_judging, require_turn
from competitions.errors import TooEarly
from competitions.models import Assignment, EntryNote
from competitions.states import SheetState
from competitions.views.entry_shown import shown

UNREAD = ("call", "plan", "eligibility", "files", "dates", "faq", "contact")  # of the competition


def title_of(sheet):
    """The title for the sheet's judge: of a blind round that of the copy, which is looked up when it is printed."""
    entry = sheet.entry
    return SimpleLazyObject(lambda: blind_title(entry, at=now())) if sheet.round.blind else entry.title


class Closed(NamedTuple):
    """Why a sheet cannot be changed ("" when it can), and whether its entry is out of sight too."""

    sentence: str = ""
    hides_entry: bool = False
    lacks_pledge: bool = False


def sheet_of(request, pk, *, with_text=True):
    """The judge's own sheet. with_text: whether the entry's text will be shown; else it is loaded when asked for.

    `comes_first` is the code of the entry to be signed before it, or None; `title` what its judge reads as the title.
    """
    unread = [] if with_text else ["entry__snapshot__content"]
    rows = (
        Assignment.objects.visible_to(request.user)
        .select_related("judge", "entry__competition", "entry__snapshot", "entry__track", "round")
        .defer("entry__draft", *(f"entry__competition__{name}" for name in UNREAD), *unread)
    )
    sheet = get_object_or_404(rows, pk=pk)
    sheet.judge.user, sheet.round.competition = request.user, sheet.entry.competition
    if sheet.snapshot_id == sheet.entry.snapshot_id:
        sheet.snapshot = sheet.entry.snapshot
    sheet.comes_first = waits_for(sheet)
    sheet.title = title_of(sheet)
    return sheet


def why_closed(sheet):
    if sheet.state == SheetState.RECUSED:
        return Closed(_("You stepped aside from this entry, so you no longer see it."), hides_entry=True)
    try:
        require_turn(sheet, first=sheet.comes_first)
    except PledgeMissing as refusal:
        return Closed(str(refusal), hides_entry=True, lacks_pledge=True)
    except TooEarly as refusal:
        return Closed(str(refusal), hides_entry=True)
    if sheet.state == SheetState.SIGNED:
        return Closed(_("You signed this sheet. Ask the organiser to open it again if it is wrong."))
    try:
        require_judging(sheet.entry.competition)
    except TooEarly as refusal:
        return Closed(str(refusal), hides_entry=True)
    except Refusal as refusal:
        return Closed(str(refusal))
    return Closed()


class Reading(NamedTuple):
    """Which text of the entry lies beside the sheet. was_corrected: the points are about an older one."""

    snapshot: object
    was_corrected: bool = False
    is_old: bool = False


def reading_of(sheet, *, wants_old=False):
    """What a signed sheet is about is what was signed; on an open one the text that counts, or the pinned one."""
    pinned, counts = sheet.snapshot, sheet.entry.snapshot
    if pinned is None or pinned == counts:
        return Reading(counts)
    is_old = wants_old or sheet.state == SheetState.SIGNED
    return Reading(pinned if is_old else counts, was_corrected=True, is_old=is_old)


def shown_to_judge(sheet, reading):
    """The entry as its judge sees it. The only place where an entry's content comes into the judge's room."""
    sheet.entry.snapshot = reading.snapshot
    parts = shown(sheet.entry, for_judges=True, blind=sheet.round.blind)
    query = "?version=old" if reading.is_old else ""
    for file in parts.files:
        if file.is_open:
            file.address = reverse("competitions:judging_file", args=[sheet.pk, file.number]) + query
    return parts


def file_snapshot(sheet, *, wants_old):
    """Set which text's files are handed out; 404 while the entry is out of sight."""
    if why_closed(sheet).hides_entry:
        raise Http404
    sheet.entry.snapshot = reading_of(sheet, wants_old=wants_old).snapshot


def committee_notes(sheet):
    """What the organiser wrote for the committee, oldest first; in a blind round without names."""
    notes = sheet.entry.notes.filter(audience=EntryNote.Audience.COMMITTEE)
    return without_people(list(notes), sheet.entry) if sheet.round.blind else notes

"""Copies of entries without who entered, for judges of blind rounds: made when first needed, and kept."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from competitions.actions.judging.redaction_people import people_of
from competitions.models import Attachment, Competition, FormField, Redaction, Round
from competitions.redacting import Finder, masked, redacted, shown_part, texts_of
from competitions.states import JUDGED_STATES, CompetitionState

MADE_IN = {CompetitionState.ANNOUNCED, CompetitionState.JUDGING}
EXAMINED = {Attachment.Examination.DONE, Attachment.Examination.FAILED}
BATCH = 200
LONGEST = 200_000  # characters of a file; one that says more is held like one that could not be read
SHOWN, HELD, AS_TEXT = "file", "", "text"  # what judges get of a file


def copy_of(entry, *, at):
    """The Redaction of entry.snapshot, stored unless a file of it is still being examined or there is no snapshot.

    One query when it is there already.
    """
    kept = getattr(entry.snapshot, "redaction", None)
    if kept is None:
        kept = make_copies([entry], at=at)[entry.pk]
        if entry.snapshot:
            entry.snapshot.redaction = kept
    return kept


def blind_title(entry, *, at):
    """The title as judges of a blind round read it."""
    return copy_of(entry, at=at).content["case"].get("title") or entry.code


def without_people(notes, entry):
    """Notes about an entry, with who entered masked in their text; none of them is stored."""
    finder = Finder(people_of([entry])[entry.pk]) if notes else None
    for note in notes:
        note.text = masked(note.text, [(each.start, each.end) for each in finder.find(note.text)])
    return notes


def make_copies(entries, *, at):
    """{entry: Redaction} of entries with their snapshot, none of which has one. Eight queries at most."""
    copies, waiting = _copies(entries, at=at)
    storable = [entry for entry in entries if _is_kept(entry) and entry.pk not in waiting]
    Redaction.objects.bulk_create([copies[entry.pk] for entry in storable], ignore_conflicts=True)
    stored = Redaction.objects.filter(snapshot__in=[entry.snapshot_id for entry in storable])
    by_snapshot = {row.snapshot_id: row for row in stored} if storable else {}
    return copies | {entry.pk: by_snapshot[entry.snapshot_id] for entry in storable}


def make_missing(competition, *, at, most=BATCH):
    """Make copies for a blind contest, some at a time. Returns how many were made or tried."""
    left = (
        blind_entries(competition).filter(snapshot__redaction=None).select_related("snapshot", "competition")
    )
    entries = list(left.order_by("pk")[:most])
    if entries:
        make_copies(entries, at=at)
    return len(entries)


def make_missing_everywhere(*, at):
    """What the clock does: contests with a blind round that are judged, or closed and soon will be."""
    blind = Round.objects.filter(competition=OuterRef("pk"), blind=True)
    rows = Competition.objects.filter(Exists(blind), state__in=MADE_IN).filter(
        Q(state=CompetitionState.JUDGING) | Q(closes_at__lte=at)
    )
    for competition in rows:
        make_missing(competition, at=at)


def blind_entries(competition):
    """The entries that judges of blind rounds read, in the order of their codes."""
    rows = competition.entries.filter(
        state__in=JUDGED_STATES, snapshot__isnull=False, snapshot__erased_at=None
    )
    return rows.order_by("code", "pk")


def unchecked_count(competition):
    """How many copies of a blind contest nobody has checked; 0 without a blind round. Two queries."""
    if not competition.rounds.filter(blind=True).exists():
        return 0
    return blind_entries(competition).exclude(snapshot__redaction__state=Redaction.State.CHECKED).count()


def source_of(entry):
    """What a copy is made from: what judges may read, with what the files say. Two queries at most."""
    return _sources([entry])[0][entry.pk]


def _copies(entries, *, at):
    """({entry: Redaction not stored}, {entries with a file that is still being examined})."""
    sources, waiting = _sources(entries)
    people = people_of(entries)
    found = {}
    for entry in entries:
        source = sources[entry.pk]
        mentions = find_in(source, Finder(people[entry.pk]))
        content = with_files(redacted(source, mentions), source, mentions)
        found[entry.pk] = Redaction(
            snapshot=entry.snapshot,
            content=content,
            mentions=[each.as_json() for each in mentions],
            made_at=at,
        )
    return found, waiting


def find_in(content, finder):
    return [each for place, text in texts_of(content).items() for each in finder.find(text, place=place)]


def with_files(content, source, mentions):
    """Files that mention nobody are shown; those that do, or could not be read, wait for the organiser."""
    named = {each.place for each in mentions}
    for number, file in enumerate(content.get("files", [])):
        is_read = bool(source["files"][number]["text"].strip())
        file["shown"] = SHOWN if is_read and f"files.{number}.text" not in named else HELD
    return content


def _sources(entries):
    personal, attachments = _personal(entries), _attachments(entries)
    found, waiting = {}, set()
    for entry in entries:
        whole = entry.snapshot.content if _is_kept(entry) else entry.draft
        case = whole.get("case") or {"title": entry.title, "summary": entry.summary}
        source = shown_part(whole | {"case": case}, personal=personal[entry.competition_id])
        source["files"] = [
            _file(each, attachments.get(each["id"]), personal[entry.competition_id])
            for each in whole.get("files") or []
        ]
        if any(
            attachments[each["id"]].examination not in EXAMINED
            for each in source["files"]
            if each["id"] in attachments
        ):
            waiting.add(entry.pk)
        found[entry.pk] = source
    return found, waiting


def _file(frozen, row, personal):
    """A file without its name; its text unless it answers a question about a person."""
    is_open = row and frozen.get("field") not in personal and len(row.text) <= LONGEST
    text = row.text if is_open else ""
    return {name: frozen.get(name) for name in ("id", "field", "kind", "size", "sha256")} | {"text": text}


def _attachments(entries):
    """{id: row} of the files of all of them. One query, none without files."""
    frozen = [
        each["id"]
        for entry in entries
        if _is_kept(entry)
        for each in entry.snapshot.content.get("files") or []
    ]
    rows = Attachment.objects.filter(pk__in=frozen).only("text", "examination") if frozen else []
    return {str(row.pk): row for row in rows}


def _personal(entries):
    """{competition: codes of the questions about a person}. One query."""
    found = defaultdict(set)
    rows = FormField.objects.filter(
        competition__in={entry.competition_id for entry in entries}, is_personal=True
    )
    for competition, code in rows.values_list("competition", "code"):
        found[competition].add(code)
    return found


def _is_kept(entry):
    return bool(entry.snapshot_id) and not entry.snapshot.erased_at

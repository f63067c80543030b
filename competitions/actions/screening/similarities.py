"""Finding entries that are like others: remembering what is handed in, looking for it, settling what was found."""

from dataclasses import dataclass
from urllib.parse import unquote

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.screening.compared_texts import content_of, files_of, texts_of
from competitions.actions.screening.flags import CHECKS, SIMILAR, check_flags, similar_flags, write_flags
from competitions.actions.screening.similar_candidates import (
    holders_of_files,
    keys_of,
    own,
    rows_to_compare,
    similar_candidates,
)
from competitions.actions.screening.similar_sources import similar_cases, similar_prompts
from competitions.errors import CompetitionError
from competitions.models import Entry, EntryFingerprint, SimilarityFinding
from competitions.similarity import compare, text_of_entry
from competitions.states import EntryState

REASON_MAX_LENGTH = 500
MOST_SAME_FILE = 20
Kind = SimilarityFinding.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """What an entrant may be told of before submitting. share: 0 to 1, of their own text."""

    title: str
    address: str
    kind: str
    share: float

    @property
    def kind_label(self):
        return Kind(self.kind).label


def remember(snapshot):
    """Keep the fingerprint of what was handed in; it is to be compared (again). One upsert."""
    entry = snapshot.entry
    entry.snapshot = snapshot
    values = {
        "snapshot": snapshot,
        "bands": keys_of(texts_of([entry])[entry.pk]),
        "files": sorted({file["sha256"] for file in files_of(entry) if file.get("sha256")}),
        "compared_at": None,
    }
    EntryFingerprint.objects.bulk_create(
        [EntryFingerprint(entry=entry, **values)],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=list(values),
    )


def look_for_similar(entry, *, at):
    """Write what the entry is like and its flags. Returns the findings. The same again changes nothing.

    What was settled stays settled; what is no longer found goes, unless it was settled.
    """
    if entry.snapshot is None:
        return []
    findings, checks = _findings(entry, at=at), check_flags(entry)
    with transaction.atomic():
        locked = Entry.objects.select_for_update().get(pk=entry.pk)
        if locked.snapshot_id != entry.snapshot_id:  # handed in again meanwhile: that is compared next
            return []
        _write(entry, findings)
        write_flags(locked, similar_flags(locked) | checks, of=SIMILAR | CHECKS)
        EntryFingerprint.objects.filter(entry=entry).update(compared_at=at)
    return list(entry.similarities.all())


@transaction.atomic
def settle(finding, *, reason, by, at):
    """Note what an organiser found when looking: harmless, or what was done about it."""
    reason = reason.strip()
    if not reason:
        raise CompetitionError(_("Write what you found: why it is harmless, or what is done about it."))
    if len(reason) > REASON_MAX_LENGTH:
        raise CompetitionError(
            _("The reason is longer than %(most)s characters. Shorten it.") % {"most": REASON_MAX_LENGTH}
        )
    entry = Entry.objects.select_for_update().get(pk=finding.entry_id)
    open_ones = SimilarityFinding.objects.filter(pk=finding.pk, settled_at=None)
    if not open_ones.update(settled_at=at, settled_by=by, settled_reason=reason):
        raise IllegalMove(_("This is settled already. Open the page again to read the reason."))
    write_flags(entry, similar_flags(entry), of=SIMILAR)
    audit.record("similarity.settled", by=by, target=entry, finding=finding.pk, reason=reason)


def similar_before_submission(content, *, by, competition):
    """What is public, or the person's own, and like a draft: [Similar], the most alike first.

    Never anything of somebody else's entry, not even that there is one. competition: whose own entry of the
    person is left out, because it is this one.
    """
    personal = competition.form_fields.filter(is_personal=True).values_list("code", flat=True)
    text = text_of_entry(content, personal=set(personal))
    sources = [*similar_prompts(content, text), *similar_cases(content, text)]
    found = [
        Similar(
            title=each.record.title,
            address=each.record.get_absolute_url(),
            kind=each.kind,
            share=each.share,
        )
        for each in sources
    ]
    others = [row for row in similar_candidates(text, by=by) if row.competition_id != competition.pk]
    texts = texts_of(others)
    for row in others:
        like = compare(text, texts[row.pk])
        if like.kind != "none":
            address = row.get_absolute_url()
            found.append(Similar(title=row.title, address=address, kind=like.kind, share=like.share))
    return sorted(found, key=lambda each: -each.share)


def _findings(entry, *, at):
    text = texts_of([entry])[entry.pk]
    shared = holders_of_files([file["sha256"] for file in files_of(entry)], entry=entry)
    origin = _origin(entry)
    found = [
        SimilarityFinding(
            entry=entry,
            other=row,
            kind=kind,
            share=share,
            other_was_awarded=row.state == EntryState.AWARDED,
            found_at=at,
        )
        for row, kind, share in _like_entries(entry, text, shared)
    ]
    content = content_of(entry)
    sources = [
        *similar_prompts(content, text, origin=origin),
        *similar_cases(content, text, origin=origin),
    ]
    for each in sources:
        found.append(
            SimilarityFinding(
                entry=entry,
                kind=each.kind,
                share=each.share,
                other_was_awarded=each.was_awarded,
                found_at=at,
                **{each.record.kind: each.record},
            )
        )
    return found


def _like_entries(entry, text, shared):
    """Yield (other entry, kind, share) of what says the same or has the same file."""
    rows = similar_candidates(text, entry=entry)
    more = sorted(set(shared) - {row.pk for row in rows})[:MOST_SAME_FILE]
    if more:
        mine = own(entry).order_by().values("pk")
        rows += rows_to_compare().filter(pk__in=more).exclude(pk__in=mine)
    texts = texts_of(rows)
    for row in rows:
        like = compare(text, texts[row.pk])
        if like.kind != "none" or row.pk in shared:
            yield row, like.kind if like.kind != "none" else Kind.SAME_FILE, like.share


def _origin(entry):
    """The origin of what was published from this entry (actions/results/publication.py)."""
    results = unquote(reverse("competitions:results", args=[entry.competition.slug]))
    return f"{results}#{entry.code}"


def _write(entry, findings):
    """Insert or renew the findings; remove what is found no more."""
    kept = {(each.other_id, each.prompt_id, each.case_id) for each in findings}
    gone = [
        row.pk
        for row in entry.similarities.filter(settled_at=None)
        if (row.other_id, row.prompt_id, row.case_id) not in kept
    ]
    SimilarityFinding.objects.filter(pk__in=gone).delete()
    SimilarityFinding.objects.bulk_create(
        findings,
        update_conflicts=True,
        unique_fields=["entry", "other", "prompt", "case"],
        update_fields=["kind", "share", "other_was_awarded"],
    )

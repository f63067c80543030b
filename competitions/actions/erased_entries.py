"""Erasing entries, some at a time: who entered and what they wrote goes; hashes, receipts and decisions stay."""

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from competitions.actions.afterwards.evidence import forget_evidence, remove_evidence_bytes
from competitions.actions.afterwards.forgetting import forget_after
from competitions.actions.screening.compared_texts import texts_of
from competitions.actions.screening.similar_candidates import keys_of
from competitions.entry_files import remove_bytes, remove_part
from competitions.models import (
    Attachment,
    CandidateReport,
    Conflict,
    ConflictVote,
    Entry,
    EntryFingerprint,
    EntryNote,
    Redaction,
    SimilarityFinding,
    Snapshot,
    TeamMember,
)
from competitions.states import EntryState

BATCH = 200
WORK = ("case", "prompts", "links")


def erase_batch(competition, *, at, most=BATCH):
    """Erase the next entries that are not erased. Returns how many; 0 when none is left.

    Bytes go before the row says so: killed between them, the next run deletes again, which changes nothing.
    """
    left = Entry.objects.filter(competition=competition, erased_at=None).order_by("pk")
    keys = list(left.values_list("pk", flat=True)[:most])
    for attachment in Attachment.objects.filter(entry__in=keys, erased_at=None).defer("text"):
        remove_bytes(attachment)
        remove_part(attachment)
    remove_evidence_bytes(keys)
    with transaction.atomic():
        locked = list(left.filter(pk__in=keys).select_for_update(of=["self"]).values_list("pk", flat=True))
        _erase(locked, at=at)
    return len(keys)


def _erase(keys, *, at):
    winners = _keep_work_of_winners(keys)
    rows = Entry.objects.filter(pk__in=keys)
    rows.exclude(pk__in=winners).update(title=Coalesce("code", Value("–")), summary="", draft={})
    rows.update(
        entrant=None,
        declared={},
        team="",
        correction_note="",
        flags=[],
        idempotency_key=None,
        erased_at=at,
    )
    TeamMember.objects.filter(entry__in=keys).update(
        user=None, email="", contribution="", declared={}, token_sha256=None, invited_by=None
    )
    Attachment.objects.filter(entry__in=keys).update(
        name="", text="", findings=[], path="", uploaded_by=None, examination="done",
        erased_at=Coalesce("erased_at", Value(at)),
    )  # fmt: skip
    EntryNote.objects.filter(entry__in=keys).update(text="")
    _forget_conflicts(keys)
    CandidateReport.objects.filter(entry__in=keys).update(text="", by=None)
    forget_evidence(keys, at=at)
    forget_after(keys)
    SimilarityFinding.objects.filter(Q(entry__in=keys) | Q(other__in=keys)).delete()
    Snapshot.objects.filter(entry__in=keys, erased_at=None).update(
        content={}, submitted_by=None, erased_at=at
    )
    Redaction.objects.filter(snapshot__entry__in=keys).delete()
    _forget_fingerprints(keys, winners=winners, at=at)


def _forget_conflicts(keys):
    """That judge and entry were kept apart stays; who is tied to whom, and what was said of it, goes."""
    by = Case(When(kind=Conflict.Kind.CHALLENGE, then=Value(None)), default=F("by"))
    Conflict.objects.filter(entry__in=keys).update(reason="", decision="", by=by)
    ConflictVote.objects.filter(conflict__entry__in=keys).update(reason="")


def _forget_fingerprints(keys, *, winners, at):
    """Later copies of a winner's kept work are still found; of all others nothing is left to find.

    Emptied and not deleted: a missing fingerprint would be made again by the next round.
    """
    rows = EntryFingerprint.objects.filter(entry__in=keys)
    rows.update(bands=[], files=[], compared_at=at)
    entries = list(Entry.objects.filter(pk__in=winners).select_related("snapshot"))
    texts = texts_of(entries)
    kept = [EntryFingerprint(entry=entry, bands=keys_of(texts[entry.pk])) for entry in entries]
    EntryFingerprint.objects.bulk_update(kept, ["bands"])


def _keep_work_of_winners(keys):
    """Winners license their work: case, prompts and links stay, as the draft, without answers, files and team.

    The snapshot cannot keep it, for it changes as a whole or not at all. Returns the winners' keys.
    """
    won = Entry.objects.filter(pk__in=keys, state=EntryState.AWARDED)
    won = won.exclude(award__revocation__is_upheld=True).select_related("snapshot")
    entries = list(won)
    for entry in entries:
        content = entry.snapshot.content if entry.snapshot else entry.draft
        entry.draft = {name: content[name] for name in WORK if content.get(name)}
        if entry.draft.get("case", {}).get("contact"):
            entry.draft["case"] |= {"contact": dict.fromkeys(entry.draft["case"]["contact"], "")}
    Entry.objects.bulk_update(entries, ["draft"])
    return [entry.pk for entry in entries]

"""What screening should look at: raised by the round that compares, so that lists need no look of their own."""

from competitions.actions.entries.eligibility import findings_of_entry
from competitions.actions.screening.compared_texts import files_of
from competitions.models import Attachment, Entry, SimilarityFinding

SIMILAR = {"similar", "prior_winner", "same_file"}
CHECKS = {"eligibility", "files"}


def check_flags(entry):
    """Flags of CHECKS that hold now. Who decides about the entry clears none: they tell what was to be looked at."""
    raised = {"eligibility"} if findings_of_entry(entry.competition, entry) else set()
    return raised | ({"files"} if _has_troubled_file(entry) else set())


def similar_flags(entry):
    """Flags of SIMILAR: of what is found and not settled."""
    unsettled = list(entry.similarities.filter(settled_at=None).select_related("other__fingerprint"))
    raised = {"similar"} if unsettled else set()
    raised |= {"prior_winner"} if any(row.other_was_awarded for row in unsettled) else set()
    return raised | ({"same_file"} if any(_shares_a_file(entry, row) for row in unsettled) else set())


def write_flags(entry, raised, *, of):
    """Replace the flags of these kinds; flags of others stay. One query, none when nothing changes."""
    flags = sorted(set(entry.flags) - of | raised)
    if flags != entry.flags:
        entry.flags = flags
        Entry.objects.filter(pk=entry.pk).update(flags=flags)


def _has_troubled_file(entry):
    """A file that was handed in tells more than it should, could not be read, or held a virus."""
    files = [file["id"] for file in files_of(entry)]
    if not files:
        return False
    rows = Attachment.objects.filter(pk__in=files)
    failed, virus = Attachment.Examination.FAILED, Attachment.Virus.FOUND
    told = rows.values_list("findings", "examination", "virus")
    return any(findings or read == failed or scan == virus for findings, read, scan in told)


def _shares_a_file(entry, finding):
    if finding.kind == SimilarityFinding.Kind.SAME_FILE:
        return True
    theirs = getattr(finding.other, "fingerprint", None)
    mine = getattr(entry, "fingerprint", None)
    return bool(mine and theirs and set(mine.files) & set(theirs.files))

"""The texts by which handed-in entries are compared."""

from collections import defaultdict

from competitions.models import Attachment, FormField
from competitions.similarity import text_of_entry
from competitions.states import EntryState


def texts_of(entries):
    """{id of the entry: compared text} of entries with their snapshots. Two queries at most.

    Answers about a person are left out; the text of a file is there once a worker has read it.
    """
    personal = _personal_answers({entry.competition_id for entry in entries if _answers(entry)})
    file_texts = _file_texts([entry for entry in entries if files_of(entry)])
    return {
        entry.pk: text_of_entry(
            content_of(entry), file_texts[entry.pk], personal=personal[entry.competition_id]
        )
        for entry in entries
    }


def content_of(entry):
    """What counts of an entry; {} when nothing was handed in here, or it was erased.

    Of an erased winner the licensed work is kept, as the draft; `kept_work` holds it where the draft is not loaded.
    """
    if entry.erased_at and entry.state == EntryState.AWARDED:
        return (entry.kept_work if hasattr(entry, "kept_work") else entry.draft) or {}
    return entry.snapshot.content if entry.snapshot else {}


def files_of(entry):
    return content_of(entry).get("files") or []


def _answers(entry):
    return content_of(entry).get("answers")


def _personal_answers(competitions):
    found = defaultdict(set)
    rows = FormField.objects.filter(competition__in=competitions, is_personal=True) if competitions else ()
    for row in rows:
        found[row.competition_id].add(row.code)
    return found


def _file_texts(entries):
    """The texts in the order of the files of the snapshot, not of what is attached to the draft by now."""
    ids = {file["id"] for entry in entries for file in files_of(entry)}
    rows = Attachment.objects.filter(pk__in=ids).values_list("pk", "text") if ids else ()
    texts = {str(pk): text for pk, text in rows}
    found = defaultdict(list)
    for entry in entries:
        found[entry.pk] = [texts.get(str(file["id"]), "") for file in files_of(entry)]
    return found

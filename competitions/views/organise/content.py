"""An entry's content as labelled texts. Names, personal answers and who did what come with the contact alone."""

from django.utils.translation import gettext as _

from casebook.content.labels import FIELD_LABELS
from competitions.answers import is_link
from competitions.models import Attachment, FormField

TEXTS = ("summary", "problem", "approach", "data_used", "risks", "failures", "human_review", "prerequisites")


def content_of(entry):
    """Return what was handed in: {"texts": [(label, text)], "steps", "effect", "tasks", "prompts", "links"}."""
    content = handed_in_content(entry)
    case = content.get("case", {})
    return {
        "texts": [(_(FIELD_LABELS[name]), case[name]) for name in TEXTS if case.get(name)],
        "steps": [step["text"] for step in case.get("steps", []) if step.get("text")],
        "effect": case.get("effect") or {},
        "tasks": case.get("before_after") or [],
        "prompts": content.get("prompts", []),
        "links": [link for link in content.get("links") or [] if is_link(link)],
    }


def handed_in_content(entry):
    """What counts; of a winner whose people were forgotten, the work that was kept."""
    is_there = entry.snapshot and not entry.snapshot.erased_at
    return entry.snapshot.content if is_there else entry.draft


def answers_of(entry, *, personal):
    """[(question, answer)] to the questions of the call, about a person or not. One query, none without answers."""
    answers = handed_in_content(entry).get("answers") or {}
    if not answers:
        return []
    asked = FormField.objects.filter(competition=entry.competition_id, code__in=answers, is_personal=personal)
    return [(field.name, answers[field.code]) for field in asked]


def files_of(entry):
    """The files of what was handed in, with what a worker found in them. One query, none without files."""
    ids = [file["id"] for file in handed_in_content(entry).get("files") or []]
    if not ids:
        return []
    rows = Attachment.objects.filter(entry=entry, pk__in=ids).defer("text").in_bulk()
    files = [row for pk in ids for row in rows.values() if str(row.pk) == pk]
    for file in files:
        file.trouble = trouble_of(file)
    return files


def trouble_of(file):
    """Why a file needs a look, in words; "" when it does not."""
    if file.virus == Attachment.Virus.FOUND:
        return _("A virus was found. The file cannot be opened here.")
    if file.erased_at:
        return _("The file was erased; its hash is kept.")
    if file.examination == Attachment.Examination.FAILED:
        return _("The file could not be read. Open it yourself.")
    if file.findings:
        return _("The file tells details about people, such as its author.")
    return ""

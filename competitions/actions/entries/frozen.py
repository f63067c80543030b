"""What a submission freezes: the cleaned draft with the files and the team as they are now."""

from django.utils.translation import gettext as _

from casebook.content import ContentRefused
from competitions.actions.calls.records import question_record
from competitions.actions.teams.members import team_of
from competitions.answers import asked, missing_files
from competitions.entry_content import changed_since_submission, clean_entry
from competitions.errors import CompetitionError
from competitions.models import Attachment


def content_to_freeze(entry, competition, *, track):
    """The content of the next snapshot; entry, competition: as the locks return them. Raises ContentRefused."""
    fields = competition.form_fields.all() if competition.asks_questions else []
    questions = [question_record(row) for row in fields]
    code = track.code if track else None
    files = _files(entry) if entry.has_files else []
    missing = missing_files(questions, code, files)
    try:
        content = clean_entry(
            entry.draft, questions=asked(questions, code), most_links=competition.files_record.links
        )
    except ContentRefused as refused:
        raise ContentRefused([*refused.problems, *missing]) from refused
    if missing:
        raise ContentRefused(missing)
    more = {"files": files, "team": team_of(entry) if entry.has_team else []}
    return content | {name: value for name, value in more.items() if value}


def _files(entry):
    files = list(entry.attachments.kept().defer("text"))
    if any(file.state == Attachment.State.RECEIVING for file in files):
        raise CompetitionError(
            _("A file is still being received. Wait until it is there, or remove it, then submit again.")
        )
    names = ("name", "kind", "size", "sha256", "field")
    return [{"id": str(file.pk)} | {name: getattr(file, name) for name in names} for file in files]


def is_changed_since_submission(entry):
    """Whether what would be handed in now differs from the snapshot: text, files or team. Two queries at most."""
    if entry.snapshot is None:  # brought in from a contest on paper
        return False
    if changed_since_submission(entry):
        return True
    frozen = entry.snapshot.content
    files = {str(pk) for pk in entry.attachments.kept().values_list("pk", flat=True)}
    return files != {file["id"] for file in frozen.get("files", [])} or team_of(entry) != frozen.get(
        "team", []
    )

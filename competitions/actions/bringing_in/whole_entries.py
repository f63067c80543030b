"""Whole entries of a table: the same checks as a submission, every fault under its line and column."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import time_words
from casebook.content import ContentRefused
from competitions.actions.calls.records import question_record
from competitions.actions.entries.consents import terms_of
from competitions.actions.entries.window import deadline_of
from competitions.answers import asked
from competitions.contest_files.entries_table_columns import QUESTION
from competitions.contest_files.entries_table_whole import column_of
from competitions.contest_files.errors import FileProblem
from competitions.entry_content import clean_entry
from competitions.entry_files import MEGABYTE
from competitions.files.errors import NotTaken

NOT_AGREED = gettext_noop("The consents lack: {purposes}. Ask for them on paper, or leave the row out.")
LATE = gettext_noop("The entry came in after the close ({deadline}). Correct the time, or leave the row out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What the rows of one competition are checked against, read once."""

    competition: object
    questions: list
    terms: list
    files: object  # PackedFiles or NoFiles

    @classmethod
    def of(cls, competition, files):
        return cls(
            competition=competition,
            questions=[question_record(row) for row in competition.form_fields.all()],
            terms=terms_of(competition),
            files=files,
        )


@dataclass(slots=True, kw_only=True)
class Checked:
    """A row checked. files: [(code of its question, PackedFile)]; content: {} when it was refused."""

    content: dict = field(default_factory=dict)
    files: list = field(default_factory=list)
    declared: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)


def checked(record, checks, *, track):
    """Check a row as a submission is checked. Faults are in `problems`, none is raised."""
    row = Checked()
    row.content = _content(record, checks, row.problems)
    row.files = _files(record, checks, row.problems)
    given = _consents(record, checks, row.problems)
    row.declared = {
        name: value for name, value in (("email", record.whole.email), ("consents", given)) if value
    }
    _refuse_late(record, checks.competition, track, row.problems)
    return row


def _content(record, checks, problems):
    try:
        return clean_entry(
            record.whole.content,
            questions=asked(checks.questions, record.track),
            most_links=checks.competition.files_record.links,
        )
    except ContentRefused as refused:
        problems += [
            as_file_problem(each, record.line, column_of(each.path, record.whole.places))
            for each in refused.problems
        ]
        return {}


def as_file_problem(problem, line, column=None):
    """A problem of content, as one of a file."""
    return sentence_at(problem.text(_), line, column)


def sentence_at(sentence, line, column):
    return FileProblem(line, column, "{problem}", {"problem": sentence})


def _files(record, checks, problems):
    limits, taken = checks.competition.files_record, []
    for field_code, name in record.whole.files:
        column = f"{QUESTION}{field_code}" if field_code else "files"
        try:
            taken.append((field_code, checks.files.take(name)))
        except NotTaken as reason:
            problems.append(sentence_at(f"{name[:100]}: {reason}", record.line, column))
    if len(record.whole.files) > limits.most:
        sentence = _("An entry takes at most %(most)d files. Remove one before you add another.")
        problems.append(sentence_at(sentence % {"most": limits.most}, record.line, "files"))
    if sum(file.size for _field, file in taken) > limits.total_mb * MEGABYTE:
        sentence = _("All files together may have %(most)d MB. Make this one smaller, or remove another.")
        problems.append(sentence_at(sentence % {"most": limits.total_mb}, record.line, "files"))
    return taken


def _consents(record, checks, problems):
    """{purpose: version of its text} of what was agreed to on paper."""
    lacking = [
        term.purpose
        for term in checks.terms
        if term.is_required and term.purpose not in record.whole.consents
    ]
    if lacking:
        problems.append(FileProblem(record.line, "consents", NOT_AGREED, {"purposes": ", ".join(lacking)}))
    return {term.purpose: term.version for term in checks.terms if term.purpose in record.whole.consents}


def _refuse_late(record, competition, track, problems):
    deadline = deadline_of(competition, track) + timedelta(seconds=competition.grace_seconds)
    if record.submitted_at and record.submitted_at >= deadline:
        params = {"deadline": time_words.moment(deadline)}
        problems.append(FileProblem(record.line, "submitted_at", LATE, params))


def with_files(content, attachments):
    """The content of a snapshot: what is written and the files, shaped as a submission's."""
    names = ("name", "kind", "size", "sha256", "field")
    files = [{"id": str(each.pk)} | {name: getattr(each, name) for name in names} for each in attachments]
    return content | ({"files": files} if files else {})


def same_files(entry, files):
    """Whether a stored entry holds exactly these files."""
    held = entry.snapshot.content.get("files") or [] if entry.snapshot else []
    return Counter((each["field"], each["name"], each["sha256"]) for each in held) == Counter(
        (code, each.name, each.sha256) for code, each in files
    )

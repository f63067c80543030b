"""What was handed in, as templates/competitions/entry/content.html shows it to entrants, organisers and judges."""

from dataclasses import dataclass, field

from django.utils.timezone import now
from django.utils.translation import gettext as _

from casebook.content.choices import METHODS
from casebook.models import WorkField
from competitions.actions.judging.redacting import AS_TEXT, SHOWN, copy_of
from competitions.actions.results.publication import handed_in_content
from competitions.models import Attachment, FormField

EXAMINED = {Attachment.Examination.DONE, Attachment.Examination.FAILED}


@dataclass
class ShownFile:
    """A file of the snapshot. number: its place there, from 1; row: None when the file is gone.

    is_held: not for judges of a blind round, who may have its text without names instead.
    """

    number: int
    label: str
    kind: str
    size: int
    row: Attachment | None
    address: str = ""
    is_held: bool = False
    text: str = ""

    @property
    def is_open(self):
        row = self.row
        if self.is_held:
            return False
        return (
            bool(row) and row.state == row.State.READY and row.examination in EXAMINED and not row.erased_at
        )


@dataclass
class Shown:
    """Parts of an entry. answers: [(question, answer, kind)]."""

    case: dict
    prompts: list
    work_field: object = None
    method: str = ""
    answers: list = field(default_factory=list)
    links: list = field(default_factory=list)
    files: list = field(default_factory=list)


def shown(entry, *, for_judges=False, blind=False):
    """Return the parts of what was handed in; judges get neither personal answers nor names of files.

    blind: of a blind round, so the copy without who entered (docs/blind.md), whether it is checked or not.
    Needs entry.snapshot and entry.competition. At most three queries; blind one more, and some when the copy is made.
    """
    whole = judged_content(entry, blind=blind)
    content = whole if blind else handed_in_content(entry)
    questions = _questions(entry, for_judges=for_judges or blind) if {"answers", "files"} & set(whole) else {}
    return Shown(
        case=content["case"],
        prompts=content["prompts"],
        work_field=_work_field(content["case"]),
        method=METHODS.get(content["case"].get("effect", {}).get("method", ""), ""),
        answers=_answers(whole.get("answers", {}), questions),
        links=whole.get("links", []),
        files=files_of(entry, questions=questions, for_judges=for_judges, whole=whole, blind=blind),
    )


def judged_content(entry, *, blind):
    """The whole content that is read: the snapshot's, or in a blind round that of its copy."""
    if blind:
        return copy_of(entry, at=now()).content
    return entry.snapshot.content if entry.snapshot else {}


def files_of(entry, *, questions, for_judges, whole=None, blind=False):
    """The files of the snapshot, by their place in it; a judge sees those of personal questions nowhere.

    whole: of judged_content, where it is known already.
    """
    whole = judged_content(entry, blind=blind) if whole is None else whole
    frozen = whole.get("files", [])
    rows = Attachment.objects.filter(entry=entry, pk__in=[each["id"] for each in frozen]).defer("text")
    by_id = {str(row.pk): row for row in rows} if frozen else {}
    return [
        ShownFile(
            number=number,
            label=_label(each, number, questions, for_judges=for_judges or blind),
            kind=each["kind"],
            size=each["size"],
            row=by_id.get(each["id"]),
            is_held=blind and each.get("shown") != SHOWN,
            text=each["text"] if blind and each.get("shown") == AS_TEXT else "",
        )
        for number, each in enumerate(frozen, start=1)
        if not (for_judges or blind) or not each["field"] or each["field"] in questions
    ]


def _questions(entry, *, for_judges):
    rows = FormField.objects.filter(competition=entry.competition_id)
    return {row.code: row for row in (rows.filter(is_personal=False) if for_judges else rows)}


def questions_for_judges(entry):
    return _questions(entry, for_judges=True)


def _work_field(case):
    code = case.get("work_field")
    return WorkField.objects.filter(code=code).first() if code else None


def _answers(answers, questions):
    return [(row.name, answers[code], row.kind) for code, row in questions.items() if answers.get(code)]


def _label(file, number, questions, *, for_judges):
    """A name somebody gave a file may tell who it is: judges read the question it answers, or a number."""
    if not for_judges:
        return file["name"]
    question = questions.get(file["field"])
    return question.name if question else _("File %(number)s") % {"number": number}

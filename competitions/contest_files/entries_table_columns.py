"""Headings of the entries table, in Korean or English, whatever their capitals, spaces and full-width signs."""

from collections.abc import Iterable, Mapping, Sequence

from competitions.contest_files.call_records import QuestionRecord
from competitions.contest_files.errors import FileProblem, FileRefused
from competitions.contest_files.numbers import folded
from competitions.contest_files.table_columns import Columns, lacking, repeated, unknown

MOST_PROMPTS = 3
MOST_TASKS = 20
REQUIRED_COLUMNS = ("code", "title")
# Column -> its other headings. A table with no other column than these is of a contest on paper.
PAPER_COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("코드", "접수번호", "작품번호"),
    "title": ("제목", "작품명", "제안명"),
    "track": ("부문", "응모부문"),
    "team": ("팀", "팀명"),
    "summary": ("요약", "한줄소개", "한줄요약", "개요"),
    "submitted_at": ("접수일시", "제출일시", "접수일"),
}
EFFECT_COLUMNS: dict[str, tuple[str, ...]] = {
    "minutes_before": ("이전소요시간(분)", "적용전1건처리시간(분)", "도입전시간(분)"),
    "minutes_after": ("이후소요시간(분)", "적용후1건처리시간(분)", "도입후시간(분)"),
    "review_minutes": ("검토시간(분)", "결과확인시간(분)"),
    "cases_per_month": ("월처리건수",),
    "adoption_rate": ("활용률", "이방법으로처리하는비율"),
    "n": ("측정횟수", "측정건수"),
    "method": ("산출방법", "측정방법"),
    "period": ("기간", "측정기간"),
    "effect_note": ("효과비고",),
}
WHOLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "problem": ("문제", "해결하려던문제", "문제점"),
    "approach": ("해결방법", "프롬프트활용방법"),
    **EFFECT_COLUMNS,
    "links": ("링크", "웹주소"),
    "files": ("파일", "첨부파일", "첨부"),
    "consents": ("동의", "동의항목"),
    "email": ("전자우편", "이메일", "e-mail"),
}
# {0}: from 1 on.
TASK_COLUMNS: dict[str, tuple[str, ...]] = {
    "task_{0}": ("업무{0}", "작업{0}"),
    "task_{0}_before": ("업무{0}이전", "업무{0}도입전"),
    "task_{0}_after": ("업무{0}이후", "업무{0}도입후"),
    "task_{0}_minutes_before": ("업무{0}이전시간(분)", "업무{0}도입전시간(분)"),
    "task_{0}_minutes_after": ("업무{0}이후시간(분)", "업무{0}도입후시간(분)"),
}
PROMPT_COLUMNS: dict[str, tuple[str, ...]] = {
    "prompt_{0}_title": ("프롬프트{0}제목", "프롬프트{0}이름"),
    "prompt_{0}_system": ("프롬프트{0}지침", "프롬프트{0}지시"),
    "prompt_{0}_text": ("프롬프트{0}", "프롬프트{0}본문", "프롬프트{0}내용"),
}
# What a note about an unknown column lists.
SHOWN_COLUMNS = (
    *PAPER_COLUMNS,
    *WHOLE_COLUMNS,
    *(name.format(1) for name in TASK_COLUMNS),
    *(name.format(1) for name in PROMPT_COLUMNS),
    "question:…",
)
QUESTION = "question:"


def squeezed(heading: str) -> str:
    """Return a heading as it is compared: full-width signs made plain, without capitals, spaces and underscores."""
    return "".join(folded(heading).casefold().split()).replace("_", "")


def _names() -> dict[str, str]:
    columns = PAPER_COLUMNS | WHOLE_COLUMNS
    for templates, most in ((TASK_COLUMNS, MOST_TASKS), (PROMPT_COLUMNS, MOST_PROMPTS)):
        for number in range(1, most + 1):
            columns |= {
                name.format(number): tuple(each.format(number) for each in others)
                for name, others in templates.items()
            }
    return {squeezed(each): name for name, others in columns.items() for each in (name, *others)}


NAMES = _names()


class EntryColumns(Columns):
    """Which header of the file holds which column; a question of the call is a column "question:<its code>"."""

    def __init__(self, headers: Sequence[str], *, questions: Iterable[QuestionRecord] = ()) -> None:
        """Raise FileRefused for missing and repeated columns; keep unknown ones as notices."""
        self.headers: dict[str, str] = {}
        self.notices: list[FileProblem] = []
        problems: list[FileProblem] = []
        asked = question_names(questions)
        for header in headers:
            key = squeezed(header)
            name = NAMES.get(key) or asked.get(key)
            if name in self.headers:
                problems.append(repeated(header))
            elif name:
                self.headers[name] = header
            elif key:
                self.notices.append(unknown(header, known=SHOWN_COLUMNS))
        problems += [lacking(name, headers=headers) for name in REQUIRED_COLUMNS if name not in self.headers]
        if problems:
            raise FileRefused(problems)

    @property
    def is_whole(self) -> bool:
        """Whether the table has any column of a whole entry, so that every row is checked as a submission is."""
        return any(name not in PAPER_COLUMNS for name in self.headers)


def question_names(questions: Iterable[QuestionRecord]) -> Mapping[str, str]:
    """Return {heading as compared: column} of questions, by code and by the question itself."""
    found: dict[str, str] = {}
    for question in questions:
        column = f"{QUESTION}{question.code}"
        found.setdefault(squeezed(question.name), column)
        found[squeezed(column)] = column
    return found

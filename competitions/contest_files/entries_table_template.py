"""An entries table to fill in: headings of one call, and a row that shows how; that row is never taken."""

from collections.abc import Sequence

from competitions.contest_files.call_records import QuestionRecord
from competitions.contest_files.entries_table_columns import NAMES, QUESTION, squeezed

EXAMPLE_CODES = {"예시", "example"}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
# Column -> (Korean heading, Korean example, English example).
TEMPLATE = {
    "code": ("접수번호", "예시", "EXAMPLE"),
    "title": ("작품명", "(예시) 회의록 초안 10분 만에 쓰기", "(Example) Minutes of a meeting in ten minutes"),
    "track": ("부문", "", ""),
    "team": ("팀", "총무팀", "General affairs"),
    "summary": (
        "요약",
        "회의 메모로 회의록 초안을 만듭니다.",
        "Drafts the minutes from the notes of a meeting.",
    ),
    "submitted_at": ("접수 일시", "2026-05-12 18:00", "2026-05-12 18:00"),
    "problem": (
        "해결하려던 문제",
        "회의록을 쓰는 데 두 시간이 걸렸습니다.",
        "Minutes took two hours to write.",
    ),
    "approach": (
        "프롬프트 활용 방법",
        "메모를 붙여 넣고 초안을 받아 고칩니다.",
        "We paste the notes and mend the draft.",
    ),
    "task_1": ("업무 1", "회의록 작성", "Writing minutes"),
    "task_1_before": ("업무 1 이전", "처음부터 직접 썼습니다.", "Written from nothing."),
    "task_1_after": ("업무 1 이후", "초안을 고칩니다.", "A draft is mended."),
    "minutes_before": ("이전 소요 시간(분)", "120", "120"),
    "minutes_after": ("이후 소요 시간(분)", "30", "30"),
    "cases_per_month": ("월 처리 건수", "8", "8"),
    "method": ("산출 방법", "실측", "measured"),
    "period": ("기간", "2026년 3~5월", "March to May 2026"),
    "prompt_1_title": ("프롬프트 1 제목", "회의록 초안", "Draft of minutes"),
    "prompt_1_system": (
        "프롬프트 1 지침",
        "공문서 문체로 씁니다.",
        "Write in the style of official documents.",
    ),
    "prompt_1_text": (
        "프롬프트 1 본문",
        "다음 메모로 회의록을 써 주세요. {{회의메모}}",
        "Write minutes from these notes: {{notes}}",
    ),
    "links": ("링크", "https://example.go.kr/result", "https://example.go.kr/result"),
    "files": ("첨부 파일", "제안서.pdf; 화면.png", "proposal.pdf; screen.png"),
    "consents": ("동의", "모두", "all"),
    "email": ("이메일", "entrant@example.go.kr", "entrant@example.go.kr"),
}


def template_rows(
    *, korean: bool, questions: Sequence[QuestionRecord], track: str
) -> tuple[list[str], list[str]]:
    """Return (headings, the example). track: what stands in its cell."""
    headings = [words[0] if korean else column for column, words in TEMPLATE.items()]
    example = [words[1] if korean else words[2] for words in TEMPLATE.values()]
    example[list(TEMPLATE).index("track")] = track
    asked = [question_heading(each) for each in questions]
    return headings + asked, example + [""] * len(asked)


def question_heading(question: QuestionRecord) -> str:
    """Return the question itself, or its code where the question would be taken for something else."""
    name = " ".join(question.name.split())
    if squeezed(name) in NAMES or name.startswith(FORMULA_SIGNS):
        return f"{QUESTION}{question.code}"
    return name


def is_example(code: str) -> bool:
    """Say whether a row is the example of the template."""
    return code.casefold() in EXAMPLE_CODES

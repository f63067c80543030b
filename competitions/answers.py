"""Answers to the questions of a call: {code: answer}. What a draft may lack, a submission may not."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from casebook.content import Problem
from casebook.content.markers import N_
from casebook.content.text import is_blank, normal_text
from competitions.contest_files.call_records import QuestionRecord
from competitions.contest_files.numbers import plain_decimal

LONGEST = {"text": 300, "long_text": 5_000, "link": 500}
EMPTY = {
    "no": None,
    "draft": N_("Answer this question to save."),
    "submission": N_("Answer this question to submit."),
}


def asked(questions: Iterable[QuestionRecord], track: str | None) -> list[QuestionRecord]:
    """Return the questions an entry in this track is asked; files are answered elsewhere."""
    return [each for each in questions if each.kind != "file" and (not each.tracks or track in each.tracks)]


def missing_files(
    questions: Iterable[QuestionRecord], track: str | None, files: Iterable[Mapping[str, Any]]
) -> list[Problem]:
    """Return a problem for each question of this track that needs a file and has none. files: [{"field", ...}]."""
    fields = {file["field"] for file in files}
    return [
        Problem(
            f"answers.{each.code}",
            N_("The file for “%(question)s” is missing. Upload it, then submit again."),
            {"question": each.name},
        )
        for each in questions
        if each.kind == "file"
        and each.required != "no"
        and (not each.tracks or track in each.tracks)
        and each.code not in fields
    ]


def cleaned_answers(given: Mapping[str, Any], questions: Iterable[QuestionRecord]) -> dict[str, str]:
    """Return the answers that say something, cleaned, by code; answers to other questions are left out."""
    texts = {each.code: normal_text(str(given.get(each.code) or "")).strip() for each in questions}
    return {code: text for code, text in texts.items() if text}


def answer_problems(
    answers: Mapping[str, str], questions: Iterable[QuestionRecord], *, submitting: bool
) -> list[Problem]:
    """Return what is wrong or missing, at paths "answers.<code>". submitting: whether a submission needs it."""
    found = []
    for question in questions:
        problem = _problem(answers.get(question.code, ""), question, submitting=submitting)
        if problem:
            found.append(Problem(f"answers.{question.code}", *problem))
    return found


def _problem(answer: str, question: QuestionRecord, *, submitting: bool) -> tuple[str, dict[str, Any]] | None:
    if is_blank(answer):
        needed = EMPTY[question.required] if submitting or question.required == "draft" else None
        return (needed, {}) if needed else None
    longest = question.longest or LONGEST.get(question.kind, LONGEST["text"])
    if len(answer) > longest:
        sentence = N_("The answer has %(length)s characters; at most %(most)s are taken. Shorten it.")
        return sentence, {"length": f"{len(answer):,}", "most": f"{longest:,}"}
    check = CHECKS.get(question.kind)
    return check(answer, question) if check else None


def _number(answer: str, question: QuestionRecord) -> tuple[str, dict[str, Any]] | None:
    number = plain_decimal(answer.replace(",", ""))
    if number is None:
        return N_("Write a number such as 12 or 3.5."), {}
    if question.least is not None and number < question.least:
        return N_("Write a number of %(least)s or more."), {"least": f"{question.least.normalize():f}"}
    if question.most is not None and number > question.most:
        return N_("Write a number of %(most)s or less."), {"most": f"{question.most.normalize():f}"}
    return None


def _choice(answer: str, question: QuestionRecord) -> tuple[str, dict[str, Any]] | None:
    return None if answer in question.choices else (N_("Choose one of the answers."), {})


def _day(answer: str, _question: QuestionRecord) -> tuple[str, dict[str, Any]] | None:
    try:
        date.fromisoformat(answer)
    except ValueError:
        return N_("Write a date such as 2026-05-12."), {}
    return None


def _link(answer: str, _question: QuestionRecord) -> tuple[str, dict[str, Any]] | None:
    return None if is_link(answer) else (N_("Write a whole web address that begins with https://."), {})


def is_link(text: str) -> bool:
    """Say whether a text is a web address that may be shown as a link."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and not any(sign.isspace() for sign in text)
    )


CHECKS = {"number": _number, "choice": _choice, "date": _day, "link": _link}

"""The parts of a call in a competition file: what they say, and every way they are refused."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from competitions.contest_files.call_records import (
    ContactRecord,
    DateRecord,
    EligibilityRecord,
    FaqRecord,
    FilesRecord,
    QuestionRecord,
    TermRecord,
)
from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.records import JudgeRecord, TrackRecord
from tests.competitions.contest_files.test_competition_yaml import SMALL, refusals

KST = timezone(timedelta(hours=9))

PARTS = """\
grace_minutes: 1.5
sealed: true
keep_days: 180
verification_days: 14
plan:
  purpose: |
    업무를 줄이는 방법을 모읍니다.

    - 하나
  criteria: 서면심사 100점
eligibility:
  who: [staff, resident]
  departments: [AI01]
  min_age: 14
  max_age: 80
  entrants: team
  team_min: 3
  team_max: 3
  one_team_per_person: no
  entries_per_person: 2
files: {kinds: [pdf, hwpx], most: 0, links: 1}
questions:
  - {code: q1, name: 참여 인원, kind: number, least: -1.5, most: 30, required: submission, tracks: [a]}
  - {code: q2, name: 응모 경로, kind: choice, choices: [누리집, 게시판], personal: yes}
terms:
  - {purpose: privacy, title: 개인정보, text: 모읍니다., covers: [copyright, criteria]}
  - {purpose: mail, title: 소식, text: 보냅니다., required: no}
dates:
  - {name: 발표심사, at: 2026-06-01 10:00, until: 2026-06-02}
faq:
  - {question: 혼자 내도 됩니까?, answer: 됩니다.}
contact: {office: 담당부서, email: ai@example.go.kr}
"""


def with_parts(parts):
    return SMALL + parts


def test_read_every_part_of_a_call():
    record = read_competition(with_parts(PARTS).encode())

    assert (record.grace_seconds, record.is_sealed, record.keep_days, record.verification_days) == (
        90,
        True,
        180,
        14,
    )
    assert record.plan == {
        "purpose": "업무를 줄이는 방법을 모읍니다.\n\n- 하나",
        "criteria": "서면심사 100점",
    }
    assert record.eligibility == EligibilityRecord(
        who=("staff", "resident"),
        departments=("AI01",),
        min_age=14,
        max_age=80,
        entrants="team",
        team_min=3,
        team_max=3,
        one_team_per_person=False,
        entries_per_person=2,
    )
    assert record.files == FilesRecord(kinds=("pdf", "hwpx"), most=0, links=1)
    assert record.faq == (FaqRecord(question="혼자 내도 됩니까?", answer="됩니다."),)
    assert record.contact == ContactRecord(office="담당부서", email="ai@example.go.kr")


def test_read_questions_terms_and_dates():
    record = read_competition(with_parts(PARTS).encode())

    assert record.questions == (
        QuestionRecord(
            code="q1",
            name="참여 인원",
            kind="number",
            least=Decimal("-1.5"),
            most=Decimal(30),
            required="submission",
            tracks=("a",),
        ),
        QuestionRecord(
            code="q2", name="응모 경로", kind="choice", choices=("누리집", "게시판"), is_personal=True
        ),
    )
    assert record.terms == (
        TermRecord(purpose="privacy", title="개인정보", text="모읍니다.", covers=("copyright", "criteria")),
        TermRecord(purpose="mail", title="소식", text="보냅니다.", is_required=False),
    )
    assert record.dates == (
        DateRecord(
            name="발표심사",
            at=datetime(2026, 6, 1, 10, tzinfo=KST),
            until=datetime(2026, 6, 3, tzinfo=KST),
        ),
    )
    assert [notice.column for notice in record.notices] == ["dates[1].until"]


def test_read_tracks_judges_and_criteria_of_one_track():
    text = (
        SMALL.replace(
            "{code: a, name: A}",
            "{code: a, name: A, description: 생활, closes_at: 2026-05-11, most_entries: 2}",
        )
        .replace("max: 40}", "max: 40, track: a}")
        .replace(
            "rounds:", "judges:\n  - {code: J1, name: 위원, side: private, chair: yes, track: a}\nrounds:"
        )
    )

    record = read_competition(text.encode())

    closes_at = datetime(2026, 5, 12, tzinfo=KST)
    assert record.tracks == (
        TrackRecord(code="a", name="A", description="생활", closes_at=closes_at, most_entries=2),
    )
    assert record.judges == (JudgeRecord(code="J1", name="위원", side="private", is_chair=True, track="a"),)
    assert record.rounds[0].criteria[0].track == "a"


def test_a_file_without_parts_has_every_default():
    record = read_competition(SMALL.encode())

    assert (record.eligibility, record.files, record.contact) == (
        EligibilityRecord(),
        FilesRecord(),
        ContactRecord(),
    )
    assert (record.plan, record.questions, record.terms, record.dates, record.faq) == ({}, (), (), (), ())
    assert (record.grace_seconds, record.is_sealed, record.keep_days, record.verification_days) == (
        0,
        False,
        365,
        10,
    )


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            "plan: {purpos: x}",
            "Line 14, plan.purpos: This key is not known. The allowed keys are: purpose, eligibility, "
            "decision, prizes, criteria, misconduct, disclosure, copyright, cancellation, other. "
            "Did you mean “purpose”?",
        ),
        (
            "plan: text",
            "Line 14, plan: Keys are expected here, such as “purpose: …”. The allowed keys are: purpose, "
            "eligibility, decision, prizes, criteria, misconduct, disclosure, copyright, cancellation, other.",
        ),
        (
            "scorings: {}",
            "Line 14, scorings: This key is not known. The allowed keys are: slug, title, kind, profile, "
            "announced_at, opens_at, closes_at, call, tracks, judges, rounds, awards, grace_minutes, sealed, "
            "keep_days, verification_days, plan, eligibility, files, questions, terms, dates, faq, contact, "
            "scoring, one_prize_per_person. Did you mean “scoring”?",
        ),
        (
            "eligibility: {who: [staff, citizen]}",
            "Line 14, eligibility.who[2]: “citizen” is not known here. "
            "Use one of: staff, resident, learning_group.",
        ),
        (
            "eligibility: {who: staff}",
            "Line 14, eligibility.who: A list is expected here. Write it like [first, second].",
        ),
        (
            "eligibility:\n  departments: [A,\n    A]",
            "Line 16, eligibility.departments[2]: “A” stands twice.",
        ),
        (
            "eligibility: {departments: [[A]]}",
            "Line 14, eligibility.departments[1]: A single value is expected here.",
        ),
        (
            f"eligibility: {{departments: [{'x' * 201}]}}",
            f"Line 14, eligibility.departments[1]: “{'x' * 60}…” is too long or holds control characters.",
        ),
        (
            "eligibility: {team_min: 5}",
            "Line 14, eligibility.team_min: A team needs 5 people and may have 4. "
            "Set team_min to team_max or less.",
        ),
        (
            "eligibility: {min_age: 19, max_age: 18}",
            "Line 14, eligibility.max_age: Nobody is that old. Set max_age to min_age or more.",
        ),
        (
            "eligibility: {min_age: old}",
            "Line 14, eligibility.min_age: “old” is not a whole number from 0 to 150.",
        ),
        (
            "files: {kinds: [exe]}",
            "Line 14, files.kinds[1]: “exe” is not known here. "
            "Use one of: pdf, hwpx, docx, pptx, xlsx, png, jpeg, webp, gif, txt.",
        ),
        (
            "files: {total_mb: 10}",
            "Line 14, files.total_mb: One file may have more MB than all together. "
            "Set total_mb to max_mb or more.",
        ),
        (
            "questions:\n  - {code: q, name: Q, tracks: [b]}",
            "Line 15, questions[1].tracks[1]: “b” is not known here. Use one of: a.",
        ),
        (
            "questions:\n  - {code: q, name: Q, kind: choice}",
            "Line 15, questions[1].kind: There is nothing to choose from. Write a list of choices.",
        ),
        (
            "questions:\n  - {code: q, name: Q, kind: number, least: 3, most: 2}",
            "Line 15, questions[1].most: No number fits. Set most to least or more.",
        ),
        (
            "questions:\n  - {code: q, name: Q, kind: number, least: few}",
            "Line 15, questions[1].least: “few” is not a number. Write digits such as 40, 2.5 or -3.",
        ),
        (
            "questions:\n  - {code: q, name: Q}\n  - {code: q, name: R}",
            "Line 16, questions[2].code: The code “q” already stands on line 15. Give each a code of its own.",
        ),
        (
            "terms:\n  - {purpose: p, title: T, text: x, covers: [everything]}",
            "Line 15, terms[1].covers[1]: “everything” is not known here. Use one of: purpose, eligibility, "
            "decision, prizes, criteria, misconduct, disclosure, copyright, cancellation, other.",
        ),
        (
            "terms:\n  - {purpose: p, title: T, text: x}\n  - {purpose: p, title: U, text: y}",
            "Line 16, terms[2].purpose: The code “p” already stands on line 15. Give each a code of its own.",
        ),
        (
            "terms:\n  - {purpose: p, title: T}",
            "Line 15, terms[1].text: A value is missing here. This key is required.",
        ),
        (
            "dates:\n  - {name: D, at: 2026-06-02 10:00, until: 2026-06-01 10:00}",
            "Line 15, dates[1].until: This ends before it begins. Set until later than at.",
        ),
        (
            "dates:\n  - {name: D}",
            "Line 15, dates[1].at: A value is missing here. This key is required.",
        ),
        (
            "faq:\n  - {question: Q}",
            "Line 15, faq[1].answer: A value is missing here. This key is required.",
        ),
        (
            "grace_minutes: 1441",
            "Line 14, grace_minutes: Entries may be taken up to 1440 minutes after the close. Write 0 to 1440.",
        ),
        (
            "judges:\n  - {code: J, name: J, side: left}",
            "Line 15, judges[1].side: “left” is not known here. Use one of: private, public.",
        ),
        (
            "judges:\n  - {code: J, name: J, track: b}",
            "Line 15, judges[1].track: “b” is not known here. Use one of: a.",
        ),
    ],
)
def test_read_competition_refuses_a_part(parts, sentence):
    assert refusals(with_parts(parts)) == [sentence]


def test_a_track_that_closes_after_the_competition_is_refused():
    text = SMALL.replace("{code: a, name: A}", "{code: a, name: A, closes_at: 2026-05-12 18:01}")

    assert refusals(text) == [
        "Line 7, tracks[1].closes_at: The track closes after the competition. "
        "Set it to closes_at of the competition or earlier."
    ]


def test_faults_of_every_part_are_told_together():
    parts = "keep_days: long\nfiles: {most: many}\nterms: [x]\nfaq: x\n"

    assert [sentence.split(": ")[0] for sentence in refusals(with_parts(parts))] == [
        "Line 14, keep_days",
        "Line 15, files.most",
        "Line 16, terms[1]",
        "Line 17, faq",
    ]

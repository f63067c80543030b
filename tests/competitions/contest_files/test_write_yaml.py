"""What is written is what is read."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.actions.demo.contests import CONTESTS
from competitions.actions.demo.files import call_file, read
from competitions.contest_files.call_records import (
    ENTRANTS,
    FILE_KINDS,
    PLAN_ITEMS,
    QUESTION_KINDS,
    REQUIRED_AT,
    WHO,
    ContactRecord,
    DateRecord,
    EligibilityRecord,
    FaqRecord,
    FilesRecord,
    QuestionRecord,
    TermRecord,
)
from competitions.contest_files.competition_yaml import COMPETITION_KINDS, PROFILES, read_competition
from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    JudgeRecord,
    RoundRecord,
    TrackRecord,
)
from competitions.contest_files.rule_yaml import JUDGE_SIDES, ROUND_KINDS
from competitions.contest_files.words import cleaned, one_line
from competitions.contest_files.write_yaml import written
from tests.competitions.contest_files.test_call_yaml import PARTS
from tests.competitions.contest_files.test_competition_yaml import FULL, SMALL

KEPT_SIGNS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t\x85")
TRICKY = [
    "no",
    "~",
    "null",
    "0010",
    "1.50",
    "2026-01-01",
    "- a",
    "a: b",
    "#x",
    "'",
    '"',
    "|",
    "a\n  b",
    "가\n\n나 ",
]
RAW = st.one_of(st.sampled_from(TRICKY), st.text(KEPT_SIGNS, min_size=1, max_size=30))
TEXTS = RAW.map(lambda text: cleaned(text) or "빈")
LINES = RAW.map(lambda text: one_line(text) or "빈")
CODES = st.from_regex(r"[a-z0-9가-힣.@+-]{1,10}", fullmatch=True).map(cleaned)
MOMENTS = st.integers(10**9, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
NUMBERS = st.decimals(Decimal("0.000001"), Decimal(999_999), places=6)


def tuples(items, *, key=None, **limits):
    return st.lists(items, unique_by=key, max_size=3, **limits).map(tuple)


def by_code(record):
    return record.code


def eligibilities():
    ages = st.tuples(*[st.integers(0, 150) | st.none()] * 2).filter(
        lambda two: None in two or two[0] <= two[1]
    )
    teams = st.tuples(st.integers(1, 9), st.integers(0, 9))
    lists = ("departments", "groups", "districts", "email_domains", "invited")
    return st.builds(
        lambda ages, team, **values: EligibilityRecord(
            min_age=ages[0], max_age=ages[1], team_min=team[0], team_max=sum(team), **values
        ),
        ages=ages,
        team=teams,
        who=tuples(st.sampled_from(WHO), key=str),
        entrants=st.sampled_from(ENTRANTS),
        one_team_per_person=st.booleans(),
        entries_per_person=st.integers(1, 99),
        **{name: tuples(LINES, key=str) for name in lists},
    )


def questions(tracks):
    return st.builds(
        QuestionRecord,
        code=CODES,
        name=LINES,
        kind=st.sampled_from(QUESTION_KINDS),
        help=st.just("") | TEXTS,
        required=st.sampled_from(REQUIRED_AT),
        tracks=tuples(st.sampled_from(tracks), key=str),
        choices=tuples(LINES, key=str, min_size=1),
        longest=st.none() | st.integers(1, 20_000),
        least=st.none() | NUMBERS.map(lambda number: -number),
        most=st.none() | NUMBERS,
        is_personal=st.booleans(),
    )


def rounds(tracks):
    criteria = st.builds(
        CriterionRecord,
        code=CODES,
        name=LINES,
        description=st.just("") | TEXTS,
        max=NUMBERS,
        weight=st.just(Decimal(1)) | NUMBERS,
        required=st.booleans(),
        track=st.sampled_from(["", *tracks]),
    )
    return st.builds(
        RoundRecord,
        code=CODES,
        name=LINES,
        kind=st.sampled_from(ROUND_KINDS),
        weight=NUMBERS,
        criteria=tuples(criteria, key=by_code, min_size=1),
    )


@st.composite
def competitions(draw):
    opens_at = draw(MOMENTS)
    closes_at = opens_at + timedelta(seconds=draw(st.integers(1, 10**7)))
    a_track = st.builds(
        TrackRecord,
        code=CODES,
        name=LINES,
        description=st.just("") | TEXTS,
        closes_at=st.none() | st.just(closes_at),
        most_entries=st.none() | st.integers(1, 99),
    )
    tracks = draw(tuples(a_track, key=by_code, min_size=1))
    codes = [track.code for track in tracks]
    judges = st.builds(
        JudgeRecord,
        code=CODES,
        name=LINES,
        side=st.sampled_from(["", *JUDGE_SIDES]),
        is_chair=st.booleans(),
        track=st.sampled_from(["", *codes]),
    )
    terms = st.builds(
        TermRecord,
        purpose=st.from_regex(r"[a-z_-]{1,30}", fullmatch=True),
        title=LINES,
        text=TEXTS,
        is_required=st.booleans(),
        covers=tuples(st.sampled_from(PLAN_ITEMS), key=str),
    )
    dates = st.builds(
        lambda name, at, lasts: DateRecord(name=name, at=at, until=at + lasts if lasts else None),
        name=LINES,
        at=MOMENTS,
        lasts=st.none() | st.timedeltas(timedelta(seconds=1), timedelta(days=9)),
    )
    files = st.builds(
        FilesRecord,
        kinds=tuples(st.sampled_from(FILE_KINDS), key=str, min_size=1),
        most=st.integers(0, 9),
        max_mb=st.integers(1, 20),
        total_mb=st.integers(20, 99),
        links=st.integers(0, 9),
    )
    maybe = st.just("") | LINES
    return CompetitionRecord(
        slug=draw(st.from_regex(r"[a-z0-9가-힣_-]{1,20}", fullmatch=True)),
        title=draw(LINES),
        kind=draw(st.sampled_from(COMPETITION_KINDS)),
        profile=draw(st.sampled_from(PROFILES)),
        announced_at=draw(st.none() | st.just(opens_at - timedelta(microseconds=1))),
        opens_at=opens_at,
        closes_at=closes_at,
        call=draw(st.just("") | TEXTS),
        tracks=tracks,
        judges=draw(tuples(judges, key=by_code)),
        rounds=draw(tuples(rounds(codes), key=by_code, min_size=1)),
        awards=draw(
            tuples(
                st.builds(AwardRecord, code=CODES, name=LINES, count=st.integers(1, 99), prize=maybe),
                key=by_code,
            )
        ),
        grace_seconds=draw(st.integers(0, 86_400)),
        plan=draw(st.dictionaries(st.sampled_from(PLAN_ITEMS), TEXTS)),
        eligibility=draw(eligibilities()),
        files=draw(files),
        questions=draw(tuples(questions(codes), key=by_code)),
        terms=draw(tuples(terms, key=lambda term: term.purpose)),
        dates=draw(tuples(dates)),
        faq=draw(tuples(st.builds(FaqRecord, question=LINES, answer=TEXTS))),
        contact=draw(st.builds(ContactRecord, office=maybe, phone=maybe, email=maybe)),
        is_sealed=draw(st.booleans()),
        keep_days=draw(st.integers(0, 9999)),
        verification_days=draw(st.integers(0, 365)),
    )


@settings(max_examples=60, deadline=None)
@given(competitions())
def test_what_is_written_reads_back_as_it_was(record):
    assert read_competition(written(record).encode()) == record


@pytest.mark.parametrize("name", CONTESTS)
def test_contests_of_the_demo_read_back_as_they_were(name):
    record = read_competition(call_file(read(f"competition-{name}"), at=datetime(2026, 11, 2, tzinfo=UTC)))

    assert read_competition(written(record).encode()) == record


def test_written_is_readable():
    text = written(read_competition((FULL + PARTS.replace("[a]", "[life]")).encode()))

    assert "slug: 2026-봄-공모전\n" in text
    assert "closes_at: 2026-05-12T18:00:00+09:00\n" in text
    assert "call: |-\n  # 공고\n\n  누구나 참여할 수 있습니다.\n" in text
    assert "  who: [staff, resident]\n" in text
    assert "grace_minutes: 1.5\n" in text


def test_written_leaves_out_what_is_the_default():
    text = written(read_competition(SMALL.encode()))

    keys = [line.split(":")[0] for line in text.split("\n") if line and not line.startswith(" ")]
    assert keys == ["slug", "title", "kind", "profile", "opens_at", "closes_at", "tracks", "rounds"]
    assert "required" not in text
    assert "weight" not in text

"""What is written is what is read."""

from dataclasses import replace
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
from competitions.contest_files.rule_of_record import rule_of_record
from competitions.contest_files.rule_records import (
    OVERS,
    SHOWS_PEERS,
    TOTALS,
    AdvanceRecord,
    AggregateRecord,
    LevelRecord,
    LimitRecord,
    ScoringRecord,
)
from competitions.contest_files.rule_yaml import JUDGE_SIDES, ROUND_KINDS
from competitions.contest_files.words import cleaned, one_line
from competitions.contest_files.write_yaml import written
from competitions.judging.check_rule import check_rule
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


def criteria(tracks):
    return st.builds(
        CriterionRecord,
        code=CODES,
        name=LINES,
        description=st.just("") | TEXTS,
        max=NUMBERS,
        weight=st.just(Decimal(1)) | NUMBERS,
        required=st.booleans(),
        track=st.sampled_from(["", *tracks]),
        levels=tuples(
            st.builds(LevelRecord, points=st.just(Decimal(0)), text=TEXTS), key=lambda level: level.points
        ),
    )


AGGREGATES = st.builds(
    AggregateRecord,
    over=st.sampled_from(OVERS),
    method=st.sampled_from(("mean", "median", "rank_sum", "t_score")),
) | st.builds(
    AggregateRecord,
    over=st.sampled_from(OVERS),
    method=st.just("trimmed_mean"),
    drop_high=st.integers(1, 2),
    drop_low=st.integers(0, 2),
)
PERCENTS = st.decimals(0, 100, places=2)
LIMITS = st.builds(LimitRecord, percent=PERCENTS) | st.builds(LimitRecord, points=st.just(Decimal(0)))
ADVANCES = st.builds(
    AdvanceRecord,
    top=st.integers(1, 99),
    percent=st.none() | PERCENTS,
    per_track=st.booleans(),
)


@st.composite
def rounds(draw, tracks, *, code, is_last, judges):
    kind = draw(st.sampled_from(ROUND_KINDS))
    is_vote = kind == "public_vote"
    begins = draw(MOMENTS)
    aggregate = draw(AGGREGATES)
    drops = aggregate.drop_high + aggregate.drop_low
    return RoundRecord(
        code=code,
        name=draw(LINES),
        kind=kind,
        weight=draw(NUMBERS),
        criteria=draw(tuples(criteria(tracks), key=by_code, min_size=1))[: 1 if is_vote else None],
        aggregate=aggregate if len(judges) > drops or not judges else AggregateRecord(over=aggregate.over),
        floor=draw(st.none() | LIMITS),
        advance=None if is_last else draw(st.none() | ADVANCES),
        carries=is_last or draw(st.booleans()),
        blind=draw(st.booleans()),
        judges_per_entry=draw(st.none() | st.integers(5, 9)),
        due_at=draw(st.none() | MOMENTS),
        shows_peers=draw(st.sampled_from(SHOWS_PEERS)),
        votes_per_voter=draw(st.integers(1, 9)) if is_vote else 1,
        votes_from=begins if is_vote else None,
        votes_until=begins + timedelta(days=1) if is_vote else None,
        minutes=draw(st.none() | st.integers(1, 60)) if kind == "presentation" else None,
    )


@st.composite
def all_rounds(draw, tracks, *, judges):
    codes = draw(tuples(CODES, key=str, min_size=1))
    return tuple(draw(rounds(tracks, code=code, is_last=code == codes[-1], judges=judges)) for code in codes)


@st.composite
def scorings(draw, rounds):
    first = rounds[0]
    steps = [f"round:{first.code}", f"criterion:{first.code}/{first.criteria[0].code}", "submitted"]
    chain = draw(tuples(st.sampled_from(steps), key=str))
    return ScoringRecord(
        total=draw(st.sampled_from(TOTALS)),
        places=draw(st.none() | st.integers(0, 6)),
        tie_break=(*chain, "joint") if draw(st.booleans()) else chain,
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
    a_judge = st.builds(
        JudgeRecord,
        code=CODES,
        name=LINES,
        side=st.sampled_from(["", *JUDGE_SIDES]),
        is_chair=st.booleans(),
    )
    judges = draw(tuples(a_judge, key=by_code))
    judged_in = draw(all_rounds(codes, judges=judges))
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
        judges=judges,
        rounds=judged_in,
        awards=draw(
            tuples(
                st.builds(
                    AwardRecord,
                    code=CODES,
                    name=LINES,
                    count=st.integers(1, 99),
                    prize=maybe,
                    track=st.sampled_from(["", *codes]),
                ),
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
        scoring=draw(scorings(judged_in)),
        one_prize_per_person=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(competitions())
def test_what_is_written_reads_back_as_it_was(record):
    read = read_competition(written(record).encode())

    # Weights that do not add up to 100 are told, not changed.
    assert replace(read, notices=()) == record
    # What the file may say, the tally takes.
    check_rule(rule_of_record(read))


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

"""What holds for every contest and every declared rule, tried on made-up ones beside a slow, plain reading of it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.judging.check_rule import check_parts
from competitions.judging.records import Aggregate, Contest, Criterion, Entry, Mark, Round
from competitions.judging.report import as_json
from competitions.judging.tally import compute
from tests.competitions.judging.made_up import DIRECT, declared_contests
from tests.competitions.judging.slow_rule import slow_result

OUT = {"below_floor", "not_advanced", "unscored"}


@settings(max_examples=300, deadline=None)
@given(contest=declared_contests())
def test_result_is_that_of_the_plain_reading(contest):
    expected = slow_result(contest)

    found = {
        entry.code: {
            "place": entry.place,
            "status": "ranked" if entry.status == "tied_at_award_line" else entry.status,
            "total": entry.total,
            "tie_broken_by": entry.tie_broken_by,
            "scores": {code: outcome.score for code, outcome in entry.rounds.items()},
        }
        for entry in compute(contest).entries
    }
    assert found == expected


@settings(max_examples=60, deadline=None)
@given(contest=declared_contests(), data=st.data())
def test_order_of_rows_changes_nothing(contest, data):
    shuffled = replace(
        contest,
        judges=tuple(data.draw(st.permutations(contest.judges))),
        entries=tuple(data.draw(st.permutations(contest.entries))),
        marks=tuple(data.draw(st.permutations(contest.marks))),
        votes=tuple(data.draw(st.permutations(contest.votes))),
    )

    assert as_json(compute(shuffled)) == as_json(compute(contest))


@settings(max_examples=60, deadline=None)
@given(contest=declared_contests(), data=st.data())
def test_which_judge_gave_what_decides_no_place(contest, data):
    other = dict(zip(contest.judges, data.draw(st.permutations(contest.judges)), strict=True))
    renamed = replace(contest, marks=tuple(replace(m, judge=other.get(m.judge, "")) for m in contest.marks))

    assert [(e.code, e.place, e.total, e.award) for e in compute(renamed).entries] == [
        (e.code, e.place, e.total, e.award) for e in compute(contest).entries
    ]


@settings(max_examples=60, deadline=None)
@given(contest=declared_contests())
def test_who_is_out_never_stands_before_who_is_in(contest):
    entries = compute(contest).entries

    are_out = [entry.status in OUT for entry in entries]
    assert are_out == sorted(are_out)
    assert all((e.place is None) == out for e, out in zip(entries, are_out, strict=True))
    assert all(e.award is None for e in entries if e.place is None)
    assert all(e.total is None for e in entries if e.status == "unscored")


@settings(max_examples=60, deadline=None)
@given(contest=declared_contests())
def test_awards_keep_to_their_tier_track_and_person(contest):
    entries = compute(contest).entries

    people = {entry.code: set(entry.people) for entry in contest.entries}
    winners = [entry for entry in entries if entry.award]
    for award in contest.awards:
        own = [entry for entry in winners if entry.award == award.code]
        assert len(own) <= award.count
        assert all(award.track in {"", entry.track} for entry in own)
    if contest.scoring.one_prize_per_person:
        assert all(not people[a.code] & people[b.code] for n, a in enumerate(winners) for b in winners[:n])
        assert all(
            people[e.code] & people[e.passed_over_for] and e.award is None
            for e in entries
            if e.passed_over_for
        )


@settings(max_examples=60, deadline=None)
@given(contest=declared_contests(methods=DIRECT, gates=False).filter(lambda c: not c.votes), data=st.data())
def test_promotion_is_the_result_without_the_disqualified(contest, data):
    codes = [entry.code for entry in contest.entries]
    gone = set(data.draw(st.lists(st.sampled_from(codes), unique=True))) if codes else set()
    rest = replace(
        contest,
        entries=tuple(e for e in contest.entries if e.code not in gone),
        marks=tuple(m for m in contest.marks if m.entry not in gone),
    )

    before = [(e.code, e.place, e.total) for e in compute(contest).entries if e.code not in gone]
    after = [(e.code, e.place, e.total) for e in compute(rest).entries]

    places = [place for _, place, _ in before if place is not None]
    moved_up = {place: 1 + sum(other < place for other in places) for place in places}
    assert after == [(code, moved_up.get(place), total) for code, place, total in before]


@st.composite
def relative_contests(draw):
    codes = [f"E{n}" for n in range(draw(st.integers(1, 5)))]
    judges = [f"j{n}" for n in range(draw(st.integers(1, 4)))]
    aggregate = Aggregate(
        over=draw(st.sampled_from(["judge_totals", "criteria"])),
        method=draw(st.sampled_from(["rank_sum", "t_score"])),
    )
    criteria = tuple(Criterion(code=code, max=Decimal(100)) for code in ("c0", "c1"))
    marks = [
        Mark(round="r", judge=j, entry=e, criterion=c.code, points=Decimal(draw(st.integers(0, 9))))
        for j in judges
        for e in codes
        for c in criteria
        if draw(st.integers(0, 5))
    ]
    return Contest(
        competition="c",
        rounds=(Round(code="r", criteria=criteria, aggregate=aggregate),),
        judges=tuple(judges),
        entries=tuple(Entry(code=code) for code in codes),
        marks=tuple(marks),
    )


@settings(max_examples=60, deadline=None)
@given(contest=relative_contests(), more=st.integers(1, 90))
def test_a_lenient_judge_changes_no_relative_score(contest, more):
    lenient = replace(
        contest,
        marks=tuple(
            replace(m, points=m.points + more) if m.judge == "j0" and m.points is not None else m
            for m in contest.marks
        ),
    )

    assert [(e.code, e.place, e.total) for e in compute(lenient).entries] == [
        (e.code, e.place, e.total) for e in compute(contest).entries
    ]


@settings(max_examples=60, deadline=None)
@given(contest=declared_contests())
def test_made_up_rules_are_sound(contest):
    assert check_parts(contest) is None


@settings(max_examples=60, deadline=None)
@given(contest=declared_contests())
def test_rounded_totals_are_what_is_ranked(contest):
    places = contest.scoring.places

    totals = [entry.total for entry in compute(contest).entries if entry.total is not None]

    assert places is None or all(total * 10**places == int(total * 10**places) for total in totals)
    assert all(isinstance(total, Fraction) for total in totals)

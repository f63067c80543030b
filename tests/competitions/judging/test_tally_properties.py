"""What holds for every contest, tried on made-up ones."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.judging.records import Award, Contest, Criterion, Entry, Mark, Round
from competitions.judging.report import as_json
from competitions.judging.tally import compute

# Few values, so that ties and gaps are common.
weights = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(3)])
tracks = st.sampled_from(["", "", "a", "b"])
points = st.sampled_from([None, *(Decimal(text) for text in ("0", "1", "1.5", "2.25", "3", "10"))])


@st.composite
def contests(draw):
    entries = [Entry(code=f"E{n}", track=draw(tracks)) for n in range(draw(st.integers(0, 5)))]
    judges = [f"j{n}" for n in range(draw(st.integers(1, 3)))]
    rounds = [draw(rounds_called(f"r{n}")) for n in range(draw(st.integers(1, 2)))]
    spots = [
        (r.code, judge, entry.code, c.code)
        for r in rounds
        for c in r.criteria
        for judge in judges
        for entry in entries
        if c.track in {"", entry.track}
    ]
    marks = [Mark(round=r, judge=j, entry=e, criterion=c, points=draw(points)) for r, j, e, c in spots]
    return Contest(
        competition="c",
        rounds=tuple(rounds),
        judges=tuple(judges),
        entries=tuple(entries),
        marks=tuple(marks),
        awards=tuple(Award(code=f"a{n}", count=draw(st.integers(1, 2))) for n in range(2)),
    )


@st.composite
def rounds_called(draw, code):
    criteria = [
        Criterion(
            code=f"c{n}",
            max=Decimal(10),
            weight=draw(weights),
            required=draw(st.booleans()),
            track=draw(tracks),
        )
        for n in range(draw(st.integers(1, 2)))
    ]
    return Round(code=code, criteria=tuple(criteria), weight=draw(weights))


def slow_total(contest, entry):
    """The published formula, written out as plainly as possible."""
    parts = []
    for round_ in contest.rounds:
        reached = possible = Fraction(0)
        own = [each for each in round_.criteria if each.track in {"", entry.track}]
        if not own:
            continue
        for criterion in own:
            given_points = [
                Fraction(m.points)
                for m in contest.marks
                if (m.round, m.entry, m.criterion) == (round_.code, entry.code, criterion.code)
                and m.points is not None
            ]
            if given_points:
                mean = sum(given_points) / len(given_points)
                reached += Fraction(criterion.weight) * mean
                possible += Fraction(criterion.weight * criterion.max)
            elif criterion.required:
                return None
        if not possible:
            return None
        parts.append((Fraction(round_.weight), 100 * reached / possible))
    return sum(w * score for w, score in parts) / sum(w for w, _ in parts) if parts else None


@settings(max_examples=60, deadline=None)
@given(contest=contests(), data=st.data())
def test_order_of_rows_changes_nothing(contest, data):
    shuffled = replace(
        contest,
        judges=tuple(data.draw(st.permutations(contest.judges))),
        entries=tuple(data.draw(st.permutations(contest.entries))),
        marks=tuple(data.draw(st.permutations(contest.marks))),
    )

    assert as_json(compute(shuffled)) == as_json(compute(contest))


@settings(max_examples=60, deadline=None)
@given(contest=contests())
def test_totals_follow_the_published_formula(contest):
    totals = {entry.code: entry.total for entry in compute(contest).entries}

    assert totals == {entry.code: slow_total(contest, entry) for entry in contest.entries}


@settings(max_examples=60, deadline=None)
@given(contest=contests())
def test_unscored_entries_come_last_without_place_or_award(contest):
    entries = compute(contest).entries

    unscored = [entry.total is None for entry in entries]
    assert unscored == sorted(unscored)
    assert all((e.place, e.award, e.status) == (None, None, "unscored") for e in entries if e.total is None)


@settings(max_examples=60, deadline=None)
@given(contest=contests())
def test_a_place_counts_the_better_entries(contest):
    scored = [entry for entry in compute(contest).entries if entry.total is not None]

    assert [e.place for e in scored] == [1 + sum(o.total > e.total for o in scored) for e in scored]


@settings(max_examples=60, deadline=None)
@given(contest=contests())
def test_equal_entries_share_their_award_and_no_tier_overflows(contest):
    entries = compute(contest).entries

    by_place = {}
    for entry in entries:
        if entry.place is not None:
            by_place.setdefault(entry.place, set()).add((entry.award, entry.status))
    assert all(len(outcomes) == 1 for outcomes in by_place.values())
    for award in contest.awards:
        assert sum(entry.award == award.code for entry in entries) <= award.count

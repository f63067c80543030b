"""Made-up contests with every part of a declared rule, for property tests."""

from decimal import Decimal

from hypothesis import strategies as st

from competitions.judging.records import (
    Advance,
    Aggregate,
    Award,
    Contest,
    Criterion,
    Entry,
    Limit,
    Mark,
    Round,
    Scoring,
    Votes,
)

# Few values, so that ties and gaps are common.
WEIGHTS = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(3)])
TRACKS = st.sampled_from(["", "", "a", "b"])
POINTS = st.sampled_from([None, *(Decimal(text) for text in ("0", "1", "1.5", "2.25", "3", "10"))])
INSTANTS = st.sampled_from(
    ["", "2026-05-01T09:00:00+09:00", "2026-05-01T00:00:00+00:00", "2026-05-02T00:00:00"]
)
METHODS = ("mean", "median", "trimmed_mean", "rank_sum", "t_score")
DIRECT = ("mean", "median", "trimmed_mean")


@st.composite
def aggregates(draw, methods=METHODS):
    over, method = draw(st.sampled_from(["judge_totals", "criteria"])), draw(st.sampled_from(methods))
    if method != "trimmed_mean":
        return Aggregate(over=over, method=method)
    high = draw(st.integers(0, 2))
    return Aggregate(
        over=over, method=method, drop_high=high, drop_low=draw(st.integers(0 if high else 1, 2))
    )


LIMITS = st.builds(Limit, percent=st.sampled_from([Decimal(10), Decimal(15), Decimal("22.5")])) | st.builds(
    Limit, points=st.sampled_from([Decimal(1), Decimal("2.25")])
)
ADVANCES = st.builds(
    Advance, top=st.integers(1, 3), least=st.none() | LIMITS, per_track=st.booleans()
) | st.builds(Advance, least=LIMITS)


@st.composite
def declared_rounds(draw, code, *, is_last, methods, gates):
    kind = draw(st.sampled_from(["written", "written", "measured", "public_vote"]))
    count = draw(st.integers(0, 1) if kind == "public_vote" else st.integers(1, 3))
    criteria = [
        Criterion(
            code=f"{code}c{n}",
            max=Decimal(10),
            weight=draw(WEIGHTS),
            required=draw(st.booleans()),
            track=draw(TRACKS),
        )
        for n in range(count)
    ]
    return Round(
        code=code,
        kind=kind,
        criteria=tuple(criteria),
        weight=draw(WEIGHTS),
        aggregate=draw(aggregates(methods)),
        floor=draw(st.none() | LIMITS) if gates and criteria else None,
        advance=draw(st.none() | ADVANCES) if gates and criteria and not is_last else None,
        carries=is_last or draw(st.sampled_from([True, True, False])),
    )


@st.composite
def declared_contests(draw, *, methods=METHODS, gates=True, most_entries=6):
    entries = [
        Entry(
            code=f"E{n}",
            track=draw(TRACKS),
            submitted_at=draw(INSTANTS),
            people=draw(st.sampled_from([(), (), ("p",), ("q",), ("p", "q")])),
        )
        for n in range(draw(st.integers(0, most_entries)))
    ]
    judges = [f"j{n}" for n in range(draw(st.integers(1, 5)))]
    last = draw(st.integers(0, 2))
    rounds = [
        draw(declared_rounds(f"r{n}", is_last=n == last, methods=methods, gates=gates))
        for n in range(last + 1)
    ]
    marks = [
        Mark(round=r.code, judge=judge, entry=entry.code, criterion=c.code, points=draw(POINTS))
        for r in rounds
        for judge in ([""] if r.kind == "measured" else judges)
        for entry in entries
        for c in r.criteria
        if c.track in {"", entry.track} and r.kind != "public_vote"
    ]
    votes = [
        Votes(round=r.code, entry=entry.code, count=draw(st.integers(0, 3)))
        for r in rounds
        for entry in entries
        if r.kind == "public_vote" and r.is_for(entry.track)
    ]
    return Contest(
        competition="c",
        rounds=tuple(rounds),
        judges=tuple(judges),
        entries=tuple(entries),
        marks=tuple(marks),
        awards=tuple(
            Award(code=f"a{n}", count=draw(st.integers(1, 2)), track=draw(TRACKS)) for n in range(2)
        ),
        scoring=draw(scorings(rounds)),
        votes=tuple(votes),
    )


@st.composite
def scorings(draw, rounds):
    steps = [f"round:{r.code}" for r in rounds] + ["submitted"]
    steps += [f"criterion:{c.code}" for r in rounds for c in r.criteria]
    chain = draw(st.lists(st.sampled_from(steps), unique=True, max_size=3))
    return Scoring(
        total=draw(st.sampled_from(["weighted_percent", "sum_of_points"])),
        places=draw(st.sampled_from([None, 0, 1, 2])),
        tie_break=(*chain, "joint") if draw(st.booleans()) else tuple(chain),
        one_prize_per_person=draw(st.booleans()),
    )

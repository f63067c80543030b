"""Contests of every kind the rule allows, made from a source of chance."""

from dataclasses import replace
from decimal import Decimal

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

INSTANTS = ("", "2026-01-01T00:00:00+09:00", "2026-01-02T00:00:00+09:00")
POINTS = (None, *(Decimal(text) for text in ("0", "1", "2.5", "3", "4", "5")))  # few, so that ties are common


def made_up(chance):
    """chance: a random.Random."""
    tracks = chance.choice([[""], ["a", "b"], ["", "a"]])
    entries = [made_up_entry(chance, number, tracks=tracks) for number in range(chance.randint(1, 8))]
    judges = [f"j{number}" for number in range(chance.randint(2, 4))]
    rounds = [made_up_round(chance, number, tracks=tracks) for number in range(chance.randint(1, 3))]
    rounds[0] = replace(rounds[0], carries=True)
    rounds[:-1] = [replace(each, advance=made_up_advance(chance)) for each in rounds[:-1]]
    marks = [mark for each in rounds for mark in made_up_marks(chance, each, entries=entries, judges=judges)]
    return Contest(
        competition="c",
        rounds=tuple(rounds),
        judges=tuple(judges),
        entries=tuple(entries),
        marks=tuple(marks),
        awards=tuple(
            Award(code=f"a{number}", count=chance.randint(1, 3), track=chance.choice(["", *tracks]))
            for number in range(chance.randint(0, 3))
        ),
        scoring=Scoring(
            total=chance.choice(["weighted_percent", "sum_of_points"]),
            places=chance.choice([None, 0, 2]),
            tie_break=made_up_chain(chance, rounds),
            one_prize_per_person=chance.random() < 0.4,
        ),
        votes=tuple(
            vote for each in rounds for vote in made_up_votes(chance, each, entries=entries, marks=marks)
        ),
    )


def made_up_entry(chance, number, *, tracks):
    people = (chance.choice(["p1", "p2"]),) if chance.random() < 0.4 else ()
    return Entry(
        code=f"E{number}", track=chance.choice(tracks), submitted_at=chance.choice(INSTANTS), people=people
    )


def made_up_round(chance, number, *, tracks):
    kind = chance.choice(["written", "written", "measured", "public_vote"])
    criteria = tuple(
        Criterion(
            code=f"c{number}{at}",
            max=Decimal(chance.choice([10, 5])),
            weight=Decimal(chance.choice(["1", "0.5", "3"])),
            required=chance.random() < 0.6,
            track=chance.choice(["", "", "a"]) if "a" in tracks else "",
        )
        for at in range(1 if kind == "public_vote" else chance.randint(1, 3))
    )
    method = chance.choice(["mean", "median", "trimmed_mean", "rank_sum", "t_score"])
    is_trimmed = method == "trimmed_mean"
    return Round(
        code=f"r{number}",
        kind=kind,
        criteria=criteria,
        weight=Decimal(chance.choice([1, 2, 40])),
        aggregate=Aggregate(
            over=chance.choice(["criteria", "judge_totals"]),
            method=method,
            drop_high=int(is_trimmed),
            drop_low=chance.choice([0, 1]) if is_trimmed else 0,
        ),
        floor=chance.choice([None, None, Limit(percent=Decimal(40)), Limit(points=Decimal(2))]),
        carries=chance.random() < 0.8,
    )


def made_up_advance(chance):
    if chance.random() < 0.6:
        return None
    least = chance.choice([None, Limit(percent=Decimal(30))])
    return Advance(top=chance.choice([1, 3]), least=least, per_track=chance.random() < 0.5)


def made_up_marks(chance, round_, *, entries, judges):
    if round_.kind == "public_vote" and chance.random() < 0.6:
        return
    by_nobody = round_.kind == "measured" and chance.random() < 0.6
    for entry in entries:
        for judge in [""] if by_nobody else judges:
            if chance.random() < 0.15:
                continue
            for criterion in round_.criteria_of(entry.track):
                if chance.random() < 0.9:
                    points = chance.choice(POINTS)
                    yield Mark(
                        round=round_.code,
                        judge=judge,
                        entry=entry.code,
                        criterion=criterion.code,
                        points=points,
                    )


def made_up_votes(chance, round_, *, entries, marks):
    if round_.kind != "public_vote" or any(mark.round == round_.code for mark in marks):
        return
    for entry in entries:
        if round_.is_for(entry.track) and chance.random() < 0.8:
            yield Votes(round=round_.code, entry=entry.code, count=chance.randint(0, 4))


def made_up_chain(chance, rounds):
    steps = [f"criterion:{criterion.code}" for each in rounds for criterion in each.criteria]
    steps += [f"round:{each.code}" for each in rounds] + ["submitted"]
    return tuple(chance.sample(steps, k=chance.randint(0, min(3, len(steps)))))

"""Contests whose results are written to a file: a fictional one told in full, and made-up ones."""

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
from competitions.judging.report import as_json
from competitions.judging.tally import compute
from competitions.verifying.results_file import results_file

WORDS = {"ko": "심사 규칙을 풀어 쓴 글", "en": "The rule in words"}
METHODS = ("mean", "median", "trimmed_mean", "rank_sum", "t_score")
CITY_POINTS = {  # written round: five judges' marks of idea and use
    "E1": ("34 52", "36 55", "31 50", "38.5 57", "33 51"),
    "E2": ("36 50", "35 55", "30 51", "38 57.5", "32 54"),
    "E3": ("30 41", "28 45", "33 40", "31 44", "29 43.5"),
    "E4": ("34 52", "36 55", "31 50", "38.5 57", "33 51"),
    "E5": ("12 20", "15 24", "10 22", "14 19.5", "11 25"),
    "E6": ("35 48", "33 50", "36 47", "", "34 49"),
    "E7": ("20 40", "22 38", "25 35", "24 37", "21 39"),
    "E8": ("", "", "", "", ""),
}
CITY_TALKS = {"E1": "80 84 78", "E2": "88 79 81", "E3": "70 72 75", "E4": "80 84 78", "E6": "85 83 90"}
CITY_VOTES = {"E1": 120, "E2": 96, "E3": 41, "E4": 120, "E6": 77}


def document_of(contest, *, title="가온시 프롬프트 공모전", decided=None):
    """The file of a contest as the rule alone decides it. decided: other awards, (tier, reason) by entry."""
    outcome = as_json(compute(contest))
    proposals = {each["code"]: (each["award"], "") for each in outcome["entries"] if each["award"]}
    awards = [
        {"entry": code, "tier": tier, "reason": reason}
        for code, (tier, reason) in (proposals if decided is None else decided).items()
    ]
    return results_file(
        contest, outcome, title=title, sheets=sheets_of(contest), awards=awards, rule_words=WORDS
    )


def sheets_of(contest):
    """A signed sheet for everybody who gave points; the hashes are made up."""
    keys = sorted({(m.round, m.judge, m.entry) for m in contest.marks if m.judge and m.points is not None})
    return [
        {
            "round": round_,
            "judge": judge,
            "entry": entry,
            "signed_at": f"2026-05-20T0{number % 10}:15:30+00:00",
            "sha256": f"{number:064x}",
            "snapshot_sha256": f"{number + 1000:064x}",
        }
        for number, (round_, judge, entry) in enumerate(keys, start=1)
    ]


def city_contest():
    """Everything at once: tracks, a trimmed written round with floor and advance, talks, a public vote, ties."""
    judges = tuple(f"J{n}" for n in range(1, 6))
    people = {"E1": ("P1",), "E2": ("P2",), "E3": ("P1", "P3")}
    return Contest(
        competition="gaon-prompts",
        rounds=(written_round(), talk_round(), vote_round()),
        judges=judges,
        entries=tuple(
            Entry(
                code=code,
                track="office" if code in {"E3", "E7"} else "life",
                submitted_at=f"2026-05-1{code[1]}T03:00:00+00:00",
                people=people.get(code, ()),
            )
            for code in CITY_POINTS
        ),
        marks=(*written_marks(judges), *talk_marks(judges)),
        awards=(
            Award(code="grand", count=1),
            Award(code="best-office", count=1, track="office"),
            Award(code="good", count=2),
        ),
        scoring=Scoring(
            places=2, tie_break=("criterion:idea", "round:talk", "submitted"), one_prize_per_person=True
        ),
        votes=tuple(Votes(round="vote", entry=code, count=count) for code, count in CITY_VOTES.items()),
    )


def small_city_contest():
    """The same with four entries and three judges."""
    whole = city_contest()
    codes, judges = {"E1", "E2", "E5", "E8"}, ("J1", "J2", "J3")
    return replace(
        whole,
        judges=judges,
        entries=tuple(each for each in whole.entries if each.code in codes),
        marks=tuple(each for each in whole.marks if each.entry in codes and each.judge in judges),
        votes=tuple(each for each in whole.votes if each.entry in codes),
    )


def written_round():
    return Round(
        code="written",
        weight=Decimal(60),
        criteria=(
            Criterion(code="idea", max=Decimal(40)),
            Criterion(code="use", max=Decimal(60), weight=Decimal("0.5")),
        ),
        aggregate=Aggregate(over="judge_totals", method="trimmed_mean", drop_high=1, drop_low=1),
        floor=Limit(percent=Decimal(50)),
        advance=Advance(top=5),
    )


def talk_round():
    criteria = (Criterion(code="talk", max=Decimal(100)),)
    return Round(
        code="talk",
        kind="presentation",
        weight=Decimal(30),
        criteria=criteria,
        aggregate=Aggregate(method="median"),
    )


def vote_round():
    return Round(code="vote", kind="public_vote", weight=Decimal(10), criteria=())


def written_marks(judges):
    return [
        Mark(round="written", judge=judge, entry=entry, criterion=criterion, points=Decimal(points))
        for entry, sheets in CITY_POINTS.items()
        for judge, sheet in zip(judges, sheets, strict=True)
        for criterion, points in zip(("idea", "use"), sheet.split(), strict=False)
    ]


def talk_marks(judges):
    return [
        Mark(round="talk", judge=judge, entry=entry, criterion="talk", points=Decimal(points))
        for entry, sheets in CITY_TALKS.items()
        for judge, points in zip(judges, sheets.split(), strict=False)
    ]


def made_up(random, *, most_entries=7):
    """A contest with any rule, small numbers and many ties. random: a random.Random."""
    tracks = random.choice([("",), ("", "a"), ("a", "b")])
    judges = tuple(f"위원{n}" for n in range(random.randint(2, 4)))
    rounds = made_up_rounds(random, tracks=tracks, most_drops=len(judges) - 1)
    entries = tuple(
        Entry(
            code=f"E{n}",
            track=random.choice(tracks),
            submitted_at=random.choice(["", "2026-05-01T00:00:00+00:00", "2026-05-01T00:00:00.500000+00:00"]),
            people=tuple(sorted(random.sample(["p1", "p2", "p3"], random.choice([0, 0, 1, 1, 2])))),
        )
        for n in range(random.randint(0, most_entries))
    )
    return Contest(
        competition="c",
        rounds=rounds,
        judges=judges,
        entries=entries,
        marks=tuple(made_up_marks(random, rounds=rounds, judges=judges, entries=entries)),
        awards=tuple(
            Award(code=f"a{n}", count=random.randint(1, 2), track=random.choice(["", *tracks]))
            for n in range(random.randint(0, 3))
        ),
        scoring=made_up_scoring(random, rounds=rounds),
        votes=tuple(made_up_votes(random, rounds=rounds, entries=entries)),
    )


def made_up_rounds(random, *, tracks, most_drops):
    count = random.randint(1, 3)
    carrying = random.randrange(count)
    return tuple(
        made_up_round(
            random,
            code=f"r{count - n}",  # not in the order of their codes
            tracks=tracks,
            most_drops=most_drops,
            is_last=n == count - 1,
            carries=n == carrying or random.random() < 0.7,
        )
        for n in range(count)
    )


def made_up_round(random, *, code, tracks, most_drops, is_last, carries):
    kind = random.choice(["written", "written", "written", "measured", "public_vote"])
    criteria = tuple(
        Criterion(
            code=f"c{n}",
            max=Decimal(random.choice(["10", "10", "7.5"])),
            weight=Decimal(random.choice(["1", "0.5", "3"])),
            required=random.random() < 0.6,
            track=random.choice(["", "", *tracks]),
        )
        for n in range(random.randint(0, 1) if kind == "public_vote" else random.randint(1, 3))
    )
    return Round(
        code=code,
        kind=kind,
        criteria=criteria,
        weight=Decimal(random.choice(["1", "60", "2.5"])),
        aggregate=made_up_aggregate(random, most_drops=most_drops),
        floor=made_up_limit(random) if random.random() < 0.3 else None,
        advance=None if is_last or random.random() < 0.6 else made_up_advance(random),
        carries=carries,
    )


def made_up_aggregate(random, *, most_drops):
    method = random.choice(METHODS)
    over = random.choice(["criteria", "judge_totals"])
    if method != "trimmed_mean":
        return Aggregate(over=over, method=method)
    drops = random.randint(1, most_drops)
    high = random.randint(0, drops)
    return Aggregate(over=over, method=method, drop_high=high, drop_low=drops - high)


def made_up_limit(random):
    if random.random() < 0.7:
        return Limit(percent=Decimal(random.choice(["10", "30.5", "50"])))
    return Limit(points=Decimal(random.choice(["0.5", "2", "3"])))


def made_up_advance(random):
    top = random.choice([None, 1, 2, 4])
    least = made_up_limit(random) if top is None or random.random() < 0.3 else None
    return Advance(top=top, least=least, per_track=random.random() < 0.4)


def made_up_scoring(random, *, rounds):
    codes = [c.code for r in rounds for c in r.criteria]
    steps = [f"round:{r.code}" for r in rounds] + ["submitted"]
    steps += [f"criterion:{r.code}/{c.code}" for r in rounds for c in r.criteria]
    steps += [f"criterion:{code}" for code in set(codes) if codes.count(code) == 1]
    kinds = random.choice(["", "round"])
    steps = sorted(step for step in steps if step.startswith(kinds))
    chain = random.sample(steps, random.randint(0, min(3, len(steps))))
    return Scoring(
        total=random.choice(["weighted_percent", "sum_of_points"]),
        places=random.choice([None, None, 0, 0, 1, 6]),
        tie_break=(*chain, *random.choice([(), ("joint",)])),
        one_prize_per_person=random.random() < 0.5,
    )


def made_up_marks(random, *, rounds, judges, entries):
    for round_ in rounds:
        if round_.kind == "public_vote" and random.random() < 0.8:
            continue
        by = ("",) if round_.kind == "measured" and random.random() < 0.7 else judges
        share = random.choice([1, 0.9, 0.5])
        for entry in entries:
            for judge in by:
                for criterion in round_.criteria_of(entry.track):
                    points = Decimal(random.choice(["0", "1", "1.5", "2.25", "5", "7.5", "7.5"]))
                    if random.random() < share:
                        yield Mark(
                            round=round_.code,
                            judge=judge,
                            entry=entry.code,
                            criterion=criterion.code,
                            points=random.choice([points, points, points, None]),
                        )


def made_up_votes(random, *, rounds, entries):
    for round_ in rounds:
        if round_.kind == "public_vote":
            for entry in entries:
                if round_.is_for(entry.track) and random.random() < 0.7:
                    yield Votes(round=round_.code, entry=entry.code, count=random.choice([0, 1, 3, 3, 7]))

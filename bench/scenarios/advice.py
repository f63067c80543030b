import random
from decimal import Decimal

from bench.measure import Line, peak, timed
from competitions.judging.advice.report import advice
from competitions.judging.records import Award, Contest, Criterion, Entry, Mark, Round
from competitions.judging.tally import compute

JUDGES_OF_ENTRY, CRITERIA, HIGHEST = 5, 4, 25
ENTRIES_OF_JUDGE = 250


def run(setting):
    contest = made_up(setting.size.entries)
    outcome = compute(contest)
    with peak() as highest:
        advice(contest, outcome)
    what = f"{setting.size.entries:,} entries x {JUDGES_OF_ENTRY} of {len(contest.judges)} judges"
    yield Line(
        what=what,
        times=timed(lambda: advice(contest, outcome)),
        floor=timed(lambda: compute(contest))[0],
        memory=highest[0],
        note="at the peak",
    )


def made_up(entries):
    """A contest with harsh and lenient judges, each entry drawn to five of them."""
    chance = random.Random(5)  # noqa: S311
    judges = [
        f"J{number:03}"
        for number in range(max(JUDGES_OF_ENTRY, entries * JUDGES_OF_ENTRY // ENTRIES_OF_JUDGE))
    ]
    leaning = {judge: chance.gauss(0, 1) for judge in judges}
    points = [Decimal(number) for number in range(HIGHEST + 1)]
    marks = []
    for number in range(entries):
        worth = chance.gauss(17, 2)
        for judge in chance.sample(judges, JUDGES_OF_ENTRY):
            for at in range(CRITERIA):
                given = round(worth + leaning[judge] + chance.gauss(0, 2))
                marks.append(
                    Mark(
                        round="written",
                        judge=judge,
                        entry=f"E{number:05}",
                        criterion=f"c{at}",
                        points=points[min(max(given, 0), HIGHEST)],
                    )
                )
    criteria = tuple(Criterion(code=f"c{at}", max=Decimal(HIGHEST)) for at in range(CRITERIA))
    return Contest(
        competition="bench",
        rounds=(Round(code="written", criteria=criteria),),
        judges=tuple(judges),
        entries=tuple(Entry(code=f"E{number:05}") for number in range(entries)),
        marks=tuple(marks),
        awards=(Award(code="gold", count=1), Award(code="silver", count=3), Award(code="bronze", count=10)),
    )

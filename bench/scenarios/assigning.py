"""Who judges what: entries given to 200 judges, five each, with tracks, fields and conflicts."""

import random
import resource

from bench.measure import Line, timed
from competitions.assigning import EntryToJudge, JudgeForEntries, Panel, assign, without

JUDGES, WANTED, TRACKS = 200, 5, "abcde"
CONFLICTS = 2  # per entry


def run(setting):
    count = setting.size.entries
    for what, kind in (
        ("no limits", "plain"),
        ("fields of expertise", "expert"),
        ("too few places", "short"),
        ("committees of tracks, four judges of all", "tracks"),
    ):
        panel = panel_of(count, kind)
        [floor] = timed(lambda: dealt(panel))  # noqa: B023
        found = []
        times = timed(lambda: found.append(assign(panel)))  # noqa: B023
        after = found[0].report_after
        note = f"loads {after.load_min}-{after.load_max}, {after.missing} missing, {after.groups} groups"
        yield Line(what=f"{count:,} entries to {JUDGES} judges, {what}", times=times, floor=floor, note=note)
    panel = panel_of(count, "plain")
    assigned = assign(panel)
    kept = Panel(
        entries=panel.entries, judges=panel.judges, wanted=WANTED, kept=frozenset(assigned.pairs),
        conflicts=panel.conflicts,
    )  # fmt: skip
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield Line(
        what="  one judge drops out",
        times=timed(lambda: without(kept, "J007")),
        memory=highest,
        note="of the process at its peak",
    )


def dealt(panel):
    """The floor: entries dealt out one after the other, looking at nothing but conflicts."""
    codes, place, given = [judge.code for judge in panel.judges], 0, []
    for entry in panel.entries:
        taken = 0
        while taken < WANTED:
            pair = (codes[place % len(codes)], entry.code)
            place += 1
            if pair not in panel.conflicts:
                given.append(pair)
                taken += 1
    return given


def panel_of(count, kind):
    chance = random.Random(1)  # noqa: S311
    entries = tuple(EntryToJudge(code=f"E{n:06}", track=chance.choice(TRACKS)) for n in range(count))
    judges = tuple(judge_of(number, kind, chance) for number in range(JUDGES))
    codes = [judge.code for judge in judges]
    conflicts = frozenset((chance.choice(codes), e.code) for e in entries for _ in range(CONFLICTS))
    return Panel(entries=entries, judges=judges, wanted=WANTED, conflicts=conflicts)


def judge_of(number, kind, chance):
    code = f"J{number:03}"
    if kind == "expert":
        return JudgeForEntries(code=code, expertise=(chance.choice(TRACKS),))
    if kind == "short":
        return JudgeForEntries(code=code, most=chance.randrange(300))
    if kind == "tracks" and number >= 4:
        return JudgeForEntries(code=code, track=TRACKS[number % len(TRACKS)])
    return JudgeForEntries(code=code)

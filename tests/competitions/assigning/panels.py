"""Made-up panels, and the plainest ways to say what is possible."""

from hypothesis import strategies as st

from competitions.assigning import EntryToJudge, JudgeForEntries, Panel

TRACKS = ["", "a", "b"]


def panel(entries, judges, *, wanted=2, **others):
    """A panel of so many entries and judges without any limit."""
    return Panel(
        entries=tuple(EntryToJudge(code=f"E{n:02}") for n in range(entries)),
        judges=tuple(JudgeForEntries(code=f"J{n}") for n in range(judges)),
        wanted=wanted,
        **others,
    )


@st.composite
def panels(draw, entries=12, judges=6):
    of = [EntryToJudge(code=f"E{n}", track=draw(st.sampled_from(TRACKS))) for n in range(entries)]
    some = draw(st.integers(0, entries))
    by = [
        JudgeForEntries(
            code=f"J{n}",
            track=draw(st.sampled_from(["", "", "", "a", "b"])),
            expertise=draw(st.sampled_from([(), ("a",), ("a", "b")])),
            most=draw(st.sampled_from([None, None, 0, 2, 5])),
        )
        for n in range(draw(st.integers(0, judges)))
    ]
    pairs = [(judge.code, entry.code) for judge in by for entry in of[:some]]
    few = st.frozensets(st.sampled_from(pairs), max_size=6) if pairs else st.just(frozenset())
    return Panel(
        entries=tuple(of[:some]),
        judges=tuple(by),
        wanted=draw(st.integers(1, 4)),
        conflicts=draw(few),
        kept=draw(few),
        overlap=draw(st.integers(0, 3)),
        seed=draw(st.sampled_from(["", "x"])),
    )


def allowed(panel):
    """The pairs that may be given anew, apart from judges' limits."""
    return {
        (judge.code, entry.code)
        for judge in panel.judges
        for entry in panel.entries
        if judge.track in {"", entry.track} and (judge.code, entry.code) not in panel.conflicts | panel.kept
    }


def most_possible(panel):
    """How many new pairs fit: the largest flow, one augmenting path at a time."""
    kept = panel.kept - panel.conflicts
    free = allowed(panel)
    room = {j.code: 99 if j.most is None else j.most for j in panel.judges}
    lack = {entry.code: panel.wanted for entry in panel.entries}
    for judge, entry in kept:
        room[judge] -= 1
        lack[entry] -= 1
    taken = set()
    for entry in lack:
        for _place in range(max(0, lack[entry])):
            _augment(entry, free, taken, room, seen=set())
    return len(taken)


def _augment(entry, free, taken, room, *, seen):
    for judge, other in sorted(free - taken):
        if other != entry or judge in seen:
            continue
        seen.add(judge)
        if room[judge] > 0:
            room[judge] -= 1
            taken.add((judge, entry))
            return True
        for held in sorted(e for j, e in taken if j == judge):
            taken.remove((judge, held))
            taken.add((judge, entry))
            if _augment(held, free, taken, room, seen=seen):
                return True
            taken.remove((judge, entry))
            taken.add((judge, held))
    return False


def groups(pairs):
    """How many sets of judges the pairs link, by joining them one by one."""
    sets = []
    for entry in {entry for _judge, entry in pairs}:
        together = {judge for judge, one in pairs if one == entry}
        for one in [one for one in sets if one & together]:
            together |= one
            sets.remove(one)
        sets.append(together)
    return len(sets)

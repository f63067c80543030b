"""Panels and contests to estimate from, some of them printed in books."""

from decimal import Decimal

import numpy as np

from competitions.judging.advice.panel import Panel
from competitions.judging.records import Award, Contest, Criterion, Entry, Mark, Round

# Raw means 77, 81, 76, 77; the worth behind them 80, 78, 76, 74, and judges who give 6 less, as much, and 6 more.
MASKED = {
    "P": {"J1": 74, "J2": 80},
    "Q": {"J2": 78, "J3": 84},
    "R": {"J1": 70, "J3": 82},
    "S": {"J2": 74, "J3": 80},
}
# Shrout and Fleiss, Psychological Bulletin 86 (1979), table 2: six targets, four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=np.float64
)


def panel(table):
    """{"P": {"J1": 74}} -> a panel."""
    rows = sorted((entry, judge, y) for entry, given in table.items() for judge, y in given.items())
    entries = sorted({entry for entry, _, _ in rows})
    judges = sorted({judge for _, judge, _ in rows})
    return Panel(
        entries=tuple(entries),
        judges=tuple(judges),
        entry=np.array([entries.index(entry) for entry, _, _ in rows]),
        judge=np.array([judges.index(judge) for _, judge, _ in rows]),
        y=np.array([y for _, _, y in rows], dtype=np.float64),
    )


def full_panel(values):
    """An array (entries, judges) -> a panel."""
    return panel({f"E{e}": {f"J{j}": y for j, y in enumerate(row)} for e, row in enumerate(values)})


def hundred(table, *, code="written"):
    """{"P": {"J1": 74}} -> marks on one criterion of 100."""
    return [
        Mark(
            round=code,
            judge=judge,
            entry=entry,
            criterion="all",
            points=None if y is None else Decimal(str(y)),
        )
        for entry, given in table.items()
        for judge, y in given.items()
    ]


def hundred_round(code="written", **fields):
    """A round with one criterion of 100."""
    return Round(code=code, criteria=(Criterion(code="all", max=Decimal(100)),), **fields)


def contest(table, *, awards=(), tracks=None, rounds=None, marks=None, **fields):
    """{"P": {"J1": 74}} -> a contest of one round. awards: [(code, count)] or Award."""
    tracks = tracks or {}
    judges = sorted({judge for given in table.values() for judge in given})
    return Contest(
        competition="c",
        rounds=rounds or (hundred_round(),),
        judges=tuple(judges),
        entries=tuple(Entry(code=code, track=tracks.get(code, "")) for code in table),
        marks=tuple(hundred(table) if marks is None else marks),
        awards=tuple(
            each if isinstance(each, Award) else Award(code=each[0], count=each[1]) for each in awards
        ),
        **fields,
    )

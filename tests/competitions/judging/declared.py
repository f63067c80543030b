"""Small contests with a declared rule, written as tables."""

from decimal import Decimal

from competitions.judging.records import Award, Contest, Criterion, Entry, Mark, Round, Scoring

HUNDRED = (Criterion(code="all", max=Decimal(100)),)


def a_round(code="r", *, criteria=HUNDRED, **fields):
    return Round(code=code, criteria=criteria, **fields)


def given(table, *, round_code="r", criterion="all"):
    """{"A": ["10", None, "30"]} -> marks of the judges j1, j2, j3."""
    return tuple(
        Mark(
            round=round_code,
            judge=f"j{number}",
            entry=entry,
            criterion=criterion,
            points=None if points is None else Decimal(points),
        )
        for entry, row in table.items()
        for number, points in enumerate(row, start=1)
    )


def a_contest(marks=(), *, rounds=None, entries=None, awards=(), **fields):
    """Entries: codes or records; without them, those that have marks."""
    codes = dict.fromkeys(mark.entry for mark in marks) if entries is None else entries
    return Contest(
        **{
            "competition": "c",
            "rounds": (a_round(),) if rounds is None else tuple(rounds),
            "judges": tuple(sorted({mark.judge for mark in marks if mark.judge})),
            "entries": tuple(Entry(code=each) if isinstance(each, str) else each for each in codes),
            "marks": tuple(marks),
            "awards": tuple(Award(**each) for each in awards),
            "scoring": Scoring(),
        }
        | fields
    )

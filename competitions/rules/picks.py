"""Whom to ask next for a committee: half from the private sector, many fields, and those asked least."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

PRIVATE, PUBLIC = "private", "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class PickFact:
    """Somebody who may be asked. times: how often they judged. asked_at: when last; None = never."""

    key: int
    side: str
    field: str = ""
    times: int = 0
    asked_at: datetime | None = None


def suggest(pool: Sequence[PickFact], *, members: Iterable[PickFact], size: int) -> list[int]:
    """Return the keys to ask, so that the committee has `size` members where the pool allows.

    members: who is on the committee already. At least half of all come from the private sector, also when the pool
    has too few of it: then fewer are named. Of one side, the field that fewest members have comes first, then who
    judged least, then who was asked longest ago, then the lower key. The order of the pool does not matter.
    """
    seated, left, chosen = list(members), list(pool), []
    while len(seated) < size:
        best = min(_allowed(left, seated), key=_order(seated, size=size), default=None)
        if best is None:
            break
        seated.append(best)
        left.remove(best)
        chosen.append(best.key)
    return chosen


def _allowed(left: list[PickFact], seated: list[PickFact]) -> list[PickFact]:
    """Anybody from the private sector; from the public one as long as the private one keeps its half."""
    has_room = 2 * _private(seated) >= len(seated) + 1
    return [each for each in left if has_room or each.side == PRIVATE]


def _private(seated: list[PickFact]) -> int:
    return sum(each.side == PRIVATE for each in seated)


def _order(seated: list[PickFact], *, size: int) -> Callable[[PickFact], tuple[bool, int, int, float, int]]:
    """Who is better for the next seat comes first."""
    fields = Counter(each.field for each in seated if each.field)
    wanted = PRIVATE if 2 * _private(seated) < size else PUBLIC

    def place(each: PickFact) -> tuple[bool, int, int, float, int]:
        asked = each.asked_at.timestamp() if each.asked_at else 0.0
        return each.side != wanted, fields[each.field], each.times, asked, each.key

    return place

"""Checks of the committee before judging begins: one for the contest, or one for each field.

Only who is appointed counts; of those invited a check says whether their yes would be enough.
"""

from collections.abc import Callable
from dataclasses import replace

from casebook.content.markers import N_
from competitions.rules.facts import Facts, JudgeFact
from competitions.rules.findings import MET, GateState, Verdict, missing

LEAST, LEAST_PER_FIELD = 5, 3
Committees = dict[str, list[JudgeFact]]


def has_fields(facts: Facts) -> bool:
    """Whether each track has a committee of its own: two tracks or more, and judges named for one."""
    return len(facts.tracks) >= 2 and any(judge.track for judge in facts.judges)


def committees_of(facts: Facts) -> Committees:
    """Return the members by track; one committee, named "", when it is for all. Judges of all tracks sit in each."""
    if not has_fields(facts):
        return {"": list(facts.judges)}
    return {code: [each for each in facts.judges if each.track in {"", code}] for code in facts.tracks}


def size(facts: Facts) -> Verdict:
    return _of_appointed(facts, _size)


def chair(facts: Facts) -> Verdict:
    return _of_appointed(facts, _chair)


def balance(facts: Facts) -> Verdict:
    return _of_appointed(facts, _balance)


def _of_appointed(facts: Facts, check: Callable[[Facts], Verdict]) -> Verdict:
    appointed = tuple(each for each in facts.judges if not each.is_invited)
    verdict = check(replace(facts, judges=appointed))
    waiting = len(facts.judges) - len(appointed)
    if verdict.state == GateState.MISSING and waiting and check(facts).state == GateState.MET:
        return missing(
            N_("Wait for those invited (%(count)s): when they accept, this is met."), count=waiting
        )
    return verdict


def _size(facts: Facts) -> Verdict:
    if not has_fields(facts):
        count = len(facts.judges)
        return (
            MET
            if count >= LEAST
            else missing(N_("Name at least 5 judges; there are %(count)s."), count=count)
        )
    small = _broken(facts, lambda members: len(members) >= LEAST_PER_FIELD)
    if not small:
        return MET
    return missing(N_("Name at least 3 judges for each track; too few for: %(tracks)s."), tracks=small)


def _chair(facts: Facts) -> Verdict:
    unled = _broken(facts, lambda members: sum(each.is_chair for each in members) == 1)
    if not unled:
        return MET
    if not has_fields(facts):
        return missing(N_("Mark exactly one judge as the chair."))
    return missing(N_("Mark exactly one judge as the chair for: %(tracks)s."), tracks=unled)


def _balance(facts: Facts) -> Verdict:
    public = _broken(facts, _is_balanced)
    if not public:
        return MET
    if not has_fields(facts):
        return missing(N_("At least half of the judges have to come from the private sector."))
    return missing(
        N_("At least half of the judges have to come from the private sector for: %(tracks)s."), tracks=public
    )


def _is_balanced(members: list[JudgeFact]) -> bool:
    return bool(members) and 2 * sum(each.side == "private" for each in members) >= len(members)


def _broken(facts: Facts, is_right: Callable[[list[JudgeFact]], bool]) -> tuple[str, ...]:
    return tuple(code for code, members in committees_of(facts).items() if not is_right(members))

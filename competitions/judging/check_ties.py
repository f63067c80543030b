"""Refusals: a tie chain that names what is not there, or goes on after its end."""

from competitions.judging.errors import InvalidRule
from competitions.judging.records import Contest

PLACE = "scoring, tie_break"


def check_tie_break(contest: Contest) -> None:
    """Raise for the first step that is unknown, ambiguous, repeated, or behind the last."""
    steps = contest.scoring.tie_break
    for number, step in enumerate(steps):
        if step in steps[:number]:
            raise InvalidRule(place=PLACE, reason=f"{step} stands twice")
        if "joint" in steps[:number]:
            raise InvalidRule(place=PLACE, reason=f"{step} comes after joint, which ends the chain")
        if step not in {"joint", "submitted"}:
            check_step(step, contest=contest)


def check_step(step: str, *, contest: Contest) -> None:
    """Raise unless a step is round:CODE, criterion:CODE or criterion:ROUND/CODE of the contest."""
    kind, _, name = step.partition(":")
    rounds = {round_.code: {c.code for c in round_.criteria} for round_ in contest.rounds}
    if kind == "round":
        if name not in rounds:
            raise InvalidRule(place=PLACE, reason=f"{step}: known rounds: {', '.join(sorted(rounds))}")
        return
    if kind != "criterion":
        known = "criterion:CODE, round:CODE, submitted or joint"
        raise InvalidRule(place=PLACE, reason=f"{step} is not known; use {known}")
    round_code, slash, code = name.rpartition("/")
    found = [each for each, codes in rounds.items() if code in codes and (not slash or each == round_code)]
    if not found:
        raise InvalidRule(place=PLACE, reason=f"{step}: no round has this criterion")
    if len(found) > 1:
        ways = ", ".join(f"criterion:{each}/{code}" for each in sorted(found))
        raise InvalidRule(place=PLACE, reason=f"{step}: several rounds have it; use one of {ways}")

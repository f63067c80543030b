"""All advice on a result as the JSON values everybody can read."""

from collections.abc import Mapping, Sequence

import numpy as np

from casebook.content.markers import N_
from competitions.judging.advice.agreed import Agreement, agreement
from competitions.judging.advice.as_json import (
    Json,
    agreement_json,
    by_code,
    in_order,
    interval,
    number,
    outliers_json,
    refused_json,
    round_json,
    stability_json,
)
from competitions.judging.advice.errors import AdviceRefused
from competitions.judging.advice.marks import RoundMarks, marks_of
from competitions.judging.advice.one_round import Refused, RoundAdvice, round_advice
from competitions.judging.advice.stability import Compute, leave_one_out
from competitions.judging.advice.whole import (
    added,
    award_chances,
    severities,
    shares,
)
from competitions.judging.records import Contest, Outcome
from competitions.judging.tally import compute as official_tally

GREY = (0.1, 0.9)
NO_CHANCES: Json = {"p_award": {}, "grey_zone": [], "place_interval": {}, "draws": 0}
NO_ROUND = N_("No round was marked by two or more judges, so the judges cannot be compared.")


def advice(contest: Contest, outcome: Outcome, *, compute: Compute = official_tally) -> Json:
    """Return how firm a result is: estimates beside it, never in it.

    outcome: what the declared rule gave for the same contest. compute: the rule, for leaving judges out.
    Numbers are floats with six decimals, missing values None; the same inputs give the same numbers.
    Raises nothing: what the marks do not bear is listed under "refused". Source: docs/judging.md, "How firm is it".
    """
    marks = marks_of(contest)
    rounds = [one(contest, outcome, marks=each) for each in marks.values()]
    refused = [each for one_round in rounds for each in one_round.refused]
    agreements = {each.marks.round.code: agreement(each.panel, each.parts) for each in rounds}
    stability: Json | None = None
    try:
        stability = stability_json(leave_one_out(contest, outcome=outcome, marks=marks, compute=compute))
    except AdviceRefused as error:
        refused.append(Refused(round="", what="stability", reason=error.reason, params=error.params))
    main = weightiest(contest, agreements)
    if main is None:
        refused.append(Refused(round="", what="agreement", reason=NO_ROUND, params={}))
    return {
        **estimates(contest, outcome, rounds),
        "agreement": None if main is None else {**agreement_json(agreements[main]), "round": main},
        "stability": stability,
        "outliers": [each for one_round in rounds for each in outliers_json(one_round)],
        "rounds": {
            each.marks.round.code: round_json(each, agreements[each.marks.round.code]) for each in rounds
        },
        "refused": [refused_json(each) for each in refused],
    }


def one(contest: Contest, outcome: Outcome, *, marks: RoundMarks) -> RoundAdvice:
    """Return what is estimated of one round."""
    rounds = {entry.code: entry.rounds.get(marks.round.code) for entry in outcome.entries}
    found = [rounds[code] for code in marks.entries]
    score = np.array(
        [np.nan if r is None or r.score is None else float(r.score) for r in found], dtype=np.float64
    )
    if contest.scoring.total == "sum_of_points":
        score = score / 100 * marks.full_points[marks.track]
    return round_advice(contest, marks=marks, score=score)


def estimates(contest: Contest, outcome: Outcome, rounds: Sequence[RoundAdvice]) -> Json:
    """Return what is estimated over all rounds."""
    if not rounds:
        nothing: Json = {
            "calibrated": {},
            "calibrated_order": [],
            "shrunken": {},
            "severity": {},
            "severity_interval": {},
        }
        return nothing | NO_CHANCES
    codes = rounds[0].marks.entries
    share = shares(contest, rounds)
    calibrated = added([each.calibrated() for each in rounds], share)
    by_judge = severities(contest, rounds)
    return {
        "calibrated": by_code(codes, calibrated),
        "calibrated_order": in_order(codes, calibrated),
        "shrunken": by_code(codes, added([each.shrunken() for each in rounds], share)),
        "severity": {judge: number(each.b) for judge, each in by_judge.items()},
        "severity_interval": {judge: interval(each) for judge, each in by_judge.items()},
        **chances_json(contest, outcome, rounds),
    }


def chances_json(contest: Contest, outcome: Outcome, rounds: Sequence[RoundAdvice]) -> Json:
    """Return the chances of an award, the grey zone and the intervals of places."""
    codes = rounds[0].marks.entries
    placed = {entry.code for entry in outcome.entries if entry.status in {"ranked", "tied_at_award_line"}}
    ranked = np.array([code in placed for code in codes], dtype=np.bool_)
    found = award_chances(contest, rounds, ranked=ranked, seed=int(outcome.inputs_sha256, 16))
    if found is None:
        return dict(NO_CHANCES)
    at, chances = found
    own = [codes[each] for each in at]
    low, high = GREY
    grey = [code for code, p in zip(own, chances.p_award, strict=True) if low <= p <= high]
    return {
        "p_award": by_code(own, chances.p_award) if contest.awards else {},
        "grey_zone": grey,
        "place_interval": {
            code: [int(first), int(last)]
            for code, first, last in zip(own, chances.low, chances.high, strict=True)
        },
        "draws": chances.draws,
    }


def weightiest(contest: Contest, agreements: Mapping[str, Agreement | None]) -> str | None:
    """Return the round that counts most of those with two judges; the earlier of equals."""
    own = [each for each in contest.rounds if agreements[each.code] is not None]
    return max(own, key=lambda each: (each.carries, each.weight)).code if own else None

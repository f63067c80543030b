"""The parts of the advice as JSON values."""

from collections.abc import Sequence
from math import isfinite

from competitions.judging.advice.agreed import Agreement
from competitions.judging.advice.arrays import Floats
from competitions.judging.advice.one_round import Refused, RoundAdvice
from competitions.judging.advice.outliers import outliers
from competitions.judging.advice.stability import Stability
from competitions.judging.advice.whole import Severity, round_severities

Json = dict[str, object]


def round_json(each: RoundAdvice, agreed: Agreement | None) -> Json:
    """Return one round's estimates."""
    codes = each.marks.entries
    by_judge = round_severities(each)
    found = [part.posterior.variances for part in each.parts if part.posterior is not None]
    variances = [
        {"entry": number(v.entry), "judge": number(v.judge), "error": number(v.error)} for v in found
    ]
    return {
        "calibrated": by_code(codes, each.calibrated()),
        "calibrated_order": in_order(codes, each.calibrated()),
        "shrunken": by_code(codes, each.shrunken()),
        "severity": {judge: number(own.b) for judge, own in by_judge.items()},
        "severity_interval": {judge: interval(own) for judge, own in by_judge.items()},
        "variances": variances,
        "agreement": agreement_json(agreed),
        "outliers": outliers_json(each),
    }


def agreement_json(found: Agreement | None) -> Json:
    """Return the coefficients; all None below two judges."""
    return {
        "krippendorff_alpha": number(found.krippendorff_alpha) if found else None,
        "icc_2_1": number(found.icc_2_1) if found else None,
        "icc_2_k": number(found.icc_2_k) if found else None,
        "kendall_w": number(found.kendall_w) if found else None,
        "k": number(found.k) if found else None,
        "shared_entries": found.shared if found else 0,
    }


def outliers_json(each: RoundAdvice) -> list[Json]:
    """Return the outlying sheets of a round, part by part, the farthest first."""
    return [
        {
            "round": each.marks.round.code,
            "judge": sheet.judge,
            "entry": sheet.entry,
            "given": number(sheet.given),
            "expected": number(sheet.expected),
            "residual": number(sheet.residual),
            "studentised": number(sheet.studentised),
        }
        for part in each.parts
        if part.additive is not None
        for sheet in outliers(part.panel, part.additive)
    ]


def stability_json(found: Stability) -> Json:
    """Return what each judge's leaving changes."""
    return {
        "winner": list(found.winner),
        "leave_one_out": {
            each.judge: {
                "winner": list(each.winner),
                "changes_winner": each.changes_winner,
                "changes_awards": each.changes_awards,
                "enter": list(each.enter),
                "leave": list(each.leave),
                "moved": each.moved,
            }
            for each in found.without
        },
        "winner_kept": found.winner_kept,
        "awards_kept": found.awards_kept,
        "judges": len(found.without),
    }


def refused_json(each: Refused) -> Json:
    """Return a refusal; track only when it is of one."""
    own: Json = {"round": each.round, "what": each.what, "reason": each.reason, "params": dict(each.params)}
    return own | ({"track": each.track} if each.track else {})


def by_code(codes: Sequence[str], values: Floats) -> Json:
    """Return numbers by entry."""
    return dict(zip(codes, map(number, values.tolist()), strict=True))


def in_order(codes: Sequence[str], values: Floats) -> list[str]:
    """Return the entries that have a value, the highest first, equals by code."""
    known = [
        (-round(value, 6), code)
        for code, value in zip(codes, values.tolist(), strict=True)
        if isfinite(value)
    ]
    return [code for _, code in sorted(known)]


def interval(each: Severity) -> list[float | None] | None:
    """Return [low, high], or None."""
    return None if each.low is None else [number(each.low), number(each.high)]


def number(value: float | None) -> float | None:
    """Return a float with six decimals, None for what is missing; never nan and never -0.0."""
    return None if value is None or not isfinite(value) else round(float(value), 6) + 0.0

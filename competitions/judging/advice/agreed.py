"""The agreement of a round's judges, whether or not everybody marked everything."""

from dataclasses import dataclass

import numpy as np

from competitions.judging.advice.agreement import alpha_of_scores, icc, kendall_w
from competitions.judging.advice.one_round import Part
from competitions.judging.advice.panel import Panel
from competitions.judging.advice.variances import Variances


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """krippendorff_alpha: interval. icc_2_1, icc_2_k: of one judge, of the mean of k. None = cannot be given.

    k: judges of an entry, the harmonic mean when they differ. shared: entries every judge marked, which Kendall's W
    is of.
    """

    krippendorff_alpha: float | None
    icc_2_1: float | None
    icc_2_k: float | None
    kendall_w: float | None
    k: float
    shared: int


def agreement(panel: Panel, parts: tuple[Part, ...]) -> Agreement | None:
    """Return how far the judges of a round agree; None below two judges.

    A full table gives the ICC by mean squares, one with gaps by the variances of the shrunken model:
    entry / (entry + judge + error), and with (judge + error) / k for the mean of k.
    """
    if len(panel.judges) < 2:
        return None
    table = panel.table()
    shared = table[~np.isnan(table).any(axis=1)]
    k = len(panel.entries) / float((1 / panel.per_entry).sum())
    one, mean = None, None
    if len(shared) == len(table):
        full = icc(table)
        one, mean = (None, None) if full is None else (full.icc_2_1, full.icc_2_k)
    elif len(parts) == 1 and parts[0].posterior is not None:
        one, mean = by_variances(parts[0].posterior.variances, k=k)
    return Agreement(
        krippendorff_alpha=alpha_of_scores(panel.entry, panel.y),
        icc_2_1=one,
        icc_2_k=mean,
        kendall_w=kendall_w(shared),
        k=k,
        shared=len(shared),
    )


def by_variances(found: Variances, *, k: float) -> tuple[float, float]:
    """Return ICC(2,1) and ICC(2,k) of these variances."""
    other = found.judge + found.error
    return found.entry / (found.entry + other), found.entry / (found.entry + other / k)

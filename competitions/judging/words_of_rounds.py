"""A round of the declared rule in words."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from casebook.content.markers import N_
from competitions.judging.numbers import exact_text
from competitions.judging.records import Advance, Aggregate, Limit, Round

Translate = Callable[[str], str]

OVER_CRITERIA = {
    "mean": N_(
        "{round}: each criterion counts with the mean of the points of the judges who scored it; the criteria add up "
        "by their weight to a score out of 100."
    ),
    "median": N_(
        "{round}: each criterion counts with the median of the points of the judges who scored it; the criteria add "
        "up by their weight to a score out of 100."
    ),
    "trimmed_mean": N_(
        "{round}: in each criterion {left_out} are left out and the other points averaged; the criteria add up by "
        "their weight to a score out of 100."
    ),
    "rank_sum": N_(
        "{round}: in each criterion every judge's points become ranks, equals sharing the mean rank; the first rank is "
        "100 percent and the last 0; the judges' percentages are averaged, and the criteria add up by their weight."
    ),
    "t_score": N_(
        "{round}: in each criterion every judge's points become T scores, 50 + 10 x (points - the judge's mean) / the "
        "judge's standard deviation; they are averaged, and the criteria add up by their weight."
    ),
}
OVER_TOTALS = {
    "mean": N_(
        "{round}: each judge's points add up by weight to a total out of 100; the score is the mean of the judges' "
        "totals."
    ),
    "median": N_(
        "{round}: each judge's points add up by weight to a total out of 100; the score is the median of the judges' "
        "totals."
    ),
    "trimmed_mean": N_(
        "{round}: each judge's points add up by weight to a total out of 100; {left_out} of these totals are left out, "
        "and the score is the mean of the others."
    ),
    "rank_sum": N_(
        "{round}: each judge's totals become ranks, equals sharing the mean rank; the first rank is 100 percent and "
        "the last 0, and the score is the mean of the judges' percentages."
    ),
    "t_score": N_(
        "{round}: each judge's totals become T scores, 50 + 10 x (total - the judge's mean) / the judge's standard "
        "deviation, and the score is their mean."
    ),
}
BOTH_ENDS = N_("the {high} highest and the {low} lowest")
HIGHEST = N_("the {high} highest")
LOWEST = N_("the {low} lowest")
TRIMMING = N_(
    "Exactly so many are left out, even when several judges gave the same; where none would remain, the mean of all "
    "counts."
)
WHOLE_SHEETS = N_("A judge who left a required criterion of an entry unmarked does not count for that entry.")
VOTE = N_(
    "{round}: by public vote; the entry with the most votes of its track has 100, the others in proportion to their "
    "votes."
)
MEASURED = N_("{round}: the points are measured or counted, not judged, and become a score out of 100.")
FLOOR = {
    "percent": N_("{round}: an entry with a score below {limit} of 100 takes no place."),
    "points": N_("{round}: an entry with less than {limit} points takes no place."),
}
LEAST = {
    "percent": N_("{round}: only entries with a score of at least {limit} of 100 go on to the next round."),
    "points": N_("{round}: only entries with at least {limit} points go on to the next round."),
}
TOP = N_("{round}: the best {top} go on to the next round; equals at the line all go on.")
TOP_OF_TRACK = N_(
    "{round}: the best {top} of each track go on to the next round; equals at the line all go on."
)
NOT_CARRIED = N_("{round}: its score is not part of the total.")


def round_words(round_: Round, translate: Translate, *, is_last: bool) -> Iterator[str]:
    """Say how the round's score comes about, who is out by it and, unless it is the last, who goes on."""
    name = round_.name or round_.code
    yield from score_words(round_, translate, name=name)
    if round_.floor:
        yield limit_words(FLOOR, limit=round_.floor, translate=translate, name=name)
    if round_.advance and not is_last:
        yield from advance_words(round_.advance, translate, name=name)
    if not round_.carries:
        yield translate(NOT_CARRIED).format(round=name)


def score_words(round_: Round, translate: Translate, *, name: str) -> Iterator[str]:
    """Say how the marks, votes or measured points become the score."""
    rule = round_.aggregate
    if round_.kind == "public_vote":
        yield translate(VOTE).format(round=name)
        return
    if round_.kind == "measured" and rule == Aggregate():
        yield translate(MEASURED).format(round=name)
        return
    sentences = OVER_TOTALS if rule.over == "judge_totals" else OVER_CRITERIA
    yield translate(sentences[rule.method]).format(round=name, left_out=left_out(rule, translate))
    if rule.method == "trimmed_mean":
        yield translate(TRIMMING)
    if rule.over == "judge_totals":
        yield translate(WHOLE_SHEETS)


def left_out(rule: Aggregate, translate: Translate) -> str:
    """Name the marks that a trimmed mean leaves out."""
    phrase = BOTH_ENDS if rule.drop_high and rule.drop_low else HIGHEST if rule.drop_high else LOWEST
    return translate(phrase).format(high=rule.drop_high, low=rule.drop_low)


def advance_words(rule: Advance, translate: Translate, *, name: str) -> Iterator[str]:
    """Say who goes on."""
    if rule.least:
        yield limit_words(LEAST, limit=rule.least, translate=translate, name=name)
    if rule.top is not None:
        yield translate(TOP_OF_TRACK if rule.per_track else TOP).format(round=name, top=rule.top)


def limit_words(sentences: dict[str, str], *, limit: Limit, translate: Translate, name: str) -> str:
    """Say a least score, in percent or points."""
    kind, number = ("points", limit.points) if limit.percent is None else ("percent", limit.percent)
    return translate(sentences[kind]).format(round=name, limit=exact_text(number or Decimal(0)))

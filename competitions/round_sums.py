"""One round of a stored contest from the sums that are kept on its sheets: few numbers an entry, and exact.

A sheet that marks every criterion is weight x points of what can be reached, the same for every judge. So the mean,
the median and the trimmed mean of such sheets follow from their sums, over judge totals as over criteria. What does
not follow from sums is worked out by the tally itself, from the marks of the entries it concerns: sheets that leave
something unmarked, rank sums and T scores, measured points and votes.
"""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Aggregate, Count, F, Max, Min, Sum, TextField
from django.db.models.functions import Cast

from competitions.judging.records import RoundOutcome
from competitions.judging.rounds import outcomes_of
from competitions.measured_and_votes import measured_marks, votes_of
from competitions.models import Score
from competitions.results import signed_marks
from competitions.results_files import counting_sheets

NOTHING = RoundOutcome(score=None, judges=0, criteria={})
RELATIVE = {"rank_sum", "t_score"}
UNJUDGED = {"measured", "public_vote"}
MOST_DROPPED = 1  # at each end; more is not in sum, least and most


class LowerMiddle(Aggregate):
    """The middle value, of two the lower; of falling values, the upper."""

    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s %(direction)s)"

    def __init__(self, expression, *, falling=False):
        super().__init__(expression, direction="DESC" if falling else "ASC")


def is_summed(round_):
    """Whether sums of whole sheets say what the round's rule makes of them."""
    rule = round_.aggregate
    return (
        round_.kind not in UNJUDGED
        and rule.method not in RELATIVE
        and max(rule.drop_high, rule.drop_low) <= MOST_DROPPED
    )


def round_outcomes(competition, round_, *, contest, entries, absent):
    """Return the outcome of each entry the round judges, by code; criteria only where the tally worked it out.

    contest: the declared rule. entries: of the contest, with pk, code and track. absent: codes that did not advance.
    Entries with the same sums share one RoundOutcome. Two queries, three where sheets leave something unmarked.
    """
    tracks = {track for track in {entry.track for entry in entries} if round_.is_for(track)}
    judged = [entry for entry in entries if entry.track in tracks]
    if not is_summed(round_):
        return tallied(competition, round_, contest=contest, entries=judged, absent=absent)
    present = [entry for entry in judged if entry.code not in absent] if absent else judged
    outcomes = dict.fromkeys([entry.code for entry in judged], NOTHING)
    partial = add_summed(outcomes, competition, round_, contest=contest, entries=present)
    if partial:
        outcomes |= tallied(competition, round_, contest=contest, entries=partial, absent=())
    return outcomes


def tallied(competition, round_, *, contest, entries, absent):
    """Return the outcomes of these entries as the tally gives them, from their marks. Two queries, one for sheets."""
    chosen = {"assignment__round__code": round_.code}
    if is_summed(round_):  # an entry's numbers depend on its own marks only
        chosen["assignment__entry__in"] = [entry.pk for entry in entries]
    marks, votes = signed_marks(competition, **chosen), ()
    if round_.kind == "measured":
        marks += [mark for mark in measured_marks(competition) if mark.round == round_.code]
    if round_.kind == "public_vote":
        votes = tuple(votes_of(competition))
    whole = _Contest(entries=tuple(entries), votes=votes, scoring=contest.scoring)
    return outcomes_of(round_, contest=whole, marks=marks, absent=absent)


class _Contest(NamedTuple):
    """What one round's outcome depends on beside its marks."""

    entries: tuple
    votes: tuple
    scoring: object


def add_summed(outcomes, competition, round_, *, contest, entries):
    """Fill in the entries whose sheets are whole. Returns the entries that have one that is not."""
    by_pk = {entry.pk: entry for entry in entries}
    known, partial = {}, []  # few sums come up many times
    for pk, *sums in summed(competition, round_):
        entry = by_pk.get(pk)
        if entry is None:
            continue
        key = (entry.track, *sums)
        if key not in known:
            known[key] = of_sums(*sums, round_=round_, track=entry.track, contest=contest)
        if known[key] is None:
            partial.append(entry)
        else:
            outcomes[entry.code] = known[key]
    return partial


def of_sums(reachable, judges, *numbers, round_, track, contest):
    """Return the outcome of the sums of whole sheets; None where a sheet is not whole."""
    whole, judges = sum(each.weight * each.max for each in round_.criteria_of(track)), int(judges)
    if Decimal(reachable) != whole:
        return None
    total, many = _joined_parts(round_.aggregate, judges, numbers)
    points = Fraction(total) / many
    return RoundOutcome(
        score=100 * points / Fraction(whole),
        judges=judges,
        criteria={},
        points=points if contest.scoring.total == "sum_of_points" else None,
    )


def summed(competition, round_):
    """Yield (entry, the least any of its sheets could reach, judges, numbers), numbers as texts.

    numbers: of the judges' sums, or such texts of each criterion, as the rule needs them.
    """
    rule = round_.aggregate
    sheets = counting_sheets(competition).filter(round__code=round_.code, reached__isnull=False).order_by()
    rows = sheets.values_list("entry_id").annotate(
        least=as_text(Min("reachable")), judges=as_text(Count("pk"))
    )
    if rule.over == "judge_totals" or rule.method == "mean":
        yield from rows.annotate(**_numbers("reached", rule))
        return
    parts = _by_criterion(competition, round_)
    for pk, reachable, judges in rows:
        yield pk, reachable, judges, *parts[pk]


def as_text(number):
    """Have a number as the database writes it: exact, and read only where it is needed."""
    return Cast(number, TextField())


def _numbers(column, rule):
    if rule.method == "mean":
        return {"all": as_text(Sum(column))}
    if rule.method == "median":
        return {"low": as_text(LowerMiddle(column)), "high": as_text(LowerMiddle(column, falling=True))}
    return {"all": as_text(Sum(column)), "low": as_text(Min(column)), "high": as_text(Max(column))}


def _by_criterion(competition, round_):
    """Return the numbers of each criterion by entry, as texts of weighted points. One query."""
    rows = (
        Score.objects.filter(
            assignment__in=counting_sheets(competition).filter(round__code=round_.code), points__isnull=False
        )
        .order_by()
        .values_list("assignment__entry_id", "criterion_id")
        .annotate(**_numbers(F("criterion__weight") * F("points"), round_.aggregate))
    )
    parts = defaultdict(list)
    for pk, _criterion, *numbers in rows:
        parts[pk].append(tuple(numbers))
    return parts


def _joined_parts(rule, judges, numbers):
    """Return (total, many). All judges marked all criteria, so every criterion is joined of equally many."""
    if isinstance(numbers[0], str):
        return _joined(rule, judges, numbers)
    joined = [_joined(rule, judges, each) for each in numbers]
    return sum(total for total, _many in joined), joined[0][1]


def _joined(rule, judges, numbers):
    """Return (total, many) of the judges' numbers; too few to trim are joined by their mean."""
    values = [Decimal(each) for each in numbers]
    if rule.method == "mean":
        return values[0], judges
    if rule.method == "median":
        return sum(values), 2
    total, least, most = values
    if judges <= rule.drop_high + rule.drop_low:
        return total, judges
    return total - rule.drop_high * most - rule.drop_low * least, judges - rule.drop_high - rule.drop_low

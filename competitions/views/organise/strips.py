"""The strip of marks of an entry: every judge's sheet as a point between 0 and 100, with the same in words."""

from collections import defaultdict

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from competitions.judging.aggregates import trimmed
from competitions.results_files import counting_sheets

SCALE = 10**12
NOTHING = SafeString("")
OUT = ' class="out"'
HEAD = '<svg class="strip" viewBox="0 0 160 16" aria-hidden="true" focusable="false"><path class="rail" d="M4 8h152"/>'


def sheets_by_entry(competition, pks):
    """Return {entry: {round code: {judge: share in percent}}} of the sheets that count. One query."""
    rows = (
        counting_sheets(competition)
        .filter(entry__in=pks, reachable__gt=0)
        .order_by("judge__code")
        .values_list("entry_id", "round__code", "judge__code", "reached", "reachable")
    )
    found = defaultdict(lambda: defaultdict(dict))
    for entry, round_, judge, reached, reachable in rows:
        found[entry][round_][judge] = 100 * reached / reachable
    return found


def dropped_of(round_, shares):
    """Return the judges a trimmed mean of totals leaves out; over criteria each criterion leaves out its own."""
    rule = round_.aggregate
    if rule.method != "trimmed_mean" or rule.over != "judge_totals":
        return ()
    whole = {judge: int(share * SCALE) for judge, share in shares.items()}
    return trimmed(whole, high=rule.drop_high, low=rule.drop_low).dropped


def strip(round_, shares, *, score):
    """Return the picture with its words. shares: percent by judge. score: of the round; without one no mark counts.

    Put together by hand, for a board has thousands of points: numbers are numbers, and codes are escaped.
    """
    if not shares:
        return NOTHING
    dropped = set(shares if score is None else dropped_of(round_, shares))
    marks = "".join(
        f'<circle cx="{at(share)}" cy="8" r="3"{OUT if judge in dropped else ""}/>'
        for judge, share in shares.items()
    )
    line = "" if score is None else f'<path d="M{at(score)} 1v14"/>'
    words = ", ".join(_words(judge, share, judge in dropped) for judge, share in shares.items())
    return SafeString(f'{HEAD}{line}{marks}</svg><span class="sr-only">{escape(words)}</span>')


def at(percent):
    """Where a percentage stands in the picture; what a T score has beyond the ends stands at them."""
    return f"{4 + 1.52 * min(max(float(percent), 0), 100):.1f}"


def _words(judge, share, is_dropped):
    given = f"{judge} {float(share):.1f}".removesuffix(".0")
    return _("%(mark)s (left out)") % {"mark": given} if is_dropped else given

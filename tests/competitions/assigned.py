"""Contests in which something can be assigned, for the tests of assigning."""

from collections import Counter

from competitions.models import Assignment
from tests.competitions.jury import make_accepted_entry, make_judging_competition
from tests.factories import make_judge, make_user


def make_panel(*, entries=4, judges=3, per_entry=2, **fields):
    """A contest in judging whose round asks for so many judges per entry; returns the round."""
    competition = make_judging_competition(**fields)
    for number in range(entries):
        make_accepted_entry(competition, code=f"E{number}")
    for number in range(judges):
        make_judge(competition, code=f"J{number}", user=make_user())
    round_ = competition.rounds.select_related("competition").get()
    round_.judges_per_entry = per_entry
    round_.save()
    return round_


def pairs_of(round_, **fields):
    """{(judge's code, entry's code)} of the round's sheets."""
    rows = Assignment.objects.filter(round=round_, **fields)
    return set(rows.values_list("judge__code", "entry__code"))


def loads_of(round_):
    return Counter(judge for judge, _entry in pairs_of(round_))

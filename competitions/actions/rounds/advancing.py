"""Who is in a round: everybody, or those who went on from the rounds before it."""

from dataclasses import replace

from competitions.judging.tally import compute
from competitions.results import contest_of

OUT = {"below_floor", "not_advanced"}


def advanced_entries(round_):
    """Return the entries that are in this round, as a queryset: those judged by it that went on until here.

    Where an earlier round has a floor or says who goes on, that is computed from its sheets signed so far.
    Raises a TallyError when the rule cannot be computed.
    """
    entries = round_.competition.entries.judged()
    codes = advanced_codes(round_)
    return entries if codes is None else entries.filter(code__in=codes)


def advanced_codes(round_):
    """Return the codes of the entries in this round; None when nobody is left out."""
    tracks = list(round_.criteria.values_list("track", flat=True))
    is_for_all = not tracks or None in tracks
    if is_for_all and not deciding_rounds(round_):
        return None
    return _codes_in(contest_of(round_.competition), round_.code)


def deciding_rounds(round_):
    """Return the rounds before this one that say who goes on."""
    rounds = list(round_.competition.rounds.all())
    before = rounds[: [each.pk for each in rounds].index(round_.pk)]
    return [each for each in before if each.floor or each.advance]


def _codes_in(contest, code):
    """Return who is in the round, by the rounds before it alone."""
    place = [each.code for each in contest.rounds].index(code)
    before, here = contest.rounds[:place], contest.rounds[place]
    judged = {each.code for each in contest.entries if here.is_for(each.track)}
    deciding = [each for each in before if each.floor or each.advance]
    if not deciding:
        return judged
    outcome = compute(_contest_until(contest, before, here))
    return {each.code for each in outcome.entries if each.code in judged and _went_on(each, deciding)}


def _contest_until(contest, before, here):
    """The contest of the rounds before and of this one without its own limits, without ties and awards."""
    rounds = (*before, replace(here, floor=None, advance=None, carries=True))
    known = {each.code for each in rounds}
    return replace(
        contest,
        rounds=rounds,
        marks=tuple(each for each in contest.marks if each.round in known),
        votes=tuple(each for each in contest.votes if each.round in known),
        awards=(),
        scoring=replace(contest.scoring, tie_break=(), one_prize_per_person=False),
    )


def _went_on(entry, deciding):
    """An entry that a deciding round left without a score did not go on."""
    unscored = any(entry.rounds[each.code].score is None for each in deciding if each.is_for(entry.track))
    return entry.status not in OUT and not unscored

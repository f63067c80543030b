"""What every way of assigning starts from: entries, judges, pairs kept apart; and making sheets."""

from django.db.models import Exists, OuterRef, Q

from competitions.models import Assignment, Conflict, Entry, TeamMember
from competitions.states import CompetitionState, SheetState

ASSIGNING_STATES = {CompetitionState.ANNOUNCED, CompetitionState.JUDGING}


def entries_of_round(round_):
    """The entries under judgement that have a criterion in the round: it may judge some tracks only."""
    criteria = round_.criteria.filter(Q(track=None) | Q(track=OuterRef("track")))
    return Entry.objects.judged().filter(Exists(criteria), competition=round_.competition_id)


def kept_apart(competition):
    """{(judge, entry)}, by id: own entries, those of an own team, conflicts, and sheets stepped aside from."""
    own = Entry.objects.filter(competition=competition, entrant__judgeships__competition=competition)
    return (
        stepped_aside(competition)
        | of_own_team(competition)
        | set(own.values_list("entrant__judgeships", "pk"))
    )


def stepped_aside(competition):
    """Pairs with a recused sheet, or with a conflict of interest that stands or waits for a vote."""
    recused = Assignment.objects.filter(judge__competition=competition, state=SheetState.RECUSED)
    conflicts = Conflict.objects.effective().filter(judge__competition=competition)
    pairs = recused.order_by().values_list("judge_id", "entry_id")
    return set(pairs.union(conflicts.order_by().values_list("judge_id", "entry_id")))


def of_own_team(competition):
    """{(judge, entry)} where the judge takes part in the entry's team."""
    rows = TeamMember.objects.filter(
        entry__competition=competition,
        state=TeamMember.State.ACCEPTED,
        user__judgeships__competition=competition,
    )
    return set(rows.values_list("user__judgeships", "entry"))


def create_sheets(pairs, round_):
    """Create the missing sheets of these (judge id, entry id); return how many were missing."""
    rows = Assignment.objects.filter(round=round_)
    before = set(rows.order_by().values_list("judge_id", "entry_id"))
    missing = [pair for pair in dict.fromkeys(pairs) if pair not in before]
    Assignment.objects.bulk_create(
        (Assignment(judge_id=judge, entry_id=entry, round=round_) for judge, entry in missing),
        batch_size=1000,
    )
    return len(missing)

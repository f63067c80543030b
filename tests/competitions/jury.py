"""A contest in judging with signed sheets, for the tests of sheets, results and publication."""

from decimal import Decimal

from competitions.actions.judging.marks import Given
from competitions.actions.judging.sheets import sign_sheet
from competitions.actions.results.results import Choice, decide_awards, publish_results
from competitions.models import Snapshot
from competitions.states import CompetitionState, EntryState
from tests.factories import AT, make_assignment, make_competition, make_entry, make_judge, make_user


def make_judging_competition(**fields):
    return make_competition(**{"state": CompetitionState.JUDGING} | fields)


def make_accepted_entry(competition, *, code, entrant=None, **fields):
    """An accepted entry with the snapshot that its receipt stands for."""
    entry = make_entry(competition, entrant=entrant, state=EntryState.ACCEPTED, code=code, **fields)
    content = entry.draft
    entry.snapshot = Snapshot.objects.create(
        entry=entry,
        number=1,
        content=content,
        content_sha256="0" * 64,
        receipt_number=f"R-{entry.pk}",
        submitted_at=AT,
    )
    entry.save()
    return entry


def make_sheet(competition=None, *, code="E1", entrant=None, judge=None):
    """An assigned sheet whose judge has an account."""
    competition = competition or make_judging_competition()
    entry = make_accepted_entry(competition, code=code, entrant=entrant)
    return make_assignment(judge or make_judge(competition, user=make_user()), entry)


def marks(sheet, *points, comment=""):
    """Given marks in the order of the criteria; None is not scored."""
    criteria = sheet.round.criteria.all()
    return {
        criterion.pk: Given(None if value is None else Decimal(value), comment)
        for criterion, value in zip(criteria, points, strict=True)
    }


def sign(sheet, *points):
    sign_sheet(sheet, marks(sheet, *points), by=sheet.judge.user, at=AT, seen_at=sheet.saved_at)


def make_scored_competition(**points):
    """A contest in judging with one judge; the two points of each entry, None when unsigned."""
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user(), code="J1")
    for code, given in points.items():
        sheet = make_sheet(competition, code=code, judge=judge)
        if given:
            sign(sheet, *given)
    return competition


def make_published_competition(*, by, **points):
    """Results published: the best entry has the first tier."""
    competition = make_scored_competition(**points)
    best = max(points, key=lambda code: sum(map(float, points[code])))
    decide_awards(competition, {best: Choice("grand")}, by=by, at=AT)
    publish_results(competition, by=by, at=AT)
    competition.refresh_from_db()
    return competition

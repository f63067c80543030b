"""Reads a contest's rows into the records of competitions/judging, in a fixed number of queries."""

from datetime import UTC

from django.db.models import Prefetch

from casebook.content import content_sha256
from competitions.judging.records import Award, Contest, Criterion, Entry, Mark, Round
from competitions.judging.report import as_json
from competitions.judging.tally import compute
from competitions.models import Criterion as CriterionRow
from competitions.models import Score
from competitions.states import JUDGED_STATES, SheetState


def contest_of(competition):
    """Return everything the result depends on: only signed sheets, only entries under judgement."""
    criteria = Prefetch("criteria", CriterionRow.objects.select_related("track"))
    return Contest(
        competition=competition.slug,
        rounds=tuple(_round(row) for row in competition.rounds.prefetch_related(criteria)),
        judges=tuple(competition.judges.values_list("code", flat=True)),
        entries=tuple(_entry(*row) for row in _judged_entries(competition)),
        marks=tuple(_mark(row) for row in _signed_scores(competition)),
        awards=tuple(
            Award(code=tier.code, count=tier.count, name=tier.name) for tier in competition.award_tiers.all()
        ),
    )


def tally(competition):
    """Return the outcome as JSON values, with the awards the rule proposes. Raises a TallyError."""
    return as_json(compute(contest_of(competition)))


def with_decided_awards(outcome, tiers_by_code):
    """Return the outcome with each entry's decided award instead of the proposed one.

    tiers_by_code: award tier code by entry code; an entry that is not in it has no award.
    """
    entries = [entry | {"award": tiers_by_code.get(entry["code"])} for entry in outcome["entries"]]
    return outcome | {"entries": entries}


def sheet_sha256(assignment):
    """Return the hash a judge signs: who judged what in which round, all points and all comments, as stored."""
    return scored_sha256(assignment, assignment.scores.select_related("criterion"))


def scored_sha256(assignment, scores):
    """The same over scores already read, each with its criterion."""
    return content_sha256(
        {
            "competition": assignment.round.competition.slug,
            "round": assignment.round.code,
            "judge": assignment.judge.code,
            "entry": assignment.entry.code,
            "scores": {
                score.criterion.code: {"points": points_text(score.points), "comment": score.comment}
                for score in scores
            },
        }
    )


def points_text(points):
    """Write points without trailing zeros; None stays None, because missing is never zero."""
    if points is None:
        return None
    text = format(points, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _judged_entries(competition):
    return competition.entries.judged().order_by("code").values_list("code", "track__code", "submitted_at")


def _signed_scores(competition):
    return Score.objects.filter(
        assignment__state=SheetState.SIGNED,
        assignment__entry__competition=competition,
        assignment__entry__state__in=JUDGED_STATES,
        assignment__round__competition=competition,
        points__isnull=False,
    ).values_list(
        "assignment__round__code",
        "assignment__judge__code",
        "assignment__entry__code",
        "criterion__code",
        "points",
    )


def _round(row):
    criteria = tuple(_criterion(each) for each in row.criteria.all())
    return Round(code=row.code, name=row.name, kind=row.kind, weight=row.weight, criteria=criteria)


def _criterion(row):
    return Criterion(
        code=row.code,
        name=row.name,
        max=row.max_points,
        weight=row.weight,
        required=row.required,
        track=row.track.code if row.track else "",
    )


def _entry(code, track, submitted_at):
    instant = submitted_at.astimezone(UTC).isoformat() if submitted_at else ""
    return Entry(code=code, track=track or "", submitted_at=instant)


def _mark(row):
    round_, judge, entry, criterion, points = row
    return Mark(round=round_, judge=judge, entry=entry, criterion=criterion, points=points)

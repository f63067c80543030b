"""What a judge writes on a sheet: points and a comment for each criterion, and three comments on the whole."""

from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from competitions.actions.judging.sums import sum_up
from competitions.errors import CompetitionError
from competitions.models import Score
from competitions.results import points_text


class Given(NamedTuple):
    """What a judge gave for one criterion. points None: not scored, never zero."""

    points: object  # Decimal or None
    comment: str = ""


class Comments(NamedTuple):
    """On the entry as a whole. Only the first two are signed; nobody but the judge ever reads the third."""

    committee: str = ""
    entrant: str = ""
    private: str = ""

    def as_fields(self):
        return {f"comment_{name}": text for name, text in self._asdict().items()}


class PointsRefused(CompetitionError):
    """Points lie outside their criterion's range, or a required criterion has none."""


def criteria_of_sheet(assignment):
    """The criteria of the round that are for the track of the sheet's entry, in order."""
    return assignment.round.criteria.filter(Q(track=None) | Q(track=assignment.entry.track_id))


def store_marks(assignment, marks):
    """Write the marks and sum the sheet up. marks: Given by criterion id; other criteria stay as they are."""
    criteria = {criterion.pk: criterion for criterion in criteria_of_sheet(assignment)} if marks else {}
    for pk, given in marks.items():
        _check_points(given.points, criterion=criteria.get(pk))
    Score.objects.bulk_create(
        [
            Score(assignment=assignment, criterion_id=pk, points=given.points, comment=given.comment)
            for pk, given in marks.items()
        ],
        update_conflicts=True,
        unique_fields=["assignment", "criterion"],
        update_fields=["points", "comment"],
    )
    sum_up([assignment.pk])


def _check_points(points, *, criterion):
    if criterion is None:
        raise PointsRefused(_("The sheet has a criterion that is not for this entry. Open the sheet again."))
    if points is not None and not (points.is_finite() and 0 <= points <= criterion.max_points):
        raise PointsRefused(
            _("“%(criterion)s” takes points from 0 to %(most)s.")
            % {"criterion": criterion.name, "most": points_text(criterion.max_points)}
        )


def require_all_points(assignment):
    scored = assignment.scores.filter(points__isnull=False).values("criterion")
    missing = criteria_of_sheet(assignment).filter(required=True).exclude(pk__in=scored)
    names = ", ".join(missing.values_list("name", flat=True))
    if names:
        raise PointsRefused(
            _("Before you sign, give points to every required criterion. Missing: %(names)s.")
            % {"names": names}
        )

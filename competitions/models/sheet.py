"""What is scored: an assignment with its score sheet, points brought in, and sheets on paper."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from competitions.models.conflict import Conflict
from competitions.models.jury import Judge
from competitions.models.private_file import PrivateFile
from competitions.models.team import TeamMember
from competitions.states import JUDGED_STATES, CompetitionState, SheetState


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A judge's own sheets while the entry is judged; never of an entry the judge has a conflict with."""
        conflicts = Conflict.objects.effective().filter(judge=OuterRef("judge"), entry=OuterRef("entry"))
        return (
            self.filter(judge__user=user, judge__state=Judge.State.ACCEPTED, entry__state__in=JUDGED_STATES)
            .exclude(entry__competition__state__in=[CompetitionState.DRAFT, CompetitionState.CANCELLED])
            .exclude(entry__entrant=user)
            .exclude(entry__in=TeamMember.objects.filter(user=user, state="accepted").values("entry"))
            .exclude(Exists(conflicts))
        )

    def signed(self):
        return self.filter(state=SheetState.SIGNED)


class Assignment(models.Model):
    """One judge, one entry, one round: the score sheet hangs on it."""

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="assignments")
    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="assignments")
    round = models.ForeignKey("competitions.Round", models.CASCADE, related_name="assignments")
    # What the points are about: set when the judge first saves.
    snapshot = models.ForeignKey("competitions.Snapshot", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.ASSIGNED)
    saved_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    recused_reason = models.CharField(max_length=300, blank=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_reason = models.CharField(max_length=300, blank=True)
    # Weight x points and weight x maximum over the criteria that have points; null: none has. For boards and standings.
    reached = models.DecimalField(max_digits=30, decimal_places=12, null=True)
    reachable = models.DecimalField(max_digits=30, decimal_places=12, null=True)
    comment_committee = models.TextField(_("For the committee"), max_length=5000, blank=True)
    comment_entrant = models.TextField(_("For the entrant"), max_length=5000, blank=True)
    comment_private = models.TextField(_("For yourself"), max_length=5000, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["entry__code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["judge", "entry", "round"], name="one_sheet_per_judge_entry_round"
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signed_at__isnull=False)
                | (~Q(state="signed") & Q(signed_at=None)),
                name="signed_sheet_has_date",
            ),
        ]
        indexes = [models.Index(fields=["entry", "round", "state"], name="assignment_entry")]

    def __str__(self):
        return f"{self.judge_id} {self.entry_id} {self.round_id}"


class Score(models.Model):
    """Points for one criterion. Null points mean not scored, which is never zero."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("competitions.Criterion", models.CASCADE, related_name="scores")
    points = models.DecimalField(max_digits=15, decimal_places=6, null=True)
    comment = models.TextField(blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="one_score_per_criterion"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0), name="points_are_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.criterion_id}: {self.points}"


class Measurement(models.Model):
    """Points of a measured round: brought in, given by nobody."""

    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="measurements")
    criterion = models.ForeignKey("competitions.Criterion", models.CASCADE, related_name="measurements")
    points = models.DecimalField(max_digits=15, decimal_places=6)
    note = models.CharField(_("Where from"), max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "criterion"], name="one_measurement_per_criterion"),
            models.CheckConstraint(condition=Q(points__gte=0), name="measured_points_are_not_negative"),
        ]

    def __str__(self):
        return f"{self.entry_id} {self.criterion_id}: {self.points}"


class SheetScan(PrivateFile):
    """A photograph or scan of signed sheets on paper."""

    judge = models.ForeignKey(Judge, models.PROTECT, related_name="scans")
    round = models.ForeignKey("competitions.Round", models.PROTECT, null=True, related_name="scans")

    class Meta(PrivateFile.Meta):
        pass

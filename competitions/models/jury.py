from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competitions.models.competition import Competition
from competitions.models.team import TeamMember
from competitions.states import JUDGED_STATES, CompetitionState, SheetState


class Judge(models.Model):
    """A member of the committee of one competition. Judges of a paper contest have no account."""

    class Side(models.TextChoices):
        PRIVATE = "private", _("Private sector")
        PUBLIC = "public", _("Public sector")

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="judges")
    code = models.CharField(_("Code"), max_length=50)
    name = models.CharField(_("Name"), max_length=200)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="judgeships")
    side = models.CharField(_("Side"), max_length=10, choices=Side, blank=True)
    is_chair = models.BooleanField(_("Chair"), default=False)
    # A committee of one field; null: of the whole competition.
    track = models.ForeignKey("competitions.Track", models.SET_NULL, null=True, related_name="judges")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "code"], name="judge_code"),
            models.UniqueConstraint(
                fields=["competition", "user"],
                condition=Q(user__isnull=False),
                name="judge_once_in_competition",
            ),
        ]

    def __str__(self):
        return self.name


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A judge's own sheets while the entry is judged; never of an entry of their own."""
        return (
            self.filter(judge__user=user, entry__state__in=JUDGED_STATES)
            .exclude(entry__competition__state__in=[CompetitionState.DRAFT, CompetitionState.CANCELLED])
            .exclude(entry__entrant=user)
            .exclude(entry__in=TeamMember.objects.filter(user=user, state="accepted").values("entry"))
        )

    def signed(self):
        return self.filter(state=SheetState.SIGNED)


class Assignment(models.Model):
    """One judge, one entry, one round: the score sheet hangs on it."""

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="assignments")
    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="assignments")
    round = models.ForeignKey("competitions.Round", models.CASCADE, related_name="assignments")
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.ASSIGNED)
    saved_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    recused_reason = models.CharField(max_length=300, blank=True)

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

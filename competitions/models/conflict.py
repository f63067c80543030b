"""Why a judge must see nothing of an entry (이해충돌: 제척, 기피, 회피)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competitions.models.jury import Judge


class ConflictQuerySet(models.QuerySet):
    def effective(self):
        """Those that keep judge and entry apart now: standing, and challenges not decided yet."""
        return self.filter(state__in=[Conflict.State.STANDING, Conflict.State.OPEN])


class Conflict(models.Model):
    class Kind(models.TextChoices):
        EXCLUSION = "exclusion", _("Exclusion by rule")  # 제척
        CHALLENGE = "challenge", _("Challenged by an entrant")  # 기피
        RECUSAL = "recusal", _("Stepped aside")  # 회피

    class Ground(models.TextChoices):
        OWN = "own", _("Own entry")
        TEAM_MATE = "team_mate", _("Member of the team, now or before")
        FACILITATOR = "facilitator", _("Facilitator of the learning group")
        DEPARTMENT = "department", _("Same department")
        RELATION = "relation", _("Declared tie")
        EARLIER = "earlier", _("Together in an earlier competition")
        DECLARED = "declared", _("Declared for this entry")
        CHALLENGED = "challenged", _("Challenged")

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        STANDING = "standing", _("Keeps the judge away")
        DISMISSED = "dismissed", _("Dismissed")

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=10, choices=Kind)
    ground = models.CharField(max_length=15, choices=Ground)
    state = models.CharField(max_length=10, choices=State, default=State.STANDING)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")  # null: found
    at = models.DateTimeField()
    decision = models.TextField(_("Decision"), max_length=2000, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["judge__code", "entry__code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["judge", "entry", "ground"], name="conflict_once_per_ground"),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(kind="challenge"), name="only_challenges_are_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["judge", "entry"], condition=~Q(state="dismissed"), name="effective_conflict"
            )
        ]

    def __str__(self):
        return f"{self.judge_id} {self.entry_id} {self.ground}"


class ConflictVote(models.Model):
    """What another member of the committee says to a challenge; the challenged one has no vote."""

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="votes")
    judge = models.ForeignKey(Judge, models.CASCADE, related_name="+")
    upholds = models.BooleanField()
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["conflict", "judge"], name="one_vote_on_challenge")]

    def __str__(self):
        return f"{self.conflict_id}: {self.judge_id}"

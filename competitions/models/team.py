from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TeamMember(models.Model):
    """Who takes part in an entry. Nobody is listed before accepting; leaving keeps the row.

    The leader is `entry.entrant`, with a row here once there is a team. An invitation is answered once; its
    token is kept as a hash, so that a replay is known for what it is.
    """

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Takes part")
        DECLINED = "declined", _("Declined")
        REMOVED = "removed", _("Removed")  # by the leader, or left

    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="members")
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="team_memberships")
    email = models.EmailField(_("E-mail address"), max_length=254, blank=True)  # empty: invited by a link
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    contribution = models.CharField(_("Contribution"), max_length=300, blank=True)
    declared = models.JSONField(default=dict)  # {"district", "birth_year"}, where the call asks
    token_sha256 = models.CharField(max_length=64, unique=True, null=True)
    invited_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "user"], condition=Q(state="accepted"), name="member_once_in_team"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(answered_at__isnull=False), name="member_has_accepted"
            ),
        ]
        indexes = [models.Index(fields=["user", "state"], name="member_of_teams")]

    def __str__(self):
        return f"{self.entry_id}: {self.user_id} {self.state}"

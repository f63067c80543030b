"""What particular kinds of rounds need: copies without names, running orders, ballots."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Redaction(models.Model):
    """What judges of a blind round read instead of a snapshot: the same content without mentions of people."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("To be checked")
        CHECKED = "checked", _("Checked")

    snapshot = models.OneToOneField("competitions.Snapshot", models.CASCADE, related_name="redaction")
    content = models.JSONField()  # of the snapshot's shape
    mentions = models.JSONField(default=list)  # [{"place", "what", "text"}] that were masked
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    made_at = models.DateTimeField()
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)  # a stale tab holds an older one

    def __str__(self):
        return f"{self.snapshot_id}"


class PresentationSlot(models.Model):
    """An entry's turn in a presentation round."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        PRESENTING = "presenting", _("Presenting")
        DONE = "done", _("Done")
        ABSENT = "absent", _("Absent")

    round = models.ForeignKey("competitions.Round", models.CASCADE, related_name="slots")
    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="slots")
    position = models.PositiveSmallIntegerField()
    planned_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "entry"], name="one_slot_per_entry"),
            models.UniqueConstraint(
                fields=["round", "position"],
                name="one_slot_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(state="presenting"),
                name="one_presenting_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.round_id}: {self.position}"


class Ballot(models.Model):
    """One voter's choice in a public vote: one ballot each, with up to as many choices as the round says."""

    round = models.ForeignKey("competitions.Round", models.CASCADE, related_name="ballots")
    # Null once the contest is forgotten: what was chosen counts, who chose it is nobody's business.
    voter = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="ballots")
    at = models.DateTimeField()  # the database's clock
    # Keyed hashes, forgotten after the contest: many ballots from one place are a signal, not a proof.
    network_hash = models.CharField(max_length=64, blank=True)
    device_hash = models.CharField(max_length=64, blank=True)
    excluded_at = models.DateTimeField(null=True)
    excluded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    excluded_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "voter"], name="one_ballot_per_voter"),
            models.CheckConstraint(
                condition=models.Q(excluded_at=None) | ~models.Q(excluded_reason=""),
                name="excluded_ballot_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["round", "network_hash"], name="ballot_network")]

    def __str__(self):
        return f"{self.round_id}: {self.voter_id}"


class BallotChoice(models.Model):
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="choices")
    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "entry"], name="chosen_once_on_ballot")]

    def __str__(self):
        return f"{self.ballot_id}: {self.entry_id}"

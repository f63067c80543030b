from django.db import models

from competitions.models.competition import AwardTier, Competition
from competitions.models.entry import Entry


class Result(models.Model):
    """The tally of a competition; frozen when results are published (a trigger refuses changes)."""

    competition = models.OneToOneField(Competition, models.PROTECT, related_name="result")
    outcome = models.JSONField()  # the JSON of `compute_results`, docs/judging.md
    outcome_sha256 = models.CharField(max_length=64)
    inputs_sha256 = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    computed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.competition}: {self.inputs_sha256[:12]}"


class Award(models.Model):
    tier = models.ForeignKey(AwardTier, models.PROTECT, related_name="awards")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="award")
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)  # when it departs from the order of the result

    class Meta:
        ordering = ["tier__position", "entry__code"]

    def __str__(self):
        return f"{self.tier}: {self.entry}"


class Publication(models.Model):
    """The case an awarded entry became."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="publication")
    case = models.OneToOneField("casebook.Case", models.PROTECT, related_name="publication")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.entry_id} -> {self.case_id}"

from django.db import models
from django.utils.translation import gettext_lazy as _

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
    advice = models.JSONField(null=True)  # how firm it is; beside the outcome, never in it
    # The file everybody can check, byte for byte as it is handed out; written when the result is published.
    file = models.TextField(blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

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


class Revocation(models.Model):
    """Taking an award back: notice first, then the winner's opinion, then the decision."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="revocation")
    reason = models.TextField(_("Reason"), max_length=2000)
    article = models.CharField(_("Article"), max_length=100, blank=True)
    asks_return = models.BooleanField(_("The prize is to be returned"), default=False)
    noticed_at = models.DateTimeField()
    noticed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opinion_until = models.DateTimeField(_("Opinion until"))
    opinion = models.TextField(_("Opinion"), max_length=10_000, blank=True)
    opinion_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    is_upheld = models.BooleanField(null=True)  # True: the award is cancelled
    decision = models.TextField(_("Decision"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at=None, is_upheld=None)
                | models.Q(decided_at__isnull=False, is_upheld__isnull=False),
                name="decided_revocation_has_outcome",
            )
        ]

    def __str__(self):
        return f"{self.award_id}"


class CandidateReport(models.Model):
    """What somebody reports of a candidate while the candidates are public, and what the organiser found."""

    class Kind(models.TextChoices):
        COPIED = "copied", _("Copied from somebody else")
        NOT_OWN = "not_own", _("Made or entered by somebody else")
        NOT_ELIGIBLE = "not_eligible", _("May not take part")
        UNTRUE = "untrue", _("Untrue statements")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Found true")
        UNFOUNDED = "unfounded", _("Found unfounded")

    entry = models.ForeignKey("competitions.Entry", models.PROTECT, related_name="candidate_reports")
    kind = models.CharField(_("What you report"), max_length=15, choices=Kind)
    text = models.TextField(_("What happened, and how you know"), max_length=5000)
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("Answer"), max_length=2000, blank=True)  # told to who reported
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    idempotency_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["entry"], condition=models.Q(answered_at=None), name="open_candidate_report")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, outcome="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(outcome="") & ~models.Q(answer="")),
                name="answered_report_has_outcome",
            ),
            models.UniqueConstraint(
                fields=["entry", "by"],
                condition=models.Q(answered_at=None),
                name="one_open_report_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.entry_id}: {self.kind}"


class Publication(models.Model):
    """The case an awarded entry became."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="publication")
    case = models.OneToOneField("casebook.Case", models.PROTECT, related_name="publication")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.entry_id} -> {self.case_id}"

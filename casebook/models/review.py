from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """One decision of an editor on a version: what was checked, what was remarked."""

    class Decision(models.TextChoices):
        PUBLISHED = "published", _("Published")
        SENT_BACK = "sent_back", _("Sent back")
        DECLINED = "declined", _("Declined")

    prompt_version = models.ForeignKey(
        "casebook.PromptVersion", models.CASCADE, null=True, related_name="reviews"
    )
    case_version = models.ForeignKey(
        "casebook.CaseVersion", models.CASCADE, null=True, related_name="reviews"
    )
    reviewer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision)
    checklist = models.JSONField(default=list)  # codes of the points that were ticked
    remarks = models.JSONField(default=list)  # [{"path": "messages.0.content", "text": "..."}]
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(prompt_version__isnull=False, case_version=None)
                | Q(prompt_version=None, case_version__isnull=False),
                name="review_of_one_version",
            )
        ]

    def __str__(self):
        return f"{self.decision} {self.at}"


class Proposal(models.Model):
    """A change somebody proposes against a version of a prompt they need not own."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Change accepted")
        DECLINED = "declined", _("Change declined")
        WITHDRAWN = "withdrawn", _("Change withdrawn")

    prompt = models.ForeignKey("casebook.Prompt", models.CASCADE, related_name="proposals")
    base = models.ForeignKey("casebook.PromptVersion", models.PROTECT, related_name="proposals")
    content = models.JSONField()
    note = models.CharField(_("What changes and why"), max_length=500)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="proposals")
    at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reply = models.TextField(_("Reply"), blank=True)
    result = models.ForeignKey(
        "casebook.PromptVersion", models.PROTECT, null=True, related_name="accepted_proposals"
    )
    idempotency_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["state", "at"], name="proposal_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="accepted", result__isnull=False) | (~Q(state="accepted") & Q(result=None)),
                name="accepted_proposal_has_result",
            )
        ]

    def __str__(self):
        return self.note

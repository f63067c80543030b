"""After the publication: certificates, appeals, and evidence of reports."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competitions.models.outcome import Award, CandidateReport
from competitions.models.private_file import PrivateFile


class Certificate(models.Model):
    """One person's certificate of an award; anybody can check its number."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="certificates")
    person = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="certificates")
    name = models.CharField(_("Name on the certificate"), max_length=200)
    number = models.CharField(max_length=40, unique=True)  # 제2026-0001호
    check_code = models.CharField(
        max_length=40, unique=True
    )  # in the address of the QR code, not to be guessed
    content_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "person"],
                condition=Q(withdrawn_at=None, person__isnull=False),
                name="one_certificate_per_member",
            )
        ]

    def __str__(self):
        return self.number


class Appeal(models.Model):
    """An entrant's objection to the result, and the answer to it."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        PARTLY = "partly", _("Partly upheld")
        DISMISSED = "dismissed", _("Dismissed")

    entry = models.ForeignKey("competitions.Entry", models.PROTECT, related_name="appeals")
    text = models.TextField(_("What you object to, and why"), max_length=5000)
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()  # the database's clock
    answer_due = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("Answer"), max_length=5000, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    idempotency_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="answered_appeal_has_outcome",
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="one_open_appeal_per_entry",
            ),
        ]

    def __str__(self):
        return f"{self.entry_id}: {self.outcome}"


class ReportEvidence(PrivateFile):
    """A file somebody adds to a report of a candidate; only the organiser sees it."""

    report = models.ForeignKey(CandidateReport, models.PROTECT, related_name="evidence")

    class Meta(PrivateFile.Meta):
        pass

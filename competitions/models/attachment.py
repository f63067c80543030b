import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AttachmentQuerySet(models.QuerySet):
    def kept(self):
        """What still belongs to the draft; a removed file may still be evidence of a snapshot."""
        return self.filter(removed_at=None).exclude(state=Attachment.State.REFUSED)


class Attachment(models.Model):
    """A file of an entry, received in pieces. What is inside decides its kind, never its name."""

    class State(models.TextChoices):
        RECEIVING = "receiving", _("Being received")
        READY = "ready", _("Received")
        REFUSED = "refused", _("Refused")

    class Examination(models.TextChoices):
        """State of what a worker does with a received file: virus scan, metadata, text."""

        WAITING = "waiting", _("Being checked")
        DONE = "done", _("Checked")
        FAILED = "failed", _("Could not be read")

    class Virus(models.TextChoices):
        UNSCANNED = "unscanned", _("Not scanned")
        CLEAN = "clean", _("No virus found")
        FOUND = "found", _("Virus found")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("competitions.Entry", models.PROTECT, related_name="attachments")
    field = models.CharField(max_length=50, blank=True)  # code of the FormField it answers
    name = models.CharField(max_length=255)  # as it is shown, in composed Hangul
    kind = models.CharField(max_length=10, blank=True)  # pdf, hwpx, png ...; empty until received
    size = models.PositiveBigIntegerField()  # bytes, as declared at the start
    received = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=200, blank=True)  # in the private storage
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVING)
    refusal = models.CharField(max_length=500, blank=True)  # told to the entrant
    examination = models.CharField(max_length=10, choices=Examination, default=Examination.WAITING)
    virus = models.CharField(max_length=10, choices=Virus, default=Virus.UNSCANNED)
    findings = models.JSONField(default=list)  # metadata found: [{"what", "value"}]
    cleaned_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="cleaned")
    text = models.TextField(blank=True)  # extracted, for search and duplicate checks
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()  # the database's clock
    finished_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # the bytes are gone, the hash stays

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "id"]
        indexes = [
            models.Index(fields=["entry", "started_at"], name="attachment_of_entry"),
            models.Index(fields=["sha256"], name="attachment_sha256"),
            models.Index(
                fields=["finished_at"],
                condition=Q(state="ready", examination="waiting"),
                name="attachment_unchecked",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | (Q(finished_at__isnull=False) & ~Q(sha256="")),
                name="ready_attachment_is_whole",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def percent(self):
        return self.received * 100 // self.size if self.size else 100

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EntryNote(models.Model):
    """A note on an entry, for one audience."""

    class Audience(models.TextChoices):
        ORGANISERS = "organisers", _("Organisers only")
        COMMITTEE = "committee", _("Organisers and the committee")
        ENTRANT = "entrant", _("The entrant too")

    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="notes")
    audience = models.CharField(_("Who may read it"), max_length=12, choices=Audience)
    text = models.TextField(_("Note"), max_length=5000)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    idempotency_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.entry_id}: {self.text[:40]}"


class EntryFingerprint(models.Model):
    """Band keys of a snapshot's texts and the hashes of its files, by which alike entries are found."""

    entry = models.OneToOneField(
        "competitions.Entry", models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    snapshot = models.ForeignKey("competitions.Snapshot", models.CASCADE, related_name="+")
    bands = ArrayField(models.BigIntegerField())
    files = ArrayField(models.CharField(max_length=64), default=list)  # SHA-256 of each file
    compared_at = models.DateTimeField(null=True)  # when findings were last looked for

    class Meta:
        indexes = [
            GinIndex(fields=["bands"], name="entry_bands", fastupdate=False),
            GinIndex(fields=["files"], name="entry_files", fastupdate=False),
        ]

    def __str__(self):
        return str(self.entry_id)


class SimilarityFinding(models.Model):
    """An entry that is like another entry, or like a prompt or case of the casebook."""

    class Kind(models.TextChoices):
        COPY = "copy", _("Copy")
        LIGHT_EDIT = "light_edit", _("Lightly edited")
        REORDERED = "reordered", _("Same passages in another order")
        PASSAGE = "passage", _("Shared passages")
        SAME_FILE = "same_file", _("Same file")

    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="similarities")
    other = models.ForeignKey("competitions.Entry", models.CASCADE, null=True, related_name="+")
    prompt = models.ForeignKey("casebook.Prompt", models.CASCADE, null=True, related_name="+")
    case = models.ForeignKey("casebook.Case", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    share = models.DecimalField(max_digits=4, decimal_places=3)  # 0..1, of this entry's text found there
    other_was_awarded = models.BooleanField(default=False)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)  # an organiser looked and found it harmless, or acted
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    settled_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-share", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "other", "prompt", "case"], nulls_distinct=False, name="one_similarity"
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=False, prompt=None, case=None)
                | Q(other=None, prompt__isnull=False, case=None)
                | Q(other=None, prompt=None, case__isnull=False),
                name="similarity_has_one_source",
            ),
        ]

    def __str__(self):
        return f"{self.entry_id}: {self.kind} {self.share}"

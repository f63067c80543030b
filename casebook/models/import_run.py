import uuid

from django.db import models


class ImportRun(models.Model):
    """One import that changed the casebook: file, its hash, and what came of it."""

    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    created = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    published = models.BooleanField()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return self.file_name


class ImportPreview(models.Model):
    """A file handed over, read and not yet imported: what each item would become, before anything is written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    path = models.CharField(max_length=300)  # under MEDIA_ROOT
    options = models.JSONField(default=dict)  # kind, mapping, format
    report = models.JSONField(null=True)  # casebook/actions/preview.py; None while it is being read
    job = models.ForeignKey("accounts.Job", models.SET_NULL, null=True, related_name="+")
    imported = models.ForeignKey(ImportRun, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return self.file_name

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

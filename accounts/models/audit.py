from django.db import models
from django.db.models.functions import Now


class AuditRecord(models.Model):
    """What was done, by whom, about whom. Append-only: a trigger refuses UPDATE and DELETE."""

    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=40, blank=True)
    target_id = models.CharField(max_length=60, blank=True)
    about = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["target_kind", "target_id"], name="audit_target"),
            models.Index(fields=["about", "-id"], name="audit_about"),
            models.Index(fields=["by", "-id"], name="audit_by"),
        ]

    def __str__(self):
        return f"{self.verb} {self.target_kind} {self.target_id}"

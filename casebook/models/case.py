from django.db import models
from django.db.models import Q
from django.urls import reverse

from casebook.models.record import Record, RecordQuerySet, Version


class Case(Record):
    current = models.ForeignKey("casebook.CaseVersion", models.PROTECT, null=True, related_name="+")
    hours_saved = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # a month; null = not known
    effect_method = models.CharField(max_length=20, blank=True)  # measured, estimated, self_report

    objects = RecordQuerySet.as_manager()
    kind = "case"

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["-published_at"], condition=Q(retired_at=None), name="case_published")
        ]

    def get_absolute_url(self):
        return reverse("casebook:case", args=[self.slug])


class CaseVersion(Version):
    record = models.ForeignKey(Case, models.PROTECT, related_name="versions")

    class Meta(Version.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="case_version_number")]
        indexes = [models.Index(fields=["content_sha256"], name="case_version_hash")]


class CasePrompt(models.Model):
    """The version of a prompt that a version of a case used."""

    case_version = models.ForeignKey(CaseVersion, models.CASCADE, related_name="prompt_links")
    prompt_version = models.ForeignKey("casebook.PromptVersion", models.PROTECT, related_name="case_links")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_version", "prompt_version"], name="case_uses_prompt_version_once"
            )
        ]

    def __str__(self):
        return f"{self.case_version_id} -> {self.prompt_version_id}"

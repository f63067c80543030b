from django.db import models
from django.db.models import Q
from django.urls import reverse

from casebook.models.record import Record, RecordQuerySet, Version


class Prompt(Record):
    current = models.ForeignKey("casebook.PromptVersion", models.PROTECT, null=True, related_name="+")

    objects = RecordQuerySet.as_manager()
    kind = "prompt"

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["-published_at"], condition=Q(retired_at=None), name="prompt_published")
        ]

    def get_absolute_url(self):
        return reverse("casebook:prompt", args=[self.slug])


class PromptVersion(Version):
    record = models.ForeignKey(Prompt, models.PROTECT, related_name="versions")

    class Meta(Version.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="prompt_version_number")]
        indexes = [models.Index(fields=["content_sha256"], name="prompt_version_hash")]

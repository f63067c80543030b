from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casebook.models.record import Record, RecordQuerySet, Version
from casebook.states import VersionState


class Prompt(Record):
    current = models.ForeignKey("casebook.PromptVersion", models.PROTECT, null=True, related_name="+")

    forked_from = models.ForeignKey("casebook.PromptVersion", models.PROTECT, null=True, related_name="forks")
    uses = models.PositiveIntegerField(default=0)  # copies of the filled text
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    idempotency_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = RecordQuerySet.as_manager()
    kind = "prompt"

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["-published_at"], condition=Q(retired_at=None), name="prompt_published")
        ]

    def get_absolute_url(self):
        return reverse("casebook:prompt", args=[self.slug])


class PromptVersion(Version):
    """A version of a prompt. Its label may move after publication; the trigger keeps everything else."""

    class Label(models.TextChoices):
        RECOMMENDED = "recommended", _("Recommended")
        DEPRECATED = "deprecated", _("No longer recommended")

    record = models.ForeignKey(Prompt, models.PROTECT, related_name="versions")
    label = models.CharField(max_length=12, choices=Label, blank=True)
    replacement = models.ForeignKey(
        Prompt, models.PROTECT, null=True, related_name="+"
    )  # of a deprecated one

    class Meta(Version.Meta):
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="prompt_version_number"),
            models.CheckConstraint(condition=Q(label="") | Q(state="published"), name="label_of_published"),
            models.CheckConstraint(
                condition=Q(replacement=None) | Q(label="deprecated"), name="replacement_of_deprecated"
            ),
        ]
        indexes = [models.Index(fields=["content_sha256"], name="prompt_version_hash")]

    def display_label(self):
        """Draft, in review, reviewed, recommended or no longer recommended, in words."""
        if self.label:
            return self.get_label_display()
        return _("Reviewed") if self.state == VersionState.PUBLISHED else self.get_state_display()


class PromptLink(models.Model):
    """A version of a prompt that holds a version of another, as a part or as a step."""

    class Relation(models.TextChoices):
        PART = "part", _("Part")
        STEP = "step", _("Step")

    holder = models.ForeignKey(PromptVersion, models.CASCADE, related_name="links")
    held = models.ForeignKey(PromptVersion, models.PROTECT, related_name="holders")
    relation = models.CharField(max_length=4, choices=Relation)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "held", "relation"], name="prompt_held_once")
        ]

    def __str__(self):
        return f"{self.holder_id} -> {self.held_id}"


class PromptFingerprint(models.Model):
    """Band keys of a prompt's latest text; two prompts sharing one may be near duplicates (search/similarity.py)."""

    prompt = models.OneToOneField(Prompt, models.CASCADE, primary_key=True, related_name="fingerprint")
    bands = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="fingerprint_bands")]

    def __str__(self):
        return str(self.prompt_id)

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """What lists and search read: one row for each published prompt or case, written by casebook/search/index.py.

    `ts` holds morphemes (weight A title, B summary and tags, D body); drafts are never in this table.
    """

    class Kind(models.TextChoices):
        PROMPT = "prompt", _("Prompts")
        CASE = "case", _("Cases")

    kind = models.CharField(max_length=10, choices=Kind)
    prompt = models.OneToOneField("casebook.Prompt", models.CASCADE, null=True, related_name="document")
    case = models.OneToOneField("casebook.Case", models.CASCADE, null=True, related_name="document")
    uid = models.UUIDField(unique=True)
    external_id = models.CharField(max_length=200, null=True)
    slug = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    work_field = models.ForeignKey("casebook.WorkField", models.PROTECT, null=True)
    sensitivity = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    task_type = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=12, blank=True)  # of the shown version: recommended, deprecated
    uses = models.PositiveIntegerField(default=0)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    effect = models.JSONField(null=True)
    hours_saved = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    published_at = models.DateTimeField()
    ts = SearchVectorField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="prompt", prompt__isnull=False, case=None)
                | Q(kind="case", case__isnull=False, prompt=None),
                name="document_has_one_record",
            )
        ]
        indexes = [
            GinIndex(fields=["ts"], name="document_ts"),
            models.Index(fields=["kind", "-published_at", "-id"], name="document_newest"),
            models.Index(fields=["-published_at", "-id"], name="document_newest_of_all"),
            # Facets are counted from this index alone.
            models.Index(
                fields=["kind", "work_field", "sensitivity", "task_type", "stage", "label"],
                name="document_facets",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def url(self):
        return f"/{self.kind}s/{self.slug}/"

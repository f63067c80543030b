"""What a prompt and a case have in common: a record with identity, and its versions with content."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from casebook.states import VersionState


class RecordQuerySet(models.QuerySet):
    def published(self):
        return self.filter(current__isnull=False, retired_at=None)

    def for_listing(self):
        return self.select_related("work_field", "department", "current")

    def visible_to(self, user, *, reviews):
        """Published records for everyone; `reviews` shows all, a person always sees their own."""
        if reviews:
            return self
        mine = Q(created_by=user) if user.is_authenticated else Q(pk=None)
        return self.filter(Q(current__isnull=False, retired_at=None) | mine)


class Record(models.Model):
    """Identity, owner and place of a prompt or a case. Title and summary mirror the shown version."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(max_length=200, null=True, blank=True, unique=True)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    title = models.CharField(_("Title"), max_length=200)
    summary = models.CharField(_("Summary"), max_length=300, blank=True)
    work_field = models.ForeignKey("casebook.WorkField", models.PROTECT, null=True, blank=True)
    government = models.ForeignKey("accounts.Government", models.PROTECT, null=True, blank=True)
    department = models.ForeignKey("accounts.Department", models.SET_NULL, null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    origin_path = models.CharField(max_length=300, blank=True)  # where on this site it came from: an award
    review_by = models.DateField(_("Review again by"), null=True, blank=True)
    reminded_on = models.DateField(null=True)  # of the review that is due

    class Meta:
        abstract = True
        ordering = ["-published_at", "-id"]

    def __str__(self):
        return self.title

    @property
    def is_published(self):
        return self.current_id is not None and self.retired_at is None

    @staticmethod
    def slug_base(title):
        return slugify(title, allow_unicode=True)[:90].strip("-_")


class Version(models.Model):
    """One numbered content of a record. A trigger refuses changing it once it is published."""

    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    note = models.CharField(_("What changed"), max_length=500, blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)  # counts the saves of a draft; two tabs never overwrite
    saved_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+"
    )  # not the author
    asked_at = models.DateTimeField(null=True)  # when review was asked for
    review_due = models.DateField(_("Review due"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self):
        return f"{self.record} v{self.number}"

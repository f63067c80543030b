"""What people say about prompts, and what they keep."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

ONE_RECORD = Q(prompt__isnull=False, case=None) | Q(prompt=None, case__isnull=False)


class UsageCount(models.Model):
    """How often a prompt was looked at, filled in and copied on a day; nothing about who."""

    prompt = models.ForeignKey("casebook.Prompt", models.CASCADE, related_name="usage")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    fills = models.PositiveIntegerField(default=0)
    copies = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prompt", "day"], name="one_count_a_day")]

    def __str__(self):
        return f"{self.prompt_id} {self.day}"


class Rating(models.Model):
    """A person's rating of a prompt, one each, with the minutes it saved them if they say so."""

    prompt = models.ForeignKey("casebook.Prompt", models.CASCADE, related_name="ratings")
    version = models.ForeignKey("casebook.PromptVersion", models.CASCADE, related_name="+")
    by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    stars = models.PositiveSmallIntegerField(_("Rating"))
    minutes_saved = models.PositiveIntegerField(_("Minutes saved on one task"), null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prompt", "by"], name="one_rating_each"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="stars_one_to_five"),
        ]

    def __str__(self):
        return f"{self.stars}"


class Comment(models.Model):
    prompt = models.ForeignKey("casebook.Prompt", models.CASCADE, related_name="comments")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    text = models.TextField(_("Comment"), max_length=2000)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    idempotency_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["prompt", "at"], name="comments_of_prompt")]

    def __str__(self):
        return self.text[:60]


class ProblemReport(models.Model):
    """Somebody says a prompt is wrong, outdated or unsafe; an editor answers."""

    class Kind(models.TextChoices):
        WRONG = "wrong", _("Something in it is wrong")
        OUTDATED = "outdated", _("It is out of date")
        UNSAFE = "unsafe", _("It is not safe to use")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        RESOLVED = "resolved", _("Resolved")
        DISMISSED = "dismissed", _("No action needed")

    prompt = models.ForeignKey("casebook.Prompt", models.CASCADE, related_name="problem_reports")
    version = models.ForeignKey("casebook.PromptVersion", models.CASCADE, related_name="+")
    kind = models.CharField(_("What is the problem?"), max_length=10, choices=Kind)
    text = models.TextField(_("Where and why"), max_length=2000)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="problem_reports")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    resolution = models.TextField(_("Answer"), max_length=2000, blank=True)
    resolved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    idempotency_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["state", "at"], name="problem_queue")]

    def __str__(self):
        return f"{self.kind}: {self.prompt_id}"


class Favourite(models.Model):
    by = models.ForeignKey("accounts.User", models.CASCADE, related_name="favourites")
    prompt = models.ForeignKey("casebook.Prompt", models.CASCADE, null=True, related_name="favourites")
    case = models.ForeignKey("casebook.Case", models.CASCADE, null=True, related_name="favourites")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=ONE_RECORD, name="favourite_of_one_record"),
            models.UniqueConstraint(fields=["by", "prompt"], name="one_favourite_of_prompt"),
            models.UniqueConstraint(fields=["by", "case"], name="one_favourite_of_case"),
        ]

    def __str__(self):
        return f"{self.by_id}: {self.prompt_id or self.case_id}"


class Collection(models.Model):
    """An ordered list of prompts and cases that somebody keeps and may share."""

    class Sharing(models.TextChoices):
        PRIVATE = "private", _("Only I")
        LINK = "link", _("Everybody who has the link")
        PUBLIC = "public", _("Everybody; listed")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=100)
    summary = models.CharField(_("Summary"), max_length=300, blank=True)
    owner = models.ForeignKey("accounts.User", models.PROTECT, related_name="collections")
    sharing = models.CharField(_("Who sees it"), max_length=10, choices=Sharing, default=Sharing.PRIVATE)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    idempotency_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["-changed_at", "-id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("casebook:collection", args=[self.uid])


class CollectionItem(models.Model):
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    prompt = models.ForeignKey("casebook.Prompt", models.CASCADE, null=True, related_name="+")
    case = models.ForeignKey("casebook.Case", models.CASCADE, null=True, related_name="+")
    position = models.PositiveIntegerField()
    note = models.CharField(_("Note"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=ONE_RECORD, name="item_of_one_record"),
            models.UniqueConstraint(fields=["collection", "prompt"], name="prompt_once_in_collection"),
            models.UniqueConstraint(fields=["collection", "case"], name="case_once_in_collection"),
        ]

    def __str__(self):
        return f"{self.collection_id}: {self.prompt_id or self.case_id}"


class Follow(models.Model):
    """A person wants to know what is new in a work field."""

    by = models.ForeignKey("accounts.User", models.CASCADE, related_name="follows")
    work_field = models.ForeignKey("casebook.WorkField", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField()  # what was published later is new to them

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "work_field"], name="follow_once")]

    def __str__(self):
        return f"{self.by_id}: {self.work_field_id}"

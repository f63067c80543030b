"""What hangs on a call: its questions to entrants, its terms, its notices, and what people ask about it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competitions.models.competition import Competition, Part


class FormField(Part):
    """A question of the call's own to entrants. `name` is the question; answers are kept by its code."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Short text")
        LONG_TEXT = "long_text", _("Long text")
        NUMBER = "number", _("Number")
        CHOICE = "choice", _("Choice")
        FILE = "file", _("File")
        LINK = "link", _("Link")
        DATE = "date", _("Date")

    class Required(models.TextChoices):
        NO = "no", _("May stay empty")
        DRAFT = "draft", _("Needed to save")
        SUBMISSION = "submission", _("Needed to submit")

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="form_fields")
    tracks = ArrayField(models.CharField(max_length=50), default=list)  # codes; empty: every track
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, default=Kind.TEXT)
    help = models.CharField(_("Help"), max_length=500, blank=True)
    required = models.CharField(_("Required"), max_length=10, choices=Required, default=Required.NO)
    choices = ArrayField(models.CharField(max_length=200), default=list)
    longest = models.PositiveIntegerField(null=True)  # characters
    least = models.DecimalField(max_digits=15, decimal_places=6, null=True)
    most = models.DecimalField(max_digits=15, decimal_places=6, null=True)
    is_personal = models.BooleanField(default=False)  # never shown to judges, erased with the person

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["competition", "code"], name="form_field_code")]


class ConsentTerm(models.Model):
    """What an entrant agrees to, for one purpose, in one wording. A changed wording is a new version."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="consent_terms")
    purpose = models.SlugField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("Text"), max_length=20_000)  # Markdown
    is_required = models.BooleanField(default=True)
    covers = ArrayField(models.CharField(max_length=20), default=list)  # plan items told here (PLAN_ITEMS)
    position = models.PositiveSmallIntegerField(default=0)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "purpose", "version"], name="consent_term_version"
            ),
            models.UniqueConstraint(
                fields=["competition", "purpose"],
                condition=Q(replaced_at=None),
                name="one_current_consent_term",
            ),
        ]

    def __str__(self):
        return f"{self.purpose} {self.version}"


class CallNotice(models.Model):
    """The announcement (number 1) or a change of it: published, dated, never altered (a trigger refuses)."""

    class Kind(models.TextChoices):
        ANNOUNCEMENT = "announcement", _("Announcement")
        CORRECTION = "correction", _("Correction")  # calculation error, typing error, omission
        CHANGE = "change", _("Change")
        EXTENSION = "extension", _("Extension")
        CANCELLATION = "cancellation", _("Cancellation")

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="call_notices")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=Kind)
    text = models.TextField(_("What changes and why"), max_length=5000, blank=True)
    changes = models.JSONField(default=list)  # [{"field", "before", "after"}], texts
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["competition", "number"], name="call_notice_number")]

    def __str__(self):
        return f"{self.competition_id}: {self.number}"


class GateOverride(models.Model):
    """An organiser's decision to pass a gate of the rules that is not met."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="gate_overrides")
    gate = models.CharField(max_length=40)  # a code of competitions/rules/
    reason = models.TextField(_("Reason"), max_length=1000)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "gate"], condition=Q(withdrawn_at=None), name="one_override_per_gate"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
        ]

    def __str__(self):
        return f"{self.competition_id}: {self.gate}"


class CallQuestionQuerySet(models.QuerySet):
    def public(self):
        """What everybody may read: answered, and asked or answered in public."""
        return self.filter(is_public=True, removed_at=None).exclude(answered_at=None)


class CallQuestion(models.Model):
    """A question somebody asks about a call, in public or to the organiser alone."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="call_questions")
    asked_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="call_questions")
    asked_at = models.DateTimeField()
    text = models.TextField(_("Question"), max_length=2000)
    is_public = models.BooleanField(_("Everybody may read it"), default=True)
    answer = models.TextField(_("Answer"), max_length=5000, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    idempotency_key = models.UUIDField(unique=True)

    objects = CallQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["competition", "-asked_at", "-id"], name="call_question_newest")]

    def __str__(self):
        return f"{self.competition_id}: {self.text[:40]}"


class CallFollow(models.Model):
    """Who wants to hear of a competition; without one, of every new call."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="call_follows")
    competition = models.ForeignKey(Competition, models.CASCADE, null=True, related_name="follows")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "competition"], nulls_distinct=False, name="one_follow_per_call"
            )
        ]

    def __str__(self):
        return f"{self.user_id}: {self.competition_id}"


class LetterText(models.Model):
    """An organiser's own wording of a message of one competition (competitions/letters/)."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="letter_texts")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Text"), max_length=10_000)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competition", "kind", "language"], name="one_letter_text")
        ]

    def __str__(self):
        return f"{self.competition_id}: {self.kind} {self.language}"

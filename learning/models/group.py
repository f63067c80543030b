from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LearningGroupQuerySet(models.QuerySet):
    def for_listing(self):
        return self.select_related("work_field").annotate(
            member_count=models.Count("memberships", filter=Q(memberships__left_at=None))
        )


class LearningGroup(models.Model):
    """Officials who learn together over some sessions, or a course."""

    class Kind(models.TextChoices):
        GROUP = "group", _("Learning group")
        COURSE = "course", _("Course")

    slug = models.SlugField(_("Address"), max_length=80, unique=True, allow_unicode=True)
    title = models.CharField(_("Title"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, default=Kind.GROUP)
    work_field = models.ForeignKey(
        "casebook.WorkField", models.SET_NULL, null=True, blank=True, verbose_name=_("Work field")
    )
    description = models.TextField(_("Description"), blank=True)
    capacity = models.PositiveSmallIntegerField(_("Capacity"), default=35)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))

    objects = LearningGroupQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="group_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="group_has_capacity"),
        ]

    def __str__(self):
        return self.title


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(left_at=None)


class Membership(models.Model):
    """Who takes part, and who leads as facilitator; leaving keeps the row."""

    group = models.ForeignKey(LearningGroup, models.PROTECT, related_name="memberships")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="memberships")
    is_facilitator = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"], condition=Q(left_at=None), name="one_current_membership"
            )
        ]

    def __str__(self):
        return f"{self.group}: {self.user}"

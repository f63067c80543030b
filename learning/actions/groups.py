"""Creating and changing learning groups."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from learning.actions.members import add_facilitator
from learning.errors import GroupFull
from learning.models import LearningGroup

SLUG_LENGTH = 70


@transaction.atomic
def create_group(*, by, at, **values):
    """Store a new group; who creates it leads it."""
    group = LearningGroup.objects.create(slug=_free_slug(values["title"]), **values)
    audit.record("group.created", by=by, target=group)
    add_facilitator(group, by, by=by, at=at)
    return group


@transaction.atomic
def change_group(group, *, by, **values):
    """Raise GroupFull when more people take part than the new capacity allows."""
    stored = LearningGroup.objects.select_for_update().get(pk=group.pk)
    taken = stored.memberships.current().count()
    if values["capacity"] < taken:
        raise GroupFull(
            _("%(taken)s people take part. Set the capacity to %(taken)s or more, or remove members first.")
            % {"taken": taken}
        )
    changed = sorted(name for name, value in values.items() if getattr(stored, name) != value)
    LearningGroup.objects.filter(pk=group.pk).update(**values)
    audit.record("group.changed", by=by, target=group, fields=changed)


def _free_slug(title):
    """Return an address made of the title; Hangul stays Hangul."""
    wanted = slugify(title, allow_unicode=True)[:SLUG_LENGTH].strip("-") or "group"
    taken = set(LearningGroup.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in [wanted, *numbered] if slug not in taken and slug != "new")

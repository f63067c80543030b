"""Following a work field: what was published in it since one last looked."""

from django.db.models import Count, Exists, OuterRef, Q

from casebook.models import Follow, SearchDocument, WorkField


def follow(work_field, *, by, at):
    """What is published from now on is new to the person."""
    Follow.objects.bulk_create(
        [Follow(by=by, work_field=work_field, at=at, seen_at=at)], ignore_conflicts=True
    )


def unfollow(work_field, *, by):
    Follow.objects.filter(by=by, work_field=work_field).delete()


def mark_seen(user, *, at):
    """Everything published until `at`, the time the list was shown, is no longer new."""
    Follow.objects.filter(by=user, seen_at__lt=at).update(seen_at=at)


def new_documents(user):
    """Published records in the fields a person follows, or below them, that they have not seen."""
    field = Q(work_field=OuterRef("work_field")) | Q(work_field=OuterRef("work_field__parent"))
    follows = Follow.objects.filter(field, by=user, seen_at__lt=OuterRef("published_at"))
    return SearchDocument.objects.filter(Exists(follows)).order_by("-published_at", "-id")


def followed_fields(user):
    """The fields a person follows, each with `new`, how many records are new. Two queries."""
    fields = list(WorkField.objects.filter(pk__in=Follow.objects.filter(by=user).values("work_field")))
    rows = (
        new_documents(user).order_by().values_list("work_field", "work_field__parent").annotate(Count("pk"))
    )
    counts = list(rows)
    for field in fields:
        field.new = sum(number for own, parent, number in counts if field.pk in (own, parent))
    return fields

"""Collections: ordered lists of prompts and cases that a person keeps and may share."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from casebook.errors import CasebookError
from casebook.models import Collection, CollectionItem

MOST_ITEMS = 200
WAYS = {"up": -1, "down": 1}


@transaction.atomic
def create_collection(*, by, at, title, summary="", sharing=Collection.Sharing.PRIVATE, idempotency_key):
    """Sent twice, it is one collection."""
    given = {"title": title, "summary": summary, "sharing": sharing, "created_at": at, "changed_at": at}
    collection, made = Collection.objects.get_or_create(
        idempotency_key=idempotency_key, owner=by, defaults=given
    )
    if made:
        audit.record("collection.created", by=by, target=collection, sharing=sharing)
    return collection


@transaction.atomic
def change_collection(collection, *, by, at, title, summary, sharing):
    shared_before = collection.sharing
    values = {"title": title, "summary": summary, "sharing": sharing, "changed_at": at}
    Collection.objects.filter(pk=collection.pk).update(**values)
    if sharing != shared_before:
        audit.record("collection.shared", by=by, target=collection, sharing=sharing)


@transaction.atomic
def delete_collection(collection, *, by):
    audit.record("collection.deleted", by=by, target=collection, items=collection.items.count())
    collection.delete()


@transaction.atomic
def add_item(collection, record, *, at, note=""):
    """Put a prompt or a case at the end; what is in already stays where it is. Returns the item."""
    _lock(collection, at)
    items = list(collection.items.all())
    known = next((item for item in items if getattr(item, f"{record.kind}_id") == record.pk), None)
    if known:
        return known
    if len(items) >= MOST_ITEMS:
        raise CasebookError(
            _("A collection holds %(number)s records at most. Begin another one.") % {"number": MOST_ITEMS}
        )
    last = items[-1].position if items else 0
    return CollectionItem.objects.create(
        collection=collection, **{record.kind: record}, position=last + 1, note=note
    )


@transaction.atomic
def remove_item(item, *, at):
    _lock(item.collection, at)
    CollectionItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def note_item(item, note, *, at):
    _lock(item.collection, at)
    CollectionItem.objects.filter(pk=item.pk).update(note=note)


@transaction.atomic
def move_item(item, way, *, at):
    """Change places with the one before ("up") or after ("down"); at the end it stays. Positions become 1, 2, 3."""
    _lock(item.collection, at)
    keys = list(item.collection.items.values_list("pk", flat=True))
    here = keys.index(item.pk) if item.pk in keys else -1
    there = here + WAYS[way]
    if here < 0 or not 0 <= there < len(keys):
        return
    keys[here], keys[there] = keys[there], keys[here]
    items = [CollectionItem(pk=key, position=position) for position, key in enumerate(keys, 1)]
    CollectionItem.objects.bulk_update(items, ["position"])


def _lock(collection, at):
    """Changes of one collection come one after the other."""
    Collection.objects.select_for_update().filter(pk=collection.pk).first()
    Collection.objects.filter(pk=collection.pk).update(changed_at=at)

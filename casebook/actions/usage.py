"""Counting what is done with a prompt: how often on a day, and nothing about who.

No person, session or address is stored, so no count leads back to anybody.
"""

from django.db import connection, transaction
from django.db.models import F
from django.utils.timezone import localdate

from casebook.models import Prompt, SearchDocument, UsageCount

COUNTED = {"view": "views", "fill": "fills", "copy": "copies"}


def count_use(prompt, what, *, at):
    """Add one to the day's count; what: view, fill or copy. Unknown words count nothing."""
    column = COUNTED.get(what)
    if column is None:
        return
    with transaction.atomic():
        _add_one(prompt, column, localdate(at))
        if what == "copy":
            Prompt.objects.filter(pk=prompt.pk).update(uses=F("uses") + 1)
            SearchDocument.objects.filter(prompt=prompt).update(uses=F("uses") + 1)


def _add_one(prompt, column, day):
    """One statement, so that of two at once none is lost; bulk_create cannot add to what is there."""
    numbers = [int(name == column) for name in COUNTED.values()]
    table, counted = connection.ops.quote_name(UsageCount._meta.db_table), connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (prompt_id, day, views, fills, copies) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (prompt_id, day) DO UPDATE SET {counted} = {table}.{counted} + 1",
            [prompt.pk, day, *numbers],
        )

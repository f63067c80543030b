"""Pages of a table that is too long to count: each begins below the last number of the one before."""

PAGE_SIZE = 50


def older_than(records, before):
    """Return context: `records` numbered below `before`, newest first, and `next_before` if more follow.

    `before` comes from the address; what is no number means the first page.
    """
    if (before or "").isascii() and (before or "").isdigit() and len(before) <= 18:
        records = records.filter(pk__lt=int(before))
    else:
        before = None
    rows = list(records.order_by("-pk")[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    return {"records": rows, "next_before": rows[-1].pk if more else None, "is_first_page": before is None}

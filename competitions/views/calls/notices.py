"""The notices of a call, as its page lists them."""

from competitions.actions.calls.change_words import FIELD_WORDS


def notice_rows(competition):
    """Return the notices, newest first, each with what it changed in words; drafts have none."""
    return [
        {
            "number": notice.number,
            "kind": notice.get_kind_display(),
            "at": notice.at,
            "text": notice.text,
            "changes": [_change(each) for each in notice.changes],
        }
        for notice in competition.call_notices.order_by("-number")
    ]


def _change(kept):
    return {
        "label": FIELD_WORDS.get(kept["field"], kept["field"]),
        "before": kept["before"],
        "after": kept["after"],
    }

"""What the preview of a file shows of its items: one page of them, read from the report in the database."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import F, Func, JSONField, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casebook.content.labels import FIELD_LABELS
from casebook.models import ImportPreview

PAGE_SIZE = 50
OUTCOMES = {
    "new": (_("New"), "success"),
    "changed": (_("Changed"), "info"),
    "same": (_("The same"), "neutral"),
    "refused": (_("Refused"), "danger"),
}
BECAME = {
    "created": (_("Created"), "success"),
    "changed": (_("Changed"), "info"),
    "unchanged": (_("Unchanged"), "neutral"),
}
_OF = '$.items[*] ? (@.outcome == "{}")'
FILTERS = {
    "": (_("All"), "$.items[*]", "all"),
    **{name: (label, _OF.format(name), name) for name, (label, _tone) in OUTCOMES.items()},
    "alike": (_("Almost like others"), "$.items[*] ? (exists(@.alike))", "alike"),
    "flagged": (_("With findings that stop publication"), "$.items[*] ? (@.lint[0] > 0)", "flagged"),
}
SELECTABLE = '$.items[*] ? (@.outcome == "new" || @.outcome == "changed").n'
EXTRA_LABELS = {"tests": _("Test cases"), "note": _("Versions")}


class PathQuery(Func):
    """jsonb_path_query_array(document, path): the part of a JSON document that a path finds, as a list."""

    function = "jsonb_path_query_array"
    template = "%(function)s(%(expressions)s::jsonpath)"
    output_field = JSONField()

    def __init__(self, document, path):
        super().__init__(document, Value(path))


@dataclass
class Shown:
    """One page of items. pages: a Django page over all that the filter finds."""

    items: list
    pages: object
    tabs: list = field(default_factory=list)


def page_of(preview, *, asked, number, address):
    """The items of one page, each told whether it is chosen. One query."""
    asked = asked if asked in FILTERS else ""
    counts = preview.summary["counts"]
    _label, path, counted = FILTERS[asked]
    pages = Paginator(range(counts[counted]), PAGE_SIZE).get_page(number)
    first = (pages.number - 1) * PAGE_SIZE
    cut = f"$[{first} to {first + PAGE_SIZE - 1}]"
    left_out = set(preview.options.get("left_out", []))
    items = _query(preview, PathQuery(PathQuery(F("report"), path), cut))
    return Shown([_shown(item, left_out) for item in items], pages, _tabs(counts, asked, address))


def selectable_numbers(preview):
    return set(_query(preview, PathQuery(F("report"), SELECTABLE)))


def item_of(preview, number):
    """The report on one item, or None."""
    found = _query(preview, PathQuery(F("report"), f"$.items[{number}]"))
    return _shown(found[0], set(preview.options.get("left_out", []))) if found else None


def _query(preview, expression):
    return ImportPreview.objects.filter(pk=preview.pk).values_list(expression, flat=True).get()


def _shown(item, left_out):
    label, tone = BECAME[item["became"]] if "became" in item else OUTCOMES[item["outcome"]]
    return item | {
        "label": label,
        "tone": tone,
        "can_choose": item["outcome"] in ("new", "changed"),
        "is_chosen": item["n"] not in left_out,
        "field_names": [_field_name(name) for name in item.get("fields", [])],
        "stops": item.get("lint", [0])[0],
        "warns": sum(item.get("lint", [0])[1:2]),
    }


def _field_name(name):
    return EXTRA_LABELS.get(name) or gettext(FIELD_LABELS.get(name, name))


def _tabs(counts, asked, address):
    return [
        {
            "label": label,
            "address": f"{address}?show={name}" if name else address,
            "current": name == asked,
            "count": counts[counted],
        }
        for name, (label, _path, counted) in FILTERS.items()
        if counts[counted] or not name
    ]


def form_names(summary):
    return [gettext(label) for label in summary["labels"]]

"""The list of the pool: what an address asks for, and the rows."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from competitions.actions.committee.pool import with_record
from competitions.models import JudgeCandidate
from competitions.models.jury import Side

LONGEST_QUERY = 100
SORTS = {
    "name": (_("Name"), ["name", "pk"]),
    "field": (_("Field of expertise"), ["field", "name", "pk"]),
    "times": (_("How often"), ["times", "name", "pk"]),
    "asked": (_("Asked longest ago"), [F("asked_at").asc(nulls_first=True), "name", "pk"]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolAsked:
    """What an address asks for; what nobody knows is left out."""

    query: str = ""
    side: str = ""
    field: str = ""
    sort: str = "name"
    is_gone: bool = False

    @classmethod
    def of(cls, params):
        def text(name):
            return params.get(name, "").replace("\x00", "").strip()[:LONGEST_QUERY]

        return cls(
            query=text("q"),
            side=text("side") if text("side") in Side.values else "",
            field=text("field"),
            sort=text("sort") if text("sort") in SORTS else "name",
            is_gone=params.get("show") == "gone",
        )


def found_candidates(asked):
    """Candidates with their record, in the order asked for."""
    rows = JudgeCandidate.objects.filter(left_at__isnull=not asked.is_gone)
    if asked.query:
        words = (
            Q(name__icontains=asked.query)
            | Q(organisation__icontains=asked.query)
            | Q(field__icontains=asked.query)
        )
        rows = rows.filter(words)
    if asked.side:
        rows = rows.filter(side=asked.side)
    if asked.field:
        rows = rows.filter(field=asked.field)
    return with_record(rows).order_by(*SORTS[asked.sort][1])


def filters_of(asked):
    """What the form of the list offers. One query."""
    fields = JudgeCandidate.objects.filter(left_at=None).exclude(field="").order_by("field")
    return {
        "asked": asked,
        "query": asked.query,
        "sides": Side.choices,
        "fields": list(fields.values_list("field", flat=True).distinct()),
        "sorts": [(name, label) for name, (label, _order) in SORTS.items()],
        "is_filtered": bool(asked.query or asked.side or asked.field),
    }

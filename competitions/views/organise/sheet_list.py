"""Which score sheets a list's address asks for: filters with their counts, order; and what is late or missing."""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, F, Q, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competitions.actions.assigning.assignable import entries_of_round
from competitions.actions.conflicts.sheets import is_kept_apart, standing_states
from competitions.models import Assignment
from competitions.states import JUDGED_STATES, SheetState
from competitions.views.organise.entry_list import count_of

SORTS = {
    "entry": (gettext_lazy("Entry"), ("entry__code", "round__position", "judge__code", "pk")),
    "judge": (gettext_lazy("Judge"), ("judge__code", "round__position", "entry__code", "pk")),
    "saved": (gettext_lazy("Last saved"), (F("saved_at").desc(nulls_last=True), "pk")),
    "signed": (gettext_lazy("Signed"), (F("signed_at").desc(nulls_last=True), "pk")),
    "total": (gettext_lazy("Total"), (F("share").desc(nulls_last=True), "pk")),
}
TITLES = {
    "state": gettext_lazy("State"),
    "round": gettext_lazy("Round"),
    "judge": gettext_lazy("Judge"),
    "late": gettext_lazy("Late"),
}
UNSIGNED = [SheetState.ASSIGNED, SheetState.STARTED]
IS_LATE = Case(
    When(state__in=UNSIGNED, round__due_at__lte=Now(), then=Value(True)),
    default=Value(False),
    output_field=BooleanField(),
)
MOST_NAMED = 10


@dataclass(frozen=True)
class Asked:
    """chosen: {name of a filter: values}."""

    chosen: dict
    query: str
    sort: str

    @classmethod
    def of(cls, given):
        return cls(
            chosen={name: given.getlist(name)[:50] for name in TITLES},
            query=given.get("q", "").strip()[:100],
            sort=given.get("sort") if given.get("sort") in SORTS else "entry",
        )

    def kept(self):
        """(name, value) of everything but the words."""
        return [("sort", self.sort), *((name, value) for name in self.chosen for value in self.chosen[name])]


def sheets_of(competition):
    return Assignment.objects.filter(round__competition=competition, entry__state__in=JUDGED_STATES)


def found(competition, asked):
    chosen = asked.chosen
    wanted = {
        "state__in": chosen["state"],
        "round__code__in": chosen["round"],
        "judge__code__in": chosen["judge"],
        "is_late__in": [value == "yes" for value in chosen["late"]],
    }
    return (
        _searched(sheets_of(competition), asked)
        .annotate(is_late=IS_LATE, is_apart=is_kept_apart(), share=F("reached") / F("reachable"))
        .filter(**{name: values for name, values in wanted.items() if values})
        .select_related("judge", "round", "entry")
        .defer("entry__draft")
        .order_by(*SORTS[asked.sort][1])
    )


def _searched(rows, asked):
    if not asked.query:
        return rows
    words = Q(entry__code__iexact=asked.query) | Q(entry__title__icontains=asked.query)
    return rows.filter(words | Q(judge__name__icontains=asked.query) | Q(judge__code__iexact=asked.query))


def groups(competition, asked):
    """How many sheets have the same state, round, judge and lateness; one query for all filters."""
    rows = _searched(sheets_of(competition), asked).order_by().annotate(is_late=IS_LATE)
    columns = ("state", "round__code", "judge__code", "is_late")
    return [
        {
            "state": {state},
            "round": {round_},
            "judge": {judge},
            "late": {"yes"} if late else set(),
            "count": count,
        }
        for state, round_, judge, late, count in rows.values_list(*columns).annotate(Count("pk"))
    ]


def facets_of(grouped, asked, *, rounds, judges):
    options = {
        "state": [(state.value, state.label) for state in SheetState],
        "late": [("yes", _("Past its date"))],
        "round": [(row.code, row.name) for row in rounds],
        "judge": [(row.code, f"{row.code} {row.name}") for row in judges],
    }
    facets = [_facet(name, options[name], grouped, asked) for name in options]
    return [facet for facet in facets if facet["options"]]


def _facet(name, options, grouped, asked):
    chosen = asked.chosen[name]
    rows = [
        {
            "value": value,
            "label": label,
            "count": count_of(grouped, asked, but=name, **{name: value}),
            "selected": value in chosen,
        }
        for value, label in options
        if value in chosen or any(value in group[name] for group in grouped)
    ]
    return {"name": name, "title": TITLES[name], "options": rows}


def chips_of(facets, asked):
    chips = [
        {"name": facet["name"], "value": option["value"], "label": f"{facet['title']}: {option['label']}"}
        for facet in facets
        for option in facet["options"]
        if option["selected"]
    ]
    words = {"name": "q", "value": asked.query, "label": _("Words: %(words)s") % {"words": asked.query}}
    return [*chips, words] if asked.query else chips


@dataclass(frozen=True)
class Lacking:
    """A round's late judges, [(code, name, how many)], and entries with too few sheets, [(code, has, needs)]."""

    round: object
    signed: int
    total: int
    late: list
    short: list
    short_count: int


def lacking(competition, rounds):
    """What stands between each round and its last signature; two queries a round and one for all."""
    rows = sheets_of(competition).filter(~is_kept_apart()).exclude(state=SheetState.RECUSED).order_by()
    signed = Count("pk", filter=Q(state=SheetState.SIGNED))
    counted = rows.values_list("round").annotate(signed=signed, total=Count("pk"))
    counts = {pk: found for pk, *found in counted}
    return [_lacking(row, *counts.get(row.pk, (0, 0))) for row in rounds]


def _lacking(round_, signed, total):
    late = (
        Assignment.objects.filter(round=round_, entry__state__in=JUDGED_STATES)
        .annotate(is_late=IS_LATE)
        .filter(is_late=True)
        .order_by("judge__code")
        .values_list("judge__code", "judge__name")
        .annotate(Count("pk"))
    )
    needed = round_.judges_per_entry or 1
    standing = Count(
        "assignments",
        filter=Q(assignments__round=round_) & standing_states(path="assignments__"),
    )
    short = entries_of_round(round_).annotate(sheets=standing).filter(sheets__lt=needed).order_by("code")
    named = [(code, has, needed) for code, has in short.values_list("code", "sheets")]
    return Lacking(
        round=round_,
        signed=signed,
        total=total,
        late=list(late),
        short=named[:MOST_NAMED],
        short_count=len(named),
    )

"""Which entries a list's address asks for: filters with their counts, order, and the neighbours of one entry."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Count, Q, Value, When
from django.db.models.functions import Now

from competitions.states import EntryState

SORTS = {
    "code": ("code", "pk"),
    "newest": ("-submitted_at", "-pk"),
    "title": ("title", "pk"),
    "state": ("state", "code", "pk"),
}
SEALED_SORTS = ("code", "state")
SIZES = (25, 50, 100, 200)
SIZE = 50
NAMES = ("waiting", "state", "track", "flag", "by")
SEALED_NAMES = ("state", "track")
MINE = {"new", "corrected", "overdue"}  # what waits for the organiser
_returned = Q(state=EntryState.RETURNED)
_submitted = Q(state=EntryState.SUBMITTED)
WAITS = Case(
    When(_submitted & Q(correction_due__isnull=False), then=Value("corrected")),
    When(_submitted, then=Value("new")),
    When(_returned & Q(correction_due__lte=Now()), then=Value("overdue")),
    When(_returned, then=Value("out")),
    default=Value(""),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Asked:
    """chosen: {name of a filter: values}. Sealed entries are found by code, state and track alone."""

    chosen: dict
    query: str
    sort: str
    size: int
    sealed: bool = False

    @classmethod
    def of(cls, given, *, sealed):
        names = SEALED_NAMES if sealed else NAMES
        sorts = SEALED_SORTS if sealed else SORTS
        size = given.get("per", "")
        return cls(
            chosen={name: given.getlist(name)[:50] for name in names},
            query=given.get("q", "").strip()[:100],
            sort=given.get("sort") if given.get("sort") in sorts else "code",
            size=int(size) if size in map(str, SIZES) else SIZE,
            sealed=sealed,
        )

    def kept(self):
        """(name, value) of everything but the words, for the form that asks for other words."""
        filters = [(name, value) for name, values in self.chosen.items() for value in values]
        return [("sort", self.sort), ("per", self.size), *filters]


def handed_in(competition):
    """Every entry an organiser of the competition may see: never a draft."""
    return competition.entries.exclude(submitted_at=None)


def searched(rows, asked):
    if not asked.query:
        return rows
    wanted = Q(code__iexact=asked.query)
    if not asked.sealed:
        wanted |= Q(title__icontains=asked.query) | Q(team__icontains=asked.query)
    return rows.filter(wanted)


def found(rows, asked):
    """What the address asks for, in its order."""
    rows = searched(rows, asked).annotate(waits=WAITS)
    chosen = asked.chosen
    filters = {
        "state__in": chosen["state"],
        "track__code__in": chosen["track"],
        "flags__overlap": chosen.get("flag"),
        "decided_by__in": numbers(chosen.get("by", [])),
        "waits__in": waits_of(chosen.get("waiting", [])),
    }
    asked_for = {"decided_by__in": chosen.get("by"), "waits__in": chosen.get("waiting")}
    wanted = {name: values for name, values in filters.items() if values or asked_for.get(name)}
    return rows.filter(**wanted).order_by(*SORTS[asked.sort])


def waits_of(values):
    return [each for value in values for each in (sorted(MINE) if value == "me" else [value])]


def numbers(texts):
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]


def groups(rows, asked):
    """How many entries have the same state, track, flags, decider and wait: one query for all filters together."""
    rows = searched(rows, asked).order_by().annotate(waits=WAITS)
    columns = ("state", "track__code", "flags", "decided_by", "waits")
    return [
        {
            "state": {state},
            "track": {track},
            "flag": set(flags),
            "by": {str(by)},
            "waiting": {waits, "me"} if waits in MINE else {waits},
            "count": count,
        }
        for state, track, flags, by, waits, count in rows.values_list(*columns).annotate(Count("pk"))
    ]


def count_of(grouped, asked, *, but="", **also):
    """How many entries fit the chosen filters, without those of `but`; also: name of a filter = value they have too."""
    return sum(
        group["count"]
        for group in grouped
        if all(value in group[name] for name, value in also.items())
        and all(
            name == but or not values or group[name] & set(values) for name, values in asked.chosen.items()
        )
    )


def page_of_found(rows, asked, *, grouped, number):
    """A page of the list; how many there are is known already."""
    paginator = Paginator(found(rows, asked), asked.size)
    paginator.__dict__["count"] = count_of(grouped, asked)
    return paginator.get_page(number)


def neighbours(rows, entry, asked):
    """(id of the entry before, of the one after) in the same list; None at its ends. Two queries."""
    keys = SORTS[asked.sort]
    turned = [key[1:] if key.startswith("-") else f"-{key}" for key in keys]
    listed = found(rows, asked)
    return _first_after(listed.order_by(*turned), entry, turned), _first_after(listed, entry, keys)


def _first_after(rows, entry, keys):
    wanted, same = Q(), {}
    for key in keys:
        name = key.lstrip("-")
        value = getattr(entry, name)
        wanted |= Q(**same, **{f"{name}__{'lt' if key.startswith('-') else 'gt'}": value})
        same[name] = value
    return rows.filter(wanted).values_list("pk", flat=True).first()

"""The filters of the list of entries, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from competitions.states import EntryState
from competitions.views.organise.entry_list import count_of

WAITING = {
    "me": gettext_lazy("For me"),
    "corrected": gettext_lazy("Corrected, to be looked at again"),
    "out": gettext_lazy("For a correction"),
    "overdue": gettext_lazy("Correction overdue"),
}
FLAGS = {
    "similar": gettext_lazy("Like another text"),
    "prior_winner": gettext_lazy("Like a winner"),
    "same_file": gettext_lazy("Same file as another"),
    "eligibility": gettext_lazy("Limits of the call not met"),
    "files": gettext_lazy("Problem with a file"),
}
TITLES = {
    "waiting": pgettext_lazy("filter", "Waiting"),
    "state": gettext_lazy("State"),
    "track": gettext_lazy("Track"),
    "flag": gettext_lazy("To look at"),
    "by": gettext_lazy("Decided by"),
}


def flag_words(flags):
    """A flag without words here is shown as it is."""
    return [FLAGS.get(flag, flag) for flag in flags]


def facets_of(grouped, asked, *, tracks):
    """[{"name", "title", "options"}] for components/facets.html; what no entry has is left out, unless it is chosen."""
    options = {
        "waiting": WAITING.items(),
        "state": [(state.value, state.label) for state in EntryState],
        "track": [(track.code, track.name) for track in tracks],
        "flag": [(flag, flag_words([flag])[0]) for flag in _values(grouped, "flag", first=FLAGS)],
        "by": _deciders(grouped) if "by" in asked.chosen else [],
    }
    facets = [_facet(name, options[name], grouped, asked) for name in asked.chosen]
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
        if value in chosen or name == "track" or any(value in group[name] for group in grouped)
    ]
    return {"name": name, "title": TITLES[name], "options": rows}


def _values(grouped, name, *, first):
    found = {value for group in grouped for value in group[name]}
    return [*(value for value in first if value in found), *sorted(found - set(first))]


def _deciders(grouped):
    """One query, none while nobody decided."""
    pks = sorted({int(value) for group in grouped for value in group["by"] if value != "None"})
    people = User.objects.in_bulk(pks) if pks else {}
    return [(str(pk), str(people[pk])) for pk in pks]


def chips_of(facets, asked):
    chips = [
        {"name": facet["name"], "value": option["value"], "label": f"{facet['title']}: {option['label']}"}
        for facet in facets
        for option in facet["options"]
        if option["selected"]
    ]
    if asked.query:
        chips.append(
            {"name": "q", "value": asked.query, "label": _("Words: %(words)s") % {"words": asked.query}}
        )
    return chips

"""The filters beside a list: each value with its count and whether it is chosen."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casebook.content.choices import SENSITIVITIES, STAGES, TASK_TYPES
from casebook.models import PromptVersion, WorkField
from casebook.search.query import facet_counts

FACETS = {
    "": ("work_field",),
    "prompt": ("label", "work_field", "sensitivity", "task_type"),
    "case": ("work_field", "stage"),
}
TITLES = {
    "work_field": _("Work field"),
    "sensitivity": _("Sensitivity of the information"),
    "task_type": _("Task type"),
    "label": _("Opinion of the editors"),
    "stage": _("Stage"),
}
LABELS = {"sensitivity": SENSITIVITIES, "task_type": TASK_TYPES, "stage": STAGES}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    options: list[Option]


def facets_for(documents, *, kind, chosen):
    """The facets of the documents found, as filters for the next step. One query each, and one for names."""
    names = {field.code: str(field) for field in WorkField.objects.all()}
    return [_facet(documents, name, chosen[name], names) for name in FACETS[kind]]


def chips_for(facets):
    """The filters in force, each to be removed."""
    return [
        {"name": facet.name, "value": option.value, "label": f"{facet.title}: {option.label}"}
        for facet in facets
        for option in facet.options
        if option.selected
    ]


def _facet(documents, name, chosen, field_names):
    counts = dict(facet_counts(documents, name))
    counts |= {value: 0 for value in chosen if value not in counts}
    options = [
        Option(value, _label(name, value, field_names), number, value in chosen)
        for value, number in counts.items()
    ]
    return Facet(name, str(TITLES[name]), options)


def _label(name, value, field_names):
    if name == "work_field":
        return field_names.get(value, value)
    if name == "label":
        return str(dict(PromptVersion.Label.choices).get(value, value))
    label = LABELS[name].get(value)
    return gettext(label) if label else value

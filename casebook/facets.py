"""The filters beside a list: each value with its count and whether it is chosen."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casebook.content.choices import SENSITIVITIES, STAGES, TASK_TYPES
from casebook.models import WorkField
from casebook.search.query import facet_counts

FACETS = {
    "": ("work_field",),
    "prompt": ("work_field", "sensitivity", "task_type"),
    "case": ("work_field", "stage"),
}
TITLES = {
    "work_field": _("Work field"),
    "sensitivity": _("Sensitivity of the information"),
    "task_type": _("Task type"),
    "stage": _("Stage"),
}
LABELS = {"sensitivity": SENSITIVITIES, "task_type": TASK_TYPES, "stage": STAGES}


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    values: list[FacetValue]

    @property
    def chosen(self):
        return [value for value in self.values if value.chosen]


def facets_for(documents, *, kind, chosen):
    """The facets of the documents found, as filters for the next step. One query each, and one for names."""
    names = {field.code: str(field) for field in WorkField.objects.all()}
    return [_facet(documents, name, chosen[name], names) for name in FACETS[kind]]


def _facet(documents, name, chosen, field_names):
    counts = facet_counts(documents, name)
    if chosen and chosen not in dict(counts):
        counts.append((chosen, 0))
    values = [
        FacetValue(value, _label(name, value, field_names), number, value == chosen) for value, number in counts
    ]
    return Facet(name, str(TITLES[name]), values)


def _label(name, value, field_names):
    if name == "work_field":
        return field_names.get(value, value)
    label = LABELS[name].get(value)
    return gettext(label) if label else value

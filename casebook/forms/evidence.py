"""The form of a test case, and what every form asks about personal data. Runs: casebook/forms/runs.py."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.evidence.assertions import ASSERTIONS, clean_assertions
from casebook.evidence.texts import personal_kinds
from casebook.filling.form import YES_NO

ROWS, MOST_ROWS = 6, 30
LONGEST_INPUT = 200_000


class MadeUpForm(forms.Form):
    """Refuses identity numbers; for other personal data it asks once whether it is made up."""

    seen = forms.BooleanField(
        label=gettext_lazy("I have checked: made up, or meant for the public"), required=False
    )

    def clean(self):
        values = super().clean()
        others = []
        for name in self.personal_fields():
            blocking, warning = personal_kinds(str(values.get(name) or ""))
            others += warning
            if blocking:
                self.add_error(name, _refusal(blocking))
        if others and not values.get("seen"):
            kinds = ", ".join(dict.fromkeys(others))
            self.add_error(
                "seen",
                _(
                    "This looks like personal data: %(kinds)s. Replace it, or confirm below that you checked it."
                )
                % {"kinds": kinds},
            )
        if not others:
            del self.fields["seen"]
        return values

    def personal_fields(self):
        raise NotImplementedError


def _refusal(kinds):
    return _("There is personal data in it that may not be stored here: %(kinds)s. Use made-up values.") % {
        "kinds": ", ".join(kinds)
    }


class TestForm(MadeUpForm):
    """A test case. variables: the blanks to fill. `cleaned_data["test"]` is what the actions take."""

    __test__ = False  # no test of pytest
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    expected = forms.CharField(
        label=gettext_lazy("Expected answer"),
        help_text=gettext_lazy("For the person who judges. It is compared by eye, not word by word."),
        required=False,
        max_length=LONGEST_INPUT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    judgement = forms.CharField(
        label=gettext_lazy("Question for the person who judges"),
        help_text=gettext_lazy("Such as: Is the tone polite, and is nothing promised?"),
        required=False,
        max_length=300,
    )

    def __init__(self, data=None, *, variables, test=None):
        self.variables = variables
        kept = test.assertions if test else []
        super().__init__(data, initial=_initial(test, kept, variables))
        if not self.is_bound:
            del self.fields["seen"]
        for index, variable in enumerate(variables):
            self.fields[f"input-{index}"] = _input(variable, self.initial.get(f"input-{index}"))
        self.rows = _row_count(data, kept)
        for row in range(self.rows):
            self._add_row(row)

    def _add_row(self, row):
        kinds = [("", _("No check")), *((kind, _(each.label)) for kind, each in ASSERTIONS.items())]
        label = _("Check %(number)s") % {"number": row + 1}
        self.fields[f"kind-{row}"] = forms.ChoiceField(label=label, choices=kinds, required=False)
        self.fields[f"value-{row}"] = forms.CharField(
            label=_("What is looked for %(number)s") % {"number": row + 1},
            required=False,
            widget=forms.Textarea(attrs={"rows": 1}),
        )

    def inputs(self):
        return [self[f"input-{index}"] for index in range(len(self.variables))]

    def checks(self):
        """[(kind, value)] of bound fields."""
        return [(self[f"kind-{row}"], self[f"value-{row}"]) for row in range(self.rows)]

    def personal_fields(self):
        return ["name", "expected", "judgement", *(f"input-{index}" for index in range(len(self.variables)))]

    def clean(self):
        values = super().clean()
        rows = [row for row in range(self.rows) if values.get(f"kind-{row}")]
        given = [{"kind": values[f"kind-{row}"], "value": values.get(f"value-{row}", "")} for row in rows]
        assertions, wrong = clean_assertions(given)
        for index, problem in wrong:
            self.add_error(f"value-{rows[index]}", _(problem))
        self._refuse_lone_values(values)
        values["test"] = {
            "name": values.get("name", ""),
            "inputs": {each["key"]: _text(values.get(f"input-{i}")) for i, each in enumerate(self.variables)},
            "assertions": assertions,
            "expected": values.get("expected", ""),
            "judgement": values.get("judgement", ""),
        }
        return values

    def _refuse_lone_values(self, values):
        for row in range(self.rows):
            if values.get(f"value-{row}") and not values.get(f"kind-{row}"):
                self.add_error(f"kind-{row}", _("Choose what is checked."))


def _row_count(data, kept):
    sent = [int(name[5:]) for name in data or () if re.fullmatch(r"kind-[0-9]{1,2}", name)]
    return min(max([ROWS, len(kept) + 2, *(number + 1 for number in sent)]), max(MOST_ROWS, len(kept)))


def _initial(test, kept, variables):
    if test is None:
        return {}
    values = {"name": test.name, "expected": test.expected, "judgement": test.judgement}
    for index, variable in enumerate(variables):
        text = test.inputs.get(variable["key"], "")
        many = variable["type"] == "multiselect"
        values[f"input-{index}"] = [part.strip() for part in text.split(",")] if many else text
    for row, each in enumerate(kept):
        values |= {f"kind-{row}": each["kind"], f"value-{row}": each["value"]}
    return values


def _input(variable, value):
    """A field for one blank, never required: leaving blanks open may be what is tested."""
    options = variable["options"] if variable["type"] in {"select", "multiselect"} else []
    options = list(YES_NO[""] if variable["type"] == "bool" else options)
    if options:
        # What a test case says stays, also when the prompt no longer offers it.
        options += [each for each in _listed(value) if each not in options]
    common = {"label": variable["label"] or variable["key"], "required": False, "help_text": variable["help"]}
    choices = [(option, option) for option in options]
    if variable["type"] == "multiselect" and options:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if options:
        return forms.ChoiceField(choices=[("", _("Nothing")), *choices], **common)
    long = variable["type"] == "longtext"
    widget = forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput()
    return forms.CharField(max_length=LONGEST_INPUT, widget=widget, **common)


def _text(value):
    return ", ".join(value) if isinstance(value, list) else value or ""


def _listed(value):
    return value if isinstance(value, list) else [value] if value else []

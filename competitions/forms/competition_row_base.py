"""What every row of a call's form can do: be left empty, moved, taken out and put back; a code left empty is numbered.

A row keeps its number for as long as the form is open, wherever it is moved; others name it by that number.
"""

from itertools import count

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.forms.competition_fields import LineField, longest
from competitions.models import Track

MOST_ROWS = 30
BOOKKEEPING = {"ORDER", "DELETE"}


class CodeField(LineField):
    def __init__(self):
        super().__init__(label=_("Code"), max_length=longest(Track, "code"), required=False)
        self.widget.attrs["placeholder"] = _("automatic")


class BareRow(forms.Form):
    """tracks, rounds: choices [(number of the row, its name)] for rows that name others."""

    def __init__(self, *args, tracks=(), rounds=(), **options):
        super().__init__(*args, **options)
        self.tracks, self.rounds = list(tracks), list(rounds)

    def has_changed(self):
        """Whether something is written; moving an empty row writes nothing."""
        return bool(set(self.changed_data) - BOOKKEEPING)

    @property
    def is_removed(self):
        return bool(self["DELETE"].value()) if "DELETE" in self.fields else False

    @property
    def fields_shown(self):
        return [field for field in self.visible_fields() if field.name not in BOOKKEEPING]

    @property
    def shown_name(self):
        """What the row is called, to tell it from others."""
        first = next((name for name in ("name", "title", "question") if name in self.fields), None)
        return (self[first].value() or "") if first else ""


class RowForm(BareRow):
    code = CodeField()
    name = LineField(label=_("Name"), max_length=longest(Track, "name"))

    def clean(self):
        cleaned = super().clean()
        for name in ("max", "weight"):
            if cleaned.get(name) is not None and cleaned[name] <= 0:
                self.add_error(name, _("Write a number above 0."))
        return cleaned


class Rows(forms.BaseFormSet):
    letter = ""
    key = "code"  # the field that tells rows apart; "" = none does
    minimum = 0
    too_few = ""
    ordering_widget = deletion_widget = forms.HiddenInput

    def in_order(self):
        """The forms as they stand on the page."""
        return sorted(self.forms, key=lambda form: (self._place(form), self.forms.index(form)))

    def _place(self, form):
        place = str(form["ORDER"].value() or "")
        return int(place[:6]) if place.isdecimal() else self.forms.index(form) + 1

    def filled(self):
        """Return (row number, cleaned values with a code), in order, of the rows that say something and are right."""
        numbered = [
            (self.forms.index(form) + 1, form)
            for form in self.in_order()
            if self._is_filled(form) and not form.errors
        ]
        if not self.key:
            return [(number, form.cleaned_data) for number, form in numbered]
        free = self._free_codes({form.cleaned_data.get(self.key) for _number, form in numbered})
        return [
            (number, form.cleaned_data | {self.key: form.cleaned_data.get(self.key) or next(free)})
            for number, form in numbered
        ]

    def standing(self):
        """The forms that are not taken out."""
        return [form for form in self.forms if not form.is_removed]

    def named(self):
        """Return [(row number, its name)] for the rows that name these."""
        return [(str(number), form.shown_name) for number, form in enumerate(self.forms, start=1)]

    def _is_filled(self, form):
        # An added row that nobody touched has no cleaned values.
        return bool(getattr(form, "cleaned_data", None)) and not form.is_removed

    def _free_codes(self, taken):
        return (code for code in (f"{self.letter}{number}" for number in count(1)) if code not in taken)

    def clean(self):
        codes = set()
        filled = [form for form in self.forms if self._is_filled(form)]
        for form in filled if self.key else ():
            code = form.cleaned_data.get(self.key)
            if code and code in codes:
                form.add_error(self.key, _("Another row has this code. Give each row a code of its own."))
            codes.add(code)
        if len(filled) < self.minimum and not any(self.errors):
            raise forms.ValidationError(self.too_few)


def rows(form, *, letter="", key="code", extra=0, minimum=0, too_few="", most=MOST_ROWS):
    """extra: empty rows to begin with where there is no row yet."""
    values = {"letter": letter, "key": key, "minimum": minimum, "too_few": too_few, "begin_with": extra}
    base = type(f"{form.__name__}s", (Rows,), values)
    return forms.formset_factory(
        form, formset=base, extra=0, absolute_max=most, max_num=most, can_delete=True, can_order=True
    )

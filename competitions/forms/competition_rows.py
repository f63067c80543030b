"""Rows of a competition's form. Empty rows are left out; a code left empty is numbered."""

from itertools import count

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.forms.competition import LineField, longest
from competitions.models import AwardTier, Criterion, Round, Track

MOST_ROWS = 30
MOST_ROUNDS = 6


class CodeField(LineField):
    def __init__(self):
        super().__init__(label=_("Code"), max_length=longest(Track, "code"), required=False)
        self.widget.attrs["placeholder"] = _("automatic")


def points_field(label, **options):
    return forms.DecimalField(
        label=label,
        max_digits=15,
        decimal_places=6,
        error_messages={"invalid": _("Write a number such as 40 or 12.5.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **options,
    )


class RowForm(forms.Form):
    code = CodeField()
    name = LineField(label=_("Name"), max_length=longest(Track, "name"))

    def clean(self):
        cleaned = super().clean()
        for name in ("max", "weight"):
            if cleaned.get(name) is not None and cleaned[name] <= 0:
                self.add_error(name, _("Write a number above 0."))
        return cleaned


class TrackRow(RowForm):
    pass


class RoundRow(RowForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Round.Kind.choices, initial=Round.Kind.WRITTEN)
    weight = points_field(_("Weight"), initial=100)


class CriterionRow(RowForm):
    round = forms.TypedChoiceField(
        label=_("Round"), coerce=int, initial=1, choices=[(n, str(n)) for n in range(1, MOST_ROUNDS + 1)]
    )
    max = points_field(_("Points"))
    weight = points_field(_("Weight"), initial=1)
    required = forms.BooleanField(label=_("Must be scored"), initial=True, required=False)
    description = LineField(
        label=_("What is looked at"), max_length=longest(Criterion, "description"), required=False
    )


class AwardRow(RowForm):
    count = forms.IntegerField(label=_("Winners"), initial=1, min_value=1, max_value=1000)
    prize = LineField(label=_("Prize"), max_length=longest(AwardTier, "prize"), required=False)


class Rows(forms.BaseFormSet):
    letter = ""
    minimum = 0
    too_few = ""

    def filled(self):
        """Return (row number as shown, cleaned values with a code) of the rows that say something."""
        numbered = [
            (number, form) for number, form in enumerate(self.forms, start=1) if self._is_filled(form)
        ]
        free = self._free_codes({form.cleaned_data.get("code") for _number, form in numbered})
        return [
            (number, form.cleaned_data | {"code": form.cleaned_data.get("code") or next(free)})
            for number, form in numbered
        ]

    def _is_filled(self, form):
        # An added row that nobody touched has no cleaned values.
        values = getattr(form, "cleaned_data", None)
        return bool(values) and not values.get("DELETE")

    def _free_codes(self, taken):
        return (code for code in (f"{self.letter}{number}" for number in count(1)) if code not in taken)

    def clean(self):
        codes = set()
        filled = [form for form in self.forms if self._is_filled(form)]
        for form in filled:
            code = form.cleaned_data.get("code")
            if code and code in codes:
                form.add_error("code", _("Another row has this code. Give each row a code of its own."))
            codes.add(code)
        if len(filled) < self.minimum and not any(self.errors):
            raise forms.ValidationError(self.too_few)


def rows(form, *, letter, extra, minimum=0, too_few="", most=MOST_ROWS):
    base = type(f"{form.__name__}s", (Rows,), {"letter": letter, "minimum": minimum, "too_few": too_few})
    return forms.formset_factory(
        form, formset=base, extra=extra, absolute_max=most, max_num=most, can_delete=True
    )


TrackRows = rows(TrackRow, letter="t", extra=3, minimum=1, too_few=_("Write at least one track."))
RoundRows = rows(
    RoundRow,
    letter="r",
    extra=1,
    minimum=1,
    too_few=_("Write at least one round of judging."),
    most=MOST_ROUNDS,
)
CriterionRows = rows(CriterionRow, letter="c", extra=4, minimum=1, too_few=_("Write at least one criterion."))
AwardRows = rows(AwardRow, letter="a", extra=3)

ROW_SETS = {"tracks": TrackRows, "rounds": RoundRows, "criteria": CriterionRows, "awards": AwardRows}

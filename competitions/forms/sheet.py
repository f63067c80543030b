"""The score sheet as a form: two fields for each criterion of the round."""

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.content.text import normal_text
from competitions.actions.judging.sheets import Given
from competitions.results import points_text


class PointsField(forms.DecimalField):
    """Points from 0 to the criterion's highest score; empty means not scored.

    A text input: a browser throws away what it cannot read in a number input.
    """

    def __init__(self, criterion, **options):
        self.most_text = points_text(criterion.max_points)
        sentence = _("Enter a number from 0 to %(most)s.") % {"most": self.most_text}
        super().__init__(
            label=criterion.name,
            required=False,
            min_value=0,
            max_value=criterion.max_points,
            max_digits=9,
            decimal_places=4,
            widget=forms.TextInput(
                attrs={
                    "inputmode": "decimal",
                    "autocomplete": "off",
                    "maxlength": 20,
                    "data-points": self.most_text,
                }
            ),
            error_messages={"invalid": sentence, "min_value": sentence, "max_value": sentence},
            **options,
        )


class CommentField(forms.CharField):
    def __init__(self, criterion, **options):
        super().__init__(
            label=_("Comment on “%(criterion)s”") % {"criterion": criterion.name},
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
            **options,
        )

    def clean(self, value):
        return normal_text(super().clean(value))


class SheetForm(forms.Form):
    """Bound or not. `seen_at` tells which save of the sheet the page was opened from."""

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, sheet, criteria, for_signing=False):
        self.criteria, self.for_signing = criteria, for_signing
        super().__init__(data, initial=self._initial(sheet))
        for criterion in criteria:
            self.fields[f"points_{criterion.pk}"] = PointsField(criterion)
            self.fields[f"comment_{criterion.pk}"] = CommentField(criterion)

    def _initial(self, sheet):
        values = {"seen_at": stamp(sheet.saved_at)}
        for score in sheet.scores.all():
            values[f"points_{score.criterion_id}"] = points_text(score.points)
            values[f"comment_{score.criterion_id}"] = score.comment
        return values

    def clean_seen_at(self):
        return moment(self.cleaned_data["seen_at"])

    def clean(self):
        for criterion in self.criteria if self.for_signing else ():
            name = f"points_{criterion.pk}"
            if criterion.required and name not in self.errors and self.cleaned_data.get(name) is None:
                self.add_error(name, _("Give points here before you sign."))
        return self.cleaned_data

    @property
    def marks(self):
        return {
            criterion.pk: Given(
                self.cleaned_data[f"points_{criterion.pk}"], self.cleaned_data[f"comment_{criterion.pk}"]
            )
            for criterion in self.criteria
        }

    @property
    def rows(self):
        return [(c, self[f"points_{c.pk}"], self[f"comment_{c.pk}"]) for c in self.criteria]

    def show_as_saved_at(self, saved_at):
        """Let the next save of this page replace what another window saved."""
        self.data = self.data.copy()
        self.data["seen_at"] = stamp(saved_at)


class RecusalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why you step aside"),
        help_text=gettext_lazy(
            "For example: the entrant works in your department, or is a relative. The organiser reads it."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def stamp(saved_at):
    return saved_at.isoformat() if saved_at else ""


def moment(text):
    """Return the stamp's moment; None when nothing was saved, or it is no stamp."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and is_aware(found) else None

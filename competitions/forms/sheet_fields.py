"""The fields of a score sheet."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.content.text import normal_text
from competitions.models import Assignment
from competitions.results import points_text

WHO_READS = {
    "committee": (
        gettext_lazy("For the committee"),
        gettext_lazy("The organiser reads it, and the other judges when they decide together. It is signed."),
    ),
    "entrant": (
        gettext_lazy("For the entrant"),
        gettext_lazy(
            "Whoever entered may read it once the organiser releases it, without your name. It is signed."
        ),
    ),
    "private": (
        gettext_lazy("For yourself"),
        gettext_lazy("Nobody else ever reads it, not the organiser either. It is not signed."),
    ),
}


class PointsField(forms.DecimalField):
    """Points from 0 to the criterion's highest score; empty means not scored.

    A text input: a browser throws away what it cannot read in a number input.
    """

    def __init__(self, criterion, **options):
        self.most_text = points_text(criterion.max_points)
        sentence = _("Enter a number from 0 to %(most)s.") % {"most": self.most_text}
        attributes = {
            "inputmode": "decimal",
            "autocomplete": "off",
            "maxlength": 20,
            "data-points": self.most_text,
            "data-weight": points_text(criterion.weight),
        }
        if criterion.required:
            attributes["data-required"] = ""
        super().__init__(
            label=criterion.name,
            required=False,
            min_value=0,
            max_value=criterion.max_points,
            max_digits=9,
            decimal_places=4,
            widget=forms.TextInput(attrs=attributes),
            error_messages={"invalid": sentence, "min_value": sentence, "max_value": sentence},
            **options,
        )


class LevelField(forms.ChoiceField):
    """What a number of points stands for, best first; choosing one gives its points."""

    def __init__(self, criterion, **options):
        levels = [(points_text(Decimal(str(each["points"]))), each["text"]) for each in criterion.levels]
        super().__init__(
            label=_("Levels of “%(criterion)s”") % {"criterion": criterion.name},
            required=False,
            choices=levels,
            widget=forms.RadioSelect(attrs={"data-level": ""}),
            **options,
        )

    def clean(self, value):
        """A level that is no longer one says nothing: points are typed beside it."""
        return value if value in dict(self.choices) else ""


class TextField(forms.CharField):
    """Several lines of plain text, composed and without blanks around."""

    widget = forms.Textarea

    def clean(self, value):
        return normal_text(super().clean(value))


class CommentField(TextField):
    def __init__(self, criterion, **options):
        super().__init__(
            label=_("Comment on “%(criterion)s”") % {"criterion": criterion.name},
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
            **options,
        )


class WholeCommentField(TextField):
    def __init__(self, name, **options):
        label, help_text = WHO_READS[name]
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            max_length=Assignment._meta.get_field(f"comment_{name}").max_length,
            widget=forms.Textarea(attrs={"rows": 3}),
            **options,
        )

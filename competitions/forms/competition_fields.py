"""Fields of a call's form: what browsers and keyboards send, made what the records hold."""

import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from competitions.contest_files.words import LONGEST_TITLE, has_control_characters, one_line

SEOUL = ZoneInfo("Asia/Seoul")
EARLIEST = datetime(2000, 1, 1, tzinfo=SEOUL)
LATEST = datetime(2100, 1, 1, tzinfo=SEOUL)
MOST_LINES = 2000
CONTROL_CHARACTERS = _("The text holds control characters. Retype or remove them.")


def longest(model, field):
    return model._meta.get_field(field).max_length


class MomentField(forms.DateTimeField):
    """A date and time in Korean time, as browsers send it from a date and time input."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options):
        validators = [
            MinValueValidator(EARLIEST, _("Choose a date after the year 2000.")),
            MaxValueValidator(LATEST, _("Choose a date before the year 2100.")),
        ]
        super().__init__(validators=validators, **options)


class LineField(forms.CharField):
    """One line of text, in composed Hangul whatever the keyboard sent."""

    def to_python(self, value):
        return unicodedata.normalize("NFC", super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if has_control_characters(value):
            raise forms.ValidationError(CONTROL_CHARACTERS)


class AddressField(forms.SlugField):
    default_error_messages = {"invalid": _("Use letters (Hangul too), digits, hyphens and underscores.")}

    def to_python(self, value):
        return unicodedata.normalize("NFC", super().to_python(value))


class LongText(forms.CharField):
    """Text of several lines; counted with line breaks as one sign, and never cut off by the browser."""

    too_long = _("The text has %(length)s characters; at most %(most)s are taken. Shorten it.")

    def __init__(self, *, most, rows, **options):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)
        self.most = most

    def to_python(self, value):
        text = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", text)

    def validate(self, value):
        super().validate(value)
        if has_control_characters(value):
            raise forms.ValidationError(CONTROL_CHARACTERS)
        if len(value) > self.most:
            params = {"length": f"{len(value):,}", "most": f"{self.most:,}"}
            raise forms.ValidationError(self.too_long, params=params)


class LinesField(LongText):
    """A list of short texts, one on each line, each once."""

    def __init__(self, *, rows=3, **options):
        super().__init__(most=MOST_LINES * LONGEST_TITLE, rows=rows, required=False, **options)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value):
        lines = dict.fromkeys(filter(None, map(one_line, super().clean(value).split("\n"))))
        long = next((line for line in lines if len(line) > LONGEST_TITLE), None)
        if long:
            raise forms.ValidationError(
                _("A line has more than %(most)s characters: “%(line)s…”. Shorten it."),
                params={"most": LONGEST_TITLE, "line": long[:20]},
            )
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                _("There are more than %(most)s lines. Take some out."), params={"most": f"{MOST_LINES:,}"}
            )
        return tuple(lines)

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), self.prepare_value(data))


class ManyField(forms.MultipleChoiceField):
    """Boxes to tick."""

    def __init__(self, **options):
        super().__init__(widget=forms.CheckboxSelectMultiple, required=False, **options)


def whole_field(label, *, least=0, most=999_999, **options):
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


def points_field(label, **options):
    return forms.DecimalField(
        label=label,
        max_digits=15,
        decimal_places=6,
        error_messages={"invalid": _("Write a number such as 40 or 12.5.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **options,
    )

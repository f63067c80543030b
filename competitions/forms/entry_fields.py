"""The fields of an entry's form. A name is the content's path with "-" for ".", so a problem finds its field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casebook.content.choices import METHODS
from casebook.content.text import normal_text

SHORT_ROWS, LONG_ROWS = 4, 10


class WrittenText(forms.CharField):
    """Text as it was typed; what is too long, wrong or missing is said when the content is checked.

    needed: marked as required, since a submission needs it; a draft may leave it out.
    """

    def __init__(self, label, *, help_text="", rows=0, number=False, needed=False):
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        if number:
            widget.attrs |= {"inputmode": "decimal", "class": "number"}
        super().__init__(label=label, help_text=help_text, widget=widget, required=needed, strip=False)

    def validate(self, value):
        """Nothing is refused here."""

    def to_python(self, value):
        return normal_text(super().to_python(value))


def prompt_fields():
    return {
        "title": WrittenText(_("Name of the prompt"), needed=True),
        "system": WrittenText(
            _("Instruction (system message)"),
            help_text=_("Role and rules that hold throughout the conversation. May stay empty."),
            rows=SHORT_ROWS,
        ),
        "user": WrittenText(
            _("Prompt"),
            help_text=_(
                "Write what changes each time as a named blank in double braces, such as {{민원요지}}. "
                "Enter no personal information."
            ),
            rows=LONG_ROWS,
            needed=True,
        ),
    }


def case_fields():
    return {
        "title": WrittenText(_("Title of the entry"), needed=True),
        "summary": WrittenText(
            _("In one line"), help_text=_("What it does and what it saves, in one sentence."), needed=True
        ),
        "problem": WrittenText(_("What was difficult"), rows=SHORT_ROWS, needed=True),
        "approach": WrittenText(_("How the prompt is used"), rows=SHORT_ROWS, needed=True),
    }


def task_fields():
    return {
        "task": WrittenText(_("Task")),
        "before": WrittenText(_("Before"), rows=2),
        "after": WrittenText(_("After"), rows=2),
    }


def effect_fields():
    return {
        "minutes_before": WrittenText(_("Minutes before, for one case"), number=True),
        "minutes_after": WrittenText(_("Minutes after, for one case"), number=True),
        "review_minutes": WrittenText(_("Minutes to check the answer"), number=True),
        "cases_per_month": WrittenText(_("Cases a month"), number=True),
        "adoption_rate": WrittenText(
            _("Share of the cases done this way"), help_text=_("A percentage, such as 80%."), number=True
        ),
        "n": WrittenText(_("Number of measurements"), number=True),
        "method": forms.ChoiceField(
            label=_("How it was found out"),
            choices=[("", _("Not stated")), *[(code, _(label)) for code, label in METHODS.items()]],
            required=False,
        ),
        "period": WrittenText(_("Period"), help_text=_("When it was measured, such as March to May 2026.")),
    }


def consent_fields():
    return {
        "entry-privacy": forms.BooleanField(
            label=_("I agree to the collection and use of my personal information."), required=False
        ),
        "entry-pledge": forms.BooleanField(label=_("I make the pledge of integrity."), required=False),
        "entry-licence": forms.BooleanField(
            label=_("I agree to the licence under which an awarded entry is published."), required=False
        ),
    }

"""Reporting a candidate, and answering a report."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.models import CandidateReport

LONGEST_ANSWER = CandidateReport._meta.get_field("answer").max_length


class SeveralFiles(forms.FileField):
    """Several uploads of one field, as a list; what is inside is looked at when the report is kept."""

    def __init__(self, **fields):
        widget = forms.ClearableFileInput()
        widget.allow_multiple_selected = True
        widget.attrs["multiple"] = True
        super().__init__(widget=widget, **fields)

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFiles, self).clean(file, initial) for file in files if file]


class ReportForm(forms.Form):
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    entry = forms.TypedChoiceField(
        label=_("Candidate"), coerce=int, error_messages={"required": _("Choose a candidate.")}
    )
    kind = forms.ChoiceField(
        label=_("What you report"),
        choices=CandidateReport.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you report.")},
    )
    text = forms.CharField(
        label=_("What happened, and how you know"),
        max_length=CandidateReport._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Name addresses or documents where it can be checked. Write no identity numbers."),
        error_messages={"required": _("Write what happened, and how you know.")},
    )
    evidence = SeveralFiles(
        label=_("Files that show it"),
        required=False,
        help_text=_("At most 3 files of 20 MB each. Only the organiser sees them."),
    )

    def __init__(self, data=None, files=None, *, candidates, chosen=None):
        """candidates: rows of views/results/candidates.py; chosen: the code of one."""
        keys = {row.code: row.pk for row in candidates}
        super().__init__(data, files, initial={"idempotency_key": uuid4(), "entry": keys.get(chosen)})
        self.fields["entry"].choices = [("", "")] + [
            (row.pk, f"{row.code} {row.title}") for row in candidates
        ]


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What was found"),
        choices=CandidateReport.Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the report was found true.")},
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who reported it reads this."),
        error_messages={"required": _("Write what you found; who reported it is told.")},
    )

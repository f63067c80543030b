"""Assigning entries: how many judges each gets, who hands over, and a table of pairs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.assigning.automatic import MOST_WANTED
from competitions.actions.committee.members import LEFT_REASON_MAX_LENGTH
from competitions.forms.screening import TableFileForm


class WantedForm(forms.Form):
    """Judges per entry, unless the round declares the number."""

    wanted = forms.IntegerField(
        label=_("Judges per entry"),
        min_value=1,
        max_value=MOST_WANTED,
        help_text=_("At least two, so that strict and lenient judges can be told apart."),
    )
    sha256 = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, round_, **kwargs):
        super().__init__(*args, **kwargs)
        self.declared = round_.judges_per_entry
        if self.declared:
            self.fields["wanted"].required = False

    def clean_wanted(self):
        return self.declared or self.cleaned_data["wanted"]


class HandOverForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the member leaves"),
        max_length=LEFT_REASON_MAX_LENGTH,
        help_text=_("Kept on record and told to the member."),
    )


class AssignmentsFileForm(TableFileForm):
    only_look = forms.BooleanField(
        label=_("Only look through the file; change nothing yet"), required=False, initial=True
    )

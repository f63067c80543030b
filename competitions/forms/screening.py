from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.screening.decisions import REASON_MAX_LENGTH

MOST_BYTES = 10 * 1024 * 1024


class DisqualifyForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The entrant will read it. Name the rule of the call that is not met."),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write why the entry is disqualified; its entrant has a right to know.")
        },
    )


class TableFileForm(forms.Form):
    """A CSV or XLSX file; what is inside is judged by reading it, never by its name."""

    file = forms.FileField(
        label=_("File (CSV or XLSX)"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Split it."))
        return file

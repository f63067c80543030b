from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.forms.screening import TableFileForm
from competitions.states import EntryState

MOST_ARCHIVE = 300 * 1024 * 1024


class ImportEntriesForm(TableFileForm):
    """A table, perhaps the files its rows name, and what becomes of the entries."""

    archive = forms.FileField(
        label=_("Files of the entries (ZIP)"),
        help_text=_("Only when rows name files. Up to 300 MB; bring in more in parts."),
        required=False,
    )
    state = forms.ChoiceField(
        label=_("What becomes of the entries"),
        choices=[
            (EntryState.ACCEPTED.value, _("Accepted: they were screened on paper")),
            (EntryState.SUBMITTED.value, _("Submitted: they are screened here")),
        ],
        initial=EntryState.ACCEPTED.value,
        widget=forms.RadioSelect,
    )

    def clean_archive(self):
        archive = self.cleaned_data["archive"]
        if archive and archive.size > MOST_ARCHIVE:
            raise forms.ValidationError(
                _("The archive is larger than 300 MB. Split it, and the table with it.")
            )
        return archive

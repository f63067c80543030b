from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.contest_files.yaml_nodes import LARGEST_BYTES


class CallFileForm(forms.Form):
    """A competition file; what is inside is judged by reading it, never by its name."""

    file = forms.FileField(
        label=_("Competition file (YAML)"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Check that it is the right file."))
        return file

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casebook.exports import FORMATS
from casebook.imports.mapping import parse_mapping
from casebook.imports.problems import ImportRefused

UPLOAD_LIMIT = 50 * 1024 * 1024
ENDINGS = ["json", "csv", "tsv", "txt", "xlsx", "prompty", "yml", "yaml", "prompt", "md", "zip"]


class ExportForm(forms.Form):
    format = forms.ChoiceField(label=_("Format"), widget=forms.RadioSelect, initial="json")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(name, gettext(each.label)) for name, each in FORMATS.items()]


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A casebook exported from such a site (JSON), a table with one prompt or case a row (CSV, XLSX, JSON "
            "list), or prompts of other tools: .prompty, .prompt.yml, .prompt, Langfuse, Open WebUI, LibreChat, "
            "MCP, Markdown, or a zip of such files. At most 50 MB."
        ),
        validators=[FileExtensionValidator(ENDINGS)],
    )
    kind = forms.ChoiceField(
        label=_("What the rows are, where the table does not say"),
        choices=[("prompt", _("Prompts")), ("case", _("Cases"))],
        initial="prompt",
    )
    mapping = forms.CharField(
        label=_("Other column names"),
        help_text=_("Only when the table's headers are not ours. For example: title=act,user=prompt"),
        required=False,
        max_length=1000,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_LIMIT:
            raise forms.ValidationError(_("The file is larger than 50 MB. Split it."))
        return file

    def clean_mapping(self):
        text = self.cleaned_data["mapping"]
        try:
            parse_mapping(text)
        except ImportRefused as refusal:
            raise forms.ValidationError([problem.text(gettext) for problem in refusal.problems]) from refusal
        return text


class PreviewForm(forms.Form):
    publish = forms.BooleanField(
        label=_("Publish at once"),
        help_text=_("I have read the contents and vouch for them as an editor."),
        required=False,
    )

"""The form of a version's label."""

from urllib.parse import unquote

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.models import Prompt, PromptVersion


class LabelForm(forms.Form):
    label = forms.ChoiceField(
        label=gettext_lazy("Label of a version"),
        choices=[("", gettext_lazy("Reviewed, without a label")), *PromptVersion.Label.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Needed when it is no longer recommended."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    replacement = forms.CharField(
        label=gettext_lazy("Prompt to use instead"),
        help_text=gettext_lazy("Choose one of the same work field, or paste the address of its page."),
        required=False,
        max_length=1_000,
        widget=forms.TextInput(attrs={"list": "replacements", "autocomplete": "off"}),
    )

    def __init__(self, data=None, *, version):
        replaced = version.replacement.slug if version.replacement else ""
        super().__init__(data, initial={"label": version.label, "replacement": replaced})

    def clean_replacement(self):
        """The prompt meant by its short name or its whole address."""
        given = unquote(self.cleaned_data["replacement"]).rstrip("/").rpartition("/")[2]
        if not given:
            return None
        prompt = Prompt.objects.filter(slug=given).first()
        if prompt is None:
            raise forms.ValidationError(_("There is no prompt with this address."))
        return prompt

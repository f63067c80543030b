"""The form of a model service. It asks for the name of the key's variable, never for the key."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.evidence.runner import KEY_VARIABLE
from casebook.forms.addresses import check_address
from casebook.forms.tool import CHANNEL_CHOICES
from casebook.models import ModelEndpoint


class EndpointForm(forms.ModelForm):
    channel = forms.ChoiceField(
        label=gettext_lazy("Where it runs"),
        widget=forms.RadioSelect,
        choices=CHANNEL_CHOICES,
        initial="agency_ai",
        help_text=gettext_lazy("Public services are never called from here."),
    )
    base_url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=300,
        help_text=gettext_lazy(
            "What stands before /chat/completions, such as https://ai.example.go.kr/v1. "
            "Plain http only inside your own network."
        ),
    )

    class Meta:
        model = ModelEndpoint
        fields = ["name", "base_url", "model", "channel", "key_variable", "is_enabled"]
        help_texts = {
            "model": gettext_lazy("As the service calls it."),
            "key_variable": gettext_lazy(
                "Its name begins with CASEBOOK_KEY_. The key itself stays in the environment of the worker and is "
                "never stored or shown. Leave it empty for a service without a key."
            ),
        }

    def clean_base_url(self):
        address = self.cleaned_data["base_url"].strip()
        check_address(address)
        if "?" in address or "#" in address:
            raise forms.ValidationError(_("Leave out the question mark, the number sign and what follows."))
        return address.removesuffix("/chat/completions").rstrip("/")

    def clean_channel(self):
        channel = self.cleaned_data["channel"]
        if channel == "public_ai":
            raise forms.ValidationError(
                _(
                    "Official data is never sent to a public service from here. Paste such answers by hand instead."
                )
            )
        return channel

    def clean_key_variable(self):
        name = self.cleaned_data["key_variable"].strip()
        if name and not KEY_VARIABLE.fullmatch(name):
            raise forms.ValidationError(
                _("Write the name of a variable such as CASEBOOK_KEY_AGENCY, not the key itself.")
            )
        return name

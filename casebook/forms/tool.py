from django import forms
from django.utils.translation import gettext_lazy as _

from casebook.content.choices import CHANNELS
from casebook.forms.addresses import check_address
from casebook.models import OpenTool

# Labels of content are plain English text until they are shown.
CHANNEL_CHOICES = [(code, _(label)) for code, label in CHANNELS.items()]


class OpenToolForm(forms.ModelForm):
    channel = forms.ChoiceField(
        label=_("Where it runs"),
        choices=CHANNEL_CHOICES,
        widget=forms.RadioSelect,
        initial="public_ai",
        help_text=_(
            "A prompt for AI run by the agency never offers a public service; one for the own device offers "
            "only tools on the device."
        ),
    )

    class Meta:
        model = OpenTool
        fields = ["name", "url", "channel", "position", "is_enabled"]
        labels = {"position": _("Place in the list")}
        help_texts = {
            "url": _(
                "{prompt} stands where the tool takes the text, such as https://ai.example.go.kr/?q={prompt}. "
                "It is filled in the browser, for prompts with open information only; otherwise the text is "
                "copied and pasted by the person."
            ),
            "position": _("Tools with small numbers come first."),
        }

    def clean_url(self):
        url = self.cleaned_data["url"]
        check_address(url)
        return url

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Topic
from accounts.unsubscribing import MUTABLE


class MessageSettingsForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)
    topics = forms.MultipleChoiceField(
        label=_("By e-mail too"),
        choices=[(topic.value, topic.label) for topic in MUTABLE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "What you must know or do is always sent. What is switched off still stands on this site."
        ),
    )

    def __init__(self, *args, person, **kwargs):
        wanted = [topic.value for topic in MUTABLE if topic not in person.muted]
        super().__init__(*args, initial={"language": person.language, "topics": wanted}, **kwargs)

    @property
    def muted(self):
        return {topic.value for topic in MUTABLE} - set(self.cleaned_data["topics"])


class MessageFilterForm(forms.Form):
    """What the address of the list asks for; what is unknown asks for everything."""

    topic = forms.ChoiceField(choices=Topic, required=False)
    show = forms.ChoiceField(choices=[("unread", "")], required=False)

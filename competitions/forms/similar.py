from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.screening.similarities import REASON_MAX_LENGTH


class SettleForm(forms.Form):
    reason = forms.CharField(
        label=_("What you found"),
        help_text=_("Why the two are harmless, or what is done about it. Only organisers read it."),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you found: why it is harmless, or what is done about it.")},
    )

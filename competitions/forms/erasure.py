from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.erasure import LONGEST_KEEP_DAYS, REASON_MAX_LENGTH


class KeepLongerForm(forms.Form):
    days = forms.IntegerField(
        label=_("Days after the end"),
        help_text=_(
            "More than now. It counts from the day the results were published or the call cancelled."
        ),
        min_value=1,
        max_value=LONGEST_KEEP_DAYS,
        error_messages={"required": _("Write a number of days."), "invalid": _("Write a number of days.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Such as a dispute or an audit that needs the records. It is recorded."),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why people are to be kept longer than was declared.")},
    )

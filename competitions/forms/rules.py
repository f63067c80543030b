"""Forms of the rules page, and of a notice that changes an announced call."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.models import CallNotice, GateOverride
from competitions.rules.changes import EXCEPTIONS, KINDS


class NoticeForm(forms.Form):
    """What a change of an announced call is told with."""

    text = forms.CharField(
        label=_("What changes and why"),
        max_length=CallNotice._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads this on the page of the call, with the date."),
        error_messages={"required": _("Write what changes and why; everybody can read it.")},
    )
    notice_kind = forms.ChoiceField(
        label=_("Kind of notice"),
        choices=[(value, label) for value, label in CallNotice.Kind.choices if value in KINDS],
        initial=CallNotice.Kind.CHANGE,
        help_text=_(
            "A correction mends words only. By the full rules a change or an extension stands 5 days "
            "before entries close."
        ),
    )
    exception = forms.ChoiceField(
        label=_("What a correction mends"),
        choices=[("", _("Not a correction")), *((code, _(words)) for code, words in EXCEPTIONS.items())],
        required=False,
    )


class OverrideForm(forms.Form):
    gate = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=GateOverride._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody reads this on the page of the call."),
        error_messages={"required": _("Write why this condition is passed; everybody can read it.")},
    )


class SimilarForm(forms.Form):
    found = forms.CharField(
        label=_("Similar contests you found"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Where you looked and what you found. If there are none, write so."),
        error_messages={"required": _("Write which similar contests you found, or that there are none.")},
    )


class VerificationForm(forms.Form):
    days = forms.IntegerField(label=_("Days of verification"), min_value=1, max_value=365)

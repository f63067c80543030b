from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessToken

USUAL_DAYS = 90
MOST_DAYS = 365


class TokenForm(forms.ModelForm):
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=AccessToken.Scope.choices,
        initial=AccessToken.Scope.values,
        widget=forms.CheckboxSelectMultiple,
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        help_text=_("The last day on which it works, at most a year from today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = AccessToken
        fields = ["name"]
        help_texts = {"name": _("The program and the computer, such as “writing assistant, office PC”.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = localdate()
        self.initial = {
            "idempotency_key": uuid4(),
            "valid_until": today + timedelta(days=USUAL_DAYS),
            **self.initial,
        }
        self.fields["valid_until"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + timedelta(days=MOST_DAYS)).isoformat(),
        }

    def clean_valid_until(self):
        day, today = self.cleaned_data["valid_until"], localdate()
        if not today <= day <= today + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(
                _("Choose a day from today until %(last)s."),
                params={"last": today + timedelta(days=MOST_DAYS)},
            )
        return day

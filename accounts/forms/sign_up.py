"""allauth's forms in our words and with what we ask besides."""

from allauth.account import app_settings
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.actions.profile import complete_sign_up
from accounts.forms.words import use_our_words
from accounts.models import User


class LoginForm(AllauthLoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        use_our_words(self, login=_("E-mail address"), remember=_("Stay logged in on this device"))


class SignupForm(AllauthSignupForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=User._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    consent = forms.BooleanField(
        label=_("I agree that my name and e-mail address are used as described above."),
        error_messages={
            "required": _(
                "Without this consent we cannot open an account. You can still read everything public."
            )
        },
    )
    field_order = ["name", "email", "password1", "password2", "consent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        use_our_words(self, email=_("E-mail address"), password2=_("Password, once more"))
        trap = self.fields[app_settings.SIGNUP_FORM_HONEYPOT_FIELD]
        # allauth hides it by an inline style, which the content security policy forbids.
        trap.widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})

    @transaction.atomic
    def save(self, request):
        return super().save(request)

    def signup(self, request, user):
        """Called by allauth inside `save`, once the account's row exists."""
        complete_sign_up(user, name=self.cleaned_data["name"], at=now())

    @property
    def trap(self):
        return self[app_settings.SIGNUP_FORM_HONEYPOT_FIELD]

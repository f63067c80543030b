from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.verbs import TARGETS, VERBS


class AuditFilterForm(forms.Form):
    verb = forms.ChoiceField(
        label=_("What was done"), required=False, choices=[("", _("Everything")), *VERBS.items()]
    )
    person = forms.CharField(
        label=_("Person (e-mail address)"),
        required=False,
        max_length=254,
        help_text=_("Who did it, or whom it concerns."),
    )
    kind = forms.ChoiceField(
        label=_("Thing"), required=False, choices=[("", _("All things")), *TARGETS.items()]
    )
    number = forms.CharField(label=_("Number of the thing"), required=False, max_length=60)

    def clean_person(self):
        """Return the account, or None when nobody is asked for."""
        email = self.cleaned_data["person"].strip()
        if not email:
            return None
        found = User.objects.filter(email__iexact=email).first()
        if found is None:
            raise forms.ValidationError(_("No account has this e-mail address. Check its spelling."))
        return found

    def clean(self):
        values = super().clean()
        if values.get("number") and not values.get("kind"):
            self.add_error("kind", _("Choose the kind of thing that the number belongs to."))
        return values

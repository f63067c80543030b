from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.forms.competition import LineField, longest
from competitions.models import Judge


class JudgeForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of an account"),
        required=False,
        help_text=_("The judge scores on this site. Leave it empty for a judge who scores on paper."),
    )
    name = LineField(
        label=_("Name"),
        max_length=longest(Judge, "name"),
        required=False,
        help_text=_("Left empty, the name of the account is taken."),
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["email"] and not cleaned["name"]:
            self.add_error(
                "email",
                _("Write the e-mail address of an account, or the name of a judge who scores on paper."),
            )
        return cleaned

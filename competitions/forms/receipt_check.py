import re

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.receipts import WELL_FORMED

SHA256 = re.compile(r"[0-9a-f]{64}")


class ReceiptCheckForm(forms.Form):
    """What stands on a receipt."""

    number = forms.CharField(
        label=_("Receipt number"),
        max_length=60,
        help_text=_("As it stands on the receipt, for example R2026-003-000012-01-7K3F."),
    )
    sha256 = forms.CharField(
        label=_("SHA-256"),
        required=False,
        max_length=200,
        help_text=_("Only to compare it as well. Spaces do not matter."),
    )

    def clean_number(self):
        number = "".join(self.cleaned_data["number"].split())
        if not WELL_FORMED.fullmatch(number):
            raise forms.ValidationError(
                _("A receipt number has letters, digits and hyphens only. Copy it from the receipt.")
            )
        return number

    def clean_sha256(self):
        typed = "".join(self.cleaned_data["sha256"].split()).lower()
        if typed and not SHA256.fullmatch(typed):
            raise forms.ValidationError(
                _("A SHA-256 has 64 signs from 0 to 9 and a to f. Copy it whole, or leave this empty.")
            )
        return typed

"""Issuing certificates, issuing one anew, and checking one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.forms.competition import LineField, longest
from competitions.models import Certificate


class NameForm(forms.Form):
    name = LineField(
        label=_("Name on the certificate"),
        max_length=longest(Certificate, "name"),
        help_text=_("The certificate that is there is withdrawn, and a new one with a new number is issued."),
        error_messages={"required": _("Write the name that stands on the certificate.")},
    )


class CertificateCheckForm(forms.Form):
    number = LineField(
        label=_("Certificate number"),
        max_length=60,
        help_text=_("As it stands at the top of the certificate."),
        error_messages={"required": _("Write the number of the certificate.")},
    )

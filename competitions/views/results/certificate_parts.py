"""What a certificate says, in the language of the page; its template holds no words of its own."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.time_words import day
from competitions.documents.qr import qr_svg
from competitions.documents.typst_pdf import pdf
from competitions.views.calls.document_parts import absolute, site_name
from competitions.views.judging.appointment_parts import head_of


def certificate_pdf(certificate, *, government):
    """The paper as it was issued; made again, it says the same."""
    return pdf("certificate", certificate_data(certificate, government=government))


def certificate_data(certificate, *, government):
    tier, entry = certificate.award.tier, certificate.award.entry
    address = absolute(reverse("competitions:check_certificate", args=[certificate.check_code]))
    words = {"competition": tier.competition.title, "entry": entry.title, "tier": tier.name}
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "document_title": _("Certificate %(number)s") % {"number": certificate.number},
        "issuer": site_name(government),
        "page_words": _("Page {n} of {m}"),
        "number": _("No. %(number)s") % {"number": certificate.number},
        "heading": _("Certificate of award"),
        "tier": tier.name,
        "rows": [row for row in _rows(certificate) if row[1]],
        "body": _(
            "Your entry “%(entry)s” was outstanding in “%(competition)s”, and so this award (%(tier)s) is given to you."
        )
        % words,
        "issued_words": day(timezone.localtime(certificate.issued_at)),
        "head": head_of(government),
        "seal": _("Seal"),
        "check_words": _("Anyone can check this certificate at this address."),
        "check_address": address,
        "qr_alt": _("QR code of the address where this certificate is checked"),
        "qr_svg": qr_svg(address),
    }


def _rows(certificate):
    person, team = certificate.person, certificate.award.entry.team
    department = str(person.department) if person and person.department else ""
    return [
        (_("Department"), department),
        (_("Team"), team if team != certificate.name else ""),
        (_("Name"), certificate.name),
    ]

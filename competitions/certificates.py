"""What the public may know of a certificate."""

from competitions.models import Certificate


def find_certificate(*, code="", number=""):
    """Return the certificate of a check code or of a number as somebody typed it, or None."""
    rows = Certificate.objects.select_related("award__tier__competition", "award__entry").defer(
        "award__entry__draft"
    )
    if code:
        return rows.filter(check_code=code).first()
    return rows.filter(number=normalised(number)).first()


def normalised(typed):
    """제 2026-가온-0001 호 -> 2026-가온-0001."""
    return "".join(typed.split()).removeprefix("제").removesuffix("호").upper()

"""What every page shows: whose site this is, and how it is displayed."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import Government

# Chosen mode -> KRDS's own mode. KRDS has one dark palette, which it calls high-contrast;
# static/css/modes.css softens it for "dark" and sharpens it for "high-contrast".
DISPLAY_MODES = {"auto": "theme", "light": "light", "dark": "high-contrast", "high-contrast": "high-contrast"}


def site(request):
    government = SimpleLazyObject(_own_government)
    mode = display_mode(request)
    return {
        "government": government,
        "site_name": SimpleLazyObject(lambda: _site_name(government)),
        "masthead": settings.GOVERNMENT_MASTHEAD,
        "contact_email": settings.CONTACT_EMAIL,
        "languages": settings.LANGUAGES,
        "display_mode": mode,
        "krds_mode": DISPLAY_MODES[mode],
    }


def display_mode(request):
    mode = request.COOKIES.get("display_mode", "light")
    return mode if mode in DISPLAY_MODES else "light"


def _own_government():
    return Government.objects.filter(is_self=True).first() or Government(name="")


def _site_name(government):
    if not government.name:
        return _("Prompt Casebook")
    return _("%(government)s Prompt Casebook") % {"government": government}

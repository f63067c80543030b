from django.conf import settings
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.context_processors import DISPLAY_MODES
from accounts.decorators import public
from accounts.views.entrance import safe_next

YEAR = 365 * 24 * 60 * 60


@public
@require_POST
def display_mode(request):
    """Keep the chosen display in a cookie; anything but a known mode changes nothing."""
    response = redirect(safe_next(request))
    mode = request.POST.get("mode")
    if mode in DISPLAY_MODES:
        response.set_cookie(
            "display_mode",
            mode,
            max_age=YEAR,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response

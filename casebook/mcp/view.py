"""The address /mcp: lets in who has a token, and hands the call to the SDK's server."""

from importlib import import_module
from urllib.parse import urlsplit

from asgiref.sync import async_to_sync
from django.conf import settings
from django.http import JsonResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.actions.tokens import TokenRefused, TooManyCalls, use_token
from accounts.decorators import public
from casebook.mcp.bridge import answer_of

MOST_BYTES = 1_000_000
SERVER = "casebook.mcp.server"


@public
@csrf_exempt  # a call is let in by its token alone; cookies mean nothing here
@never_cache
@require_POST  # without sessions there is nothing to listen to (GET) and nothing to end (DELETE)
def mcp(request):
    refusal = _unfit(request)
    if refusal:
        return refusal
    try:
        token = use_token(_secret(request), at=now())
    except TokenRefused as refused:
        return _refusal(401, "invalid_token", refused, **{"WWW-Authenticate": 'Bearer realm="mcp"'})
    except TooManyCalls as refused:
        return _refusal(429, "too_many_calls", refused, **{"Retry-After": str(refused.seconds)})
    application = import_module(SERVER).application
    return async_to_sync(answer_of)(application, request, token=token)


def _unfit(request):
    """The refusal of a call that is too long, of unknown length, or from a page of another site."""
    if "Transfer-Encoding" in request.headers:
        return _refusal(411, "length_required", _("Send the call in one piece, with its Content-Length."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _refusal(413, "too_long", _("A call holds at most 1 MB. Send less."))
    if not _is_own(request.headers.get("Origin"), request):
        return _refusal(403, "foreign_origin", _("Pages of other sites may not call this address."))
    return None


def _is_own(origin, request):
    """Programs send no Origin; a browser that was led here by a foreign page does."""
    own = f"{request.scheme}://{request.get_host()}"
    return origin is None or origin in {own, *settings.CSRF_TRUSTED_ORIGINS} or origin == _site()


def _site():
    site = urlsplit(settings.SITE_URL)
    return f"{site.scheme}://{site.netloc}"


def _secret(request):
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _refusal(status, error, sentence, **headers):
    body = {"error": error, "error_description": str(sentence)}
    return JsonResponse(body, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})

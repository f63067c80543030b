from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import BadRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from accounts.audit import current_address


class RefuseNulMiddleware:
    """PostgreSQL holds no NUL in a text, so no address or filter with one can mean anything."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class LanguageMiddleware(LocaleMiddleware):
    """Pages are Korean until a person switches; only programs choose by Accept-Language."""

    def process_request(self, request):
        if request.path.startswith("/api/") or request.path == "/mcp":
            return super().process_request(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        return None


class AuditAddressMiddleware:
    """Lets audit records know the address of the request they happen in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_address.set(client_address(request.META))
        try:
            return self.get_response(request)
        finally:
            current_address.reset(token)


def client_address(meta):
    """The address of the person's machine; behind our proxy, the last address the proxy itself saw."""
    if settings.BEHIND_PROXY and meta.get("HTTP_X_FORWARDED_FOR"):
        return _valid(meta["HTTP_X_FORWARDED_FOR"].rsplit(",", 1)[-1].strip())
    return _valid(meta.get("REMOTE_ADDR", ""))


def _valid(address):
    try:
        return str(ip_address(address))
    except ValueError:
        return None

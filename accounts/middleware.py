from django.core.exceptions import BadRequest

from accounts.audit import current_address


class RefuseNulMiddleware:
    """PostgreSQL holds no NUL in a text, so no address or filter with one can mean anything."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class AuditAddressMiddleware:
    """Lets audit records know the address of the request they happen in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_address.set(request.META.get("REMOTE_ADDR") or None)
        try:
            return self.get_response(request)
        finally:
            current_address.reset(token)

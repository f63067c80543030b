from accounts.audit import current_address


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

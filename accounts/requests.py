"""What a request asks for."""


def wants_json(request):
    """A script that saves by itself asks for JSON; a browser alone asks for pages."""
    return request.headers.get("Accept", "").startswith("application/json")

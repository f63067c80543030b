"""Asks an ASGI application from a Django view and gives its whole answer back."""

import asyncio

from django.http import HttpResponse

KEPT_BACK = {"authorization", "cookie"}  # nothing behind the door needs them, so nothing can write them down
OF_THE_CONNECTION = {"connection", "transfer-encoding", "content-length"}


async def answer_of(application, request, **extra):
    """extra: what the scope carries besides the request."""
    status, headers, pieces = 500, [], []

    async def send(message):
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], message["headers"]
        else:
            pieces.append(message.get("body", b""))

    await application(_scope(request) | extra, _receive(request.body), send)
    response = HttpResponse(b"".join(pieces), status=status)
    del response["Content-Type"]
    for name, value in headers:
        if name.decode().lower() not in OF_THE_CONNECTION:
            response[name.decode("latin-1")] = value.decode("latin-1")
    return response


def _scope(request):
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in request.headers.items()
        if name.lower() not in KEPT_BACK
    ]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.path.encode(),
        "root_path": "",
        "query_string": request.META.get("QUERY_STRING", "").encode("latin-1"),
        "headers": headers,
    }


def _receive(body):
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        """The body, and then nothing: the client is taken to wait for its answer."""
        if messages:
            return messages.pop()
        return await asyncio.Future()

    return receive

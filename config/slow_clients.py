"""A slow upload must not hold one of the few places where pages are made."""

import tempfile
import threading
from collections import deque
from http import HTTPStatus

IN_MEMORY_BYTES = 1_000_000
PIECE_BYTES = 64 * 1024


class BodyFirst:
    """WSGI middleware: receives a request's whole body, and only then takes a place.

    Many threads may wait for bodies; only `places` of them make pages, as more would fight for the core.
    """

    def __init__(self, application, *, places):
        self.application = application
        self.places = Places(places)

    def __call__(self, environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length:
            environ["wsgi.input"] = body = received(environ["wsgi.input"], length)
            if body is None:
                start_response(f"{HTTPStatus.BAD_REQUEST.value} Bad Request", [("Content-Length", "0")])
                return []
        with self.places:
            return self.application(environ, start_response)


class Places:
    """A semaphore that serves in the order of asking: the standard one lets who comes just then overtake.

    In a rush the last one would otherwise wait several times as long as the others.
    """

    def __init__(self, number):
        self.free, self.queue, self.guard = number, deque(), threading.Lock()

    def __enter__(self):
        with self.guard:
            if self.free:
                self.free -= 1
                return
            turn = threading.Lock()
            turn.acquire()
            self.queue.append(turn)
        turn.acquire()

    def __exit__(self, *_exception):
        with self.guard:
            if self.queue:
                self.queue.popleft().release()
            else:
                self.free += 1


def received(stream, length):
    """The body in a file of its own, or None when the client broke off: half a form is no form."""
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 (lives as long as the request)
    while length and (piece := stream.read(min(PIECE_BYTES, length))):
        body.write(piece)
        length -= len(piece)
    body.seek(0)
    return None if length else body

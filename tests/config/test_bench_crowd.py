"""The people of the bench against a server that loses every other answer."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.crowd import Answer, Handed, Way, rush


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.breaks_off = [], set()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words):
        pass

    def do_GET(self):
        self.answer(200, body=b"form")

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(form)
        if form in self.server.breaks_off:
            self.server.breaks_off.remove(form)
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self.answer(302, location="/entries/1/receipt/")

    def answer(self, status, *, body=b"", location=""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server():
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def way(server, *, copies):
    return Way(
        port=server.server_port, opened="/", sent="/", form=lambda number: {"n": number}, copies=copies
    )


def test_everybody_sends_every_copy(server):
    _seconds, handed = rush(way(server, copies=2), ["a", "b", "c"], clients=2)

    assert sorted(server.asked) == ["n=0", "n=0", "n=1", "n=1", "n=2", "n=2"]
    assert all(each.is_taken and len(each.twins) == 2 for each in handed)


def test_what_broke_off_is_sent_again(server):
    server.breaks_off = {"n=1"}

    _seconds, handed = rush(way(server, copies=1), ["a", "b"], clients=1)

    assert server.asked == ["n=0", "n=1", "n=1"]
    assert all(each.is_taken for each in handed)


def test_something_happens_halfway(server):
    happened = []

    rush(
        way(server, copies=1),
        ["a", "b", "c", "d"],
        clients=1,
        halfway=lambda: happened.append(len(server.asked)),
    )

    assert happened == [2]


@pytest.mark.parametrize(
    ("statuses", "is_taken", "is_refused"),
    [
        ((302, 302), True, False),
        ((302, 422), True, False),
        ((422, 422), False, True),
        ((422, 500), False, False),
    ],
)
def test_what_a_person_was_told(statuses, is_taken, is_refused):
    twins = [Answer(status, "/entries/1/receipt/" if status == 302 else "", b"") for status in statuses]
    handed = Handed("a", opened=Answer(200, "", b""), twins=twins)

    assert (handed.is_taken, handed.is_refused) == (is_taken, is_refused)

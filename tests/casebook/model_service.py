"""A small model service for the tests: a real HTTP server that records what it got and can misbehave."""

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ModelService:
    """`answers` are given one after the other, the last again and again. requests: (path, headers, body)."""

    def __init__(self, *answers):
        self.answers = list(answers) or [says("가로등을 고치겠습니다.")]
        self.requests = []

    def next_answer(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}/v1"


def says(text, **fields):
    return answer(json.dumps({"choices": [{"message": {"content": text}}]} | fields))


def answer(body="", *, status=200, **headers):
    """headers: with _ for -."""

    def respond(handler):
        handler.send_response(status)
        data = body if isinstance(body, bytes) else body.encode()
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return respond


def slow(seconds, *, after_headers=False):
    def respond(handler):
        if after_headers:
            handler.send_response(200)
            handler.send_header("Content-Length", "100")
            handler.end_headers()
            handler.wfile.flush()
        time.sleep(seconds)

    return respond


def breaks_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"{")


@contextmanager
def model_service(*answers):
    service = ModelService(*answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            service.requests.append((self.path, dict(self.headers), json.loads(body)))
            with suppress(BrokenPipeError, ConnectionResetError):  # the client has heard enough
                service.next_answer()(self)

        do_GET = do_POST

        def log_message(self, *_words):
            """Be quiet."""

    service.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.server.daemon_threads = True
    thread = threading.Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
        thread.join()

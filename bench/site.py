"""A real server of the site on a free port, and clients that keep their connection."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode

import psutil

from bench.throwaway import ROOT

WORKERS = 2
START_SECONDS = 60
CSRF = "b" * 32
WARM_UP = 6


@contextlib.contextmanager
def running():
    """Run config.serve; yields (port, process). It ends with the block, and with this process."""
    port = free_port()
    wanted = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "WEB_WORKERS": str(WORKERS)}
    process = subprocess.Popen(
        [sys.executable, "-m", "config.serve"], cwd=ROOT, env=wanted, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port, "/bench/bare/", process=process)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=15)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, path, *, process, seconds=START_SECONDS):
    """Wait until the page answers; raises RuntimeError when the server ends or stays silent."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if Client(port).get(path)[0] < 500:
                return
        time.sleep(0.05)
    raise RuntimeError(f"The server on port {port} did not answer within {seconds} s.")


class Client:
    """One connection. session: the key of a logged-in person's session."""

    def __init__(self, port, *, session=""):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Cookie": f"csrftoken={CSRF}" + (f"; sessionid={session}" if session else "")}

    def get(self, path):
        return self._answer("GET", quote(path, safe="/?=&%"))

    def post(self, path, form):
        headers = {"X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
        return self._answer("POST", quote(path), urlencode(form), headers)

    def _answer(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body, self.headers | (headers or {}))
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def timed_gets(port, path, *, count, session=""):
    """Return (seconds of each request, bytes of the page), one client, after a warm-up of every worker."""
    return _timed(lambda client: client.get(path), path, port=port, count=count, session=session)


def timed_posts(port, path, form, *, count, session=""):
    """As timed_gets, for a form that is answered with a page or a file."""
    return _timed(lambda client: client.post(path, form), path, port=port, count=count, session=session)


def _timed(ask, path, *, port, count, session):
    for _number in range(WARM_UP):
        ask(Client(port, session=session))
    client = Client(port, session=session)
    times, size = [], 0
    for _number in range(count):
        start = time.perf_counter()
        status, body = ask(client)
        times.append(time.perf_counter() - start)
        size = len(body)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}.")
    return times, size


def rush(acts, *, clients):
    """Run the acts on so many threads; return (seconds in all, seconds of each)."""

    def run(act):
        start = time.perf_counter()
        act()
        return time.perf_counter() - start

    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        times = list(pool.map(run, acts))
    return time.perf_counter() - start, times

"""A site of its own, run by real processes: its folder, its database, its commands and its web server."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from config.embedded import server

ROOT = Path(__file__).parents[1]
PATIENCE = 60  # seconds; the machine may be busy


class Site:
    """database_url: a server on which the site makes a database of its own; else it has an embedded one."""

    def __init__(self, folder, *, database_url=""):
        self.folder = folder
        self.environment = os.environ | {
            "DATA_DIR": str(folder),
            "DEBUG": "1",
            "DEMO": "0",
            "DATABASE_URL": "",
        }
        self.server_url, self.database = database_url, f"road_{uuid4().hex[:12]}"
        self.web = None
        folder.mkdir(parents=True)
        if database_url:
            self._ask_server("CREATE DATABASE")
            address = urlsplit(database_url)._replace(path=f"/{self.database}")
            self.environment["DATABASE_URL"] = address.geturl()

    def _ask_server(self, question):
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(f"{question} {self.database}")

    def start(self, *words):
        """Start a command without waiting for it."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        command = [sys.executable, "manage.py", *map(str, words)]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, encoding="utf-8", **pipes)

    def run(self, *words):
        """Return what a command wrote; it must succeed."""
        out, err = finish(self.start(*words))[1:]
        assert err == ""
        return out

    def refuse(self, *words):
        """Return (exit code, standard error) of a command that must say no, and nothing but that."""
        code, out, err = finish(self.start(*words))
        assert (out, "Traceback" in err) == ("", False)
        return code, err

    def open(self, *, workers=1):
        """Start the web server and return its address once it answers."""
        port = free_port()
        self.web = subprocess.Popen(
            [sys.executable, "-m", "config.serve"],
            cwd=ROOT,
            env=self.environment | {"HOST": "127.0.0.1", "PORT": str(port), "WEB_WORKERS": str(workers)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        return f"http://127.0.0.1:{port}"

    def end(self):
        if self.web:
            self.web.terminate()
            self.web.wait(PATIENCE)
        if self.server_url:
            self._ask_server("DROP DATABASE IF EXISTS")
            return
        server.stop(self.folder, even_if_used=True)
        with contextlib.suppress(FileNotFoundError):
            server.socket_dir(self.folder).rmdir()


def finish(process):
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(address, **headers):
    """Return (status, body, headers) of an address, waiting until somebody listens there."""
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:  # noqa: S310
                return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)

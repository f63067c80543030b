"""The web server: `python -m config.serve`. Loads all, then forks its workers, which share it."""

import gc
import multiprocessing
import os
import socket
import sys
import time
from importlib import import_module

from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from config.process import end_with_parent
from config.sentences import as_sentence
from config.slow_clients import BodyFirst

# Pages made at once by one worker: one may wait for the database; more only fight for the same core.
PLACES = 2
# Threads of all workers together; each may come to keep a database connection, of which PostgreSQL has 100.
THREADS = 32
PAUSE_AFTER_CRASHES = 1


def address():
    return os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000)


def refuse_taken_port():
    """Granian would share the port with another site, and each would get half of the requests."""
    host, port = address()
    family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            remedy = f"Choose another port: make run PORT={port + 1}"
            sys.exit(f"{host}:{port} cannot be used: {error.strerror}. {remedy}")


def load_application():
    """The application with its pages and the morpheme model in memory, and no database connection open."""
    application = import_module("config.wsgi").application
    get_resolver().url_patterns  # noqa: B018 (imports every view)
    import_module("casebook.mcp.server")  # the view loads it at the first call only
    import_module("casebook.search.tokens").warm_up()
    connections.close_all()
    gc.freeze()  # a collection in a worker would otherwise touch, and so copy, every shared page
    gc.set_threshold(50_000, 20, 20)  # a request makes thousands of objects and hardly a cycle
    return application


def serve(application):
    def in_worker():
        end_with_parent()
        return BodyFirst(application, places=PLACES)

    host, port = address()
    workers = int(os.environ.get("WEB_WORKERS") or len(os.sched_getaffinity(0)))
    server = Granian(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=max(PLACES, THREADS // workers),
        blocking_threads_idle_timeout=600,  # a thread takes its database connection with it
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=3,
    )
    server.on_startup(lambda: print(f"The site is ready: http://{host}:{port}/", flush=True))
    server.serve(target_loader=in_worker, wrap_loader=False)


def main():
    refuse_taken_port()
    with as_sentence():
        application = load_application()
    multiprocessing.set_start_method("fork")
    while True:
        try:
            serve(application)
        except SystemExit:
            # Workers killed twice within seconds: granian gives up, we begin again.
            time.sleep(PAUSE_AFTER_CRASHES)
        else:
            return


if __name__ == "__main__":
    end_with_parent()
    main()

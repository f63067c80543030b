"""A database of the bench's own on the configured server, made before and dropped after; the site's stays unread."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import quote

import dj_database_url
import psycopg
from django.db import connection
from psycopg import sql

from config.embedded import cluster, server

ROOT = Path(__file__).resolve().parent.parent
NAME = "bench_casebook"


@contextlib.contextmanager
def environment():
    """The environment of a production start on the throwaway database."""
    data_dir = _data_dir(os.environ)
    given = os.environ.get("DATABASE_URL", "").strip()
    site = given or _embedded(data_dir)
    with tempfile.TemporaryDirectory(prefix="bench-casebook-") as folder, _database(site) as url:
        (Path(folder) / "static").symlink_to(data_dir / "static")
        yield {
            "DATABASE_URL": url,
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "SECRET_KEY": secrets.token_urlsafe(40),
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "DEBUG": "0",
            "DEMO": "0",
            "SSL_REDIRECT": "0",
        }
    if not given:
        server.stop(data_dir)  # unless somebody else uses it


def database_process(environment, *, only_ours=False):
    """The main process of the embedded server, or None: with a DATABASE_URL it may be anywhere.

    only_ours: also None while somebody uses another database of it.
    """
    if environment.get("DATABASE_URL", "").strip() or (only_ours and _others()):
        return None
    return cluster.running_server(_data_dir(environment))


def restart_database(environment):
    """Kill the embedded server and start it again; what it had acknowledged is there."""
    cluster.running_server(_data_dir(environment)).kill()
    server.ensure_ready(_data_dir(environment))
    connection.close()  # the one of this process has ended too


def _others():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname <> %s",
            [NAME],
        )
        return cursor.fetchone()[0]


def _data_dir(environment):
    return Path(environment.get("DATA_DIR") or ROOT / "var").resolve()


def _embedded(data_dir):
    server.ensure_ready(data_dir)
    return f"postgres://{server.USER}@{quote(str(server.socket_dir(data_dir)), safe='')}/{server.DATABASE}"


@contextlib.contextmanager
def _database(site):
    _act(site, "DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _act(site, "CREATE DATABASE {}")
    try:
        address, mark, options = site.partition("?")
        yield f"{address.rpartition('/')[0]}/{NAME}{mark}{options}"
    finally:
        _act(site, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _act(site, statement):
    place = dj_database_url.parse(site)
    given = {
        "host": place["HOST"],
        "port": place["PORT"],
        "user": place["USER"],
        "password": place["PASSWORD"],
        "dbname": place["NAME"],
    }
    given = {name: value for name, value in given.items() if value} | place.get("OPTIONS", {})
    with psycopg.connect(**given, autocommit=True) as one:
        one.execute(sql.SQL(statement).format(sql.Identifier(NAME)))

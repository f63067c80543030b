"""One Chromium and one running site for the browser tests, and a page for each person who walks it."""

import os
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import modify_settings
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import chromium_path
from tests.browser.walk import TIMEOUT, watch

pytest.register_assert_rewrite(
    "tests.browser.contest_steps",
    "tests.browser.judging_steps",
    "tests.browser.scoring_steps",
    "tests.browser.deciding_steps",
)
HEIGHT = 900
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def chromium():
    """Ends with this package: while it runs, Django would take the thread for an asynchronous one."""
    expect.set_options(timeout=TIMEOUT)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS, timeout=TIMEOUT)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def server(django_db_setup):
    """The site with its own static files and its strict content security policy."""
    with modify_settings(ALLOWED_HOSTS={"append": "127.0.0.1"}):
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()


@pytest.fixture
def visit(chromium, server):
    """Return a function that opens a page as somebody, in a browser of their own."""
    contexts, faults, waiting = [], [], set()

    def visit(user=None, *, width=1280, refusals=False, **options):
        context = chromium.new_context(
            base_url=server.url,
            locale="ko-KR",
            viewport={"width": width, "height": HEIGHT},
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(TIMEOUT)
        if user:
            context.add_cookies([{**session_cookie(user), "url": server.url}])
        context.on("request", lambda request: waiting.add(request))
        for over in ("requestfinished", "requestfailed"):
            context.on(over, lambda request: waiting.discard(request))
        return watch(context.new_page(), faults, refusals=refusals)

    yield visit
    for context in contexts:
        _let_end(context, waiting)
        context.close()
    _let_database_rest()
    assert faults == []


def _let_end(context, waiting):
    """The server must not work for a page any more when the database is emptied."""
    for _again in range(50):
        if context.pages and waiting:
            context.pages[0].wait_for_timeout(100)


BUSY = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


def _let_database_rest():
    """A page that is closed may still send what it had not saved."""
    quiet = 0
    for _again in range(100):
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            quiet = 0 if cursor.fetchone()[0] else quiet + 1
        if quiet == 3:
            return
        time.sleep(0.05)


def session_cookie(user):
    client = Client()
    client.force_login(user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value}

"""The last minutes before a deadline, on a site of its own, with processes killed in the middle."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest

from config.embedded import cluster, server
from tests.rush.client import hand_in
from tests.site_process import ROOT, Site, fetch

PEOPLE, AT_ONCE = 60, 20
COUNTS = """
SELECT count(*), count(DISTINCT entry.entrant_id), count(DISTINCT snapshot.receipt_number)
FROM competitions_entry AS entry JOIN competitions_snapshot AS snapshot ON snapshot.entry_id = entry.id
"""


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "site")
    site.run("migrate", "--verbosity", "0")
    yield site
    site.end()


def crowd(site):
    command = [sys.executable, "-m", "tests.rush.crowd", str(PEOPLE)]
    environment = site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return json.loads(made.stdout)


def opened(site):
    """The port of the site, once it answers."""
    address = site.open(workers=2)
    assert fetch(f"{address}/competitions/")[0] == 200
    return urlsplit(address).port


def ask(site, question):
    with psycopg.connect(
        host=str(server.socket_dir(site.folder)), user=server.USER, dbname=server.DATABASE
    ) as connection:
        return connection.execute(question).fetchall()


def rush(port, made, *, meanwhile=lambda: None):
    """Everybody hands in; `meanwhile` happens in the middle. Returns the pairs of answers."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = [pool.submit(hand_in, port, made["slug"], key) for key in made["sessions"].values()]
        while sum(future.done() for future in futures) < PEOPLE // 4:
            time.sleep(0.01)
        meanwhile()
        return [future.result() for future in futures]


def kill_a_web_worker(site):
    workers = psutil.Process(site.web.pid).children()
    workers[0].kill()


def kill_the_database(site):
    cluster.running_server(site.folder).kill()


@pytest.mark.parametrize("misfortune", [kill_a_web_worker, kill_the_database])
def test_everybody_holds_one_receipt(site, misfortune):
    made = crowd(site)
    port = opened(site)

    answers = rush(port, made, meanwhile=lambda: misfortune(site))

    assert {
        (status, location.endswith("/receipt/")) for pair in answers for status, location, _page in pair
    } == {(302, True)}
    assert all(first[1] == second[1] for first, second in answers)
    assert ask(site, COUNTS) == [(PEOPLE, PEOPLE, PEOPLE)]


def test_the_deadline_divides_receipts_from_refusals(site):
    made = crowd(site)
    port = opened(site)
    # Locked first: until the lock is there, who arrives still sees the old deadline.
    close = (
        "WITH held AS MATERIALIZED (SELECT id FROM competitions_competition FOR UPDATE) "
        "UPDATE competitions_competition AS contest SET closes_at = CLOCK_TIMESTAMP() "
        "FROM held WHERE held.id = contest.id RETURNING closes_at"
    )
    closed = []

    answers = rush(port, made, meanwhile=lambda: closed.append(ask(site, close)[0][0]))

    taken = [answer for pair in answers for answer in pair if answer[0] == 302]
    late = [answer for pair in answers for answer in pair if answer[0] != 302]
    assert taken
    assert late
    assert all("늦" in page or "마감" in page for _status, _location, page in late)
    stored = ask(site, "SELECT submitted_at FROM competitions_snapshot")
    assert len(stored) == len({location for _status, location, _page in taken})
    assert all(at < closed[0] for (at,) in stored)

"""Every URL as every role. A URL that is not in url_table.py fails, and so does a row without its URL."""

from operator import attrgetter

import pytest
from django.urls import get_resolver, reverse

from tests.config.url_table import LOGIN, ROWS
from tests.config.world import ROLES, make_world


def all_urls(resolver, *, namespace="", prefix=""):
    """Yield the name of every pattern, or its text where it has no name."""
    for pattern in resolver.url_patterns:
        place = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_urls(pattern, namespace=inner, prefix=place)
        else:
            yield namespace + pattern.name if pattern.name else place


def address(key, row, world):
    name, *_which = key.split()
    return row.path or reverse(name, kwargs={word: attrgetter(path)(world) for word, path in row.of.items()})


def answer(response):
    """The status, or LOGIN when it leads to the login page."""
    to_login = response.status_code == 302 and response["Location"].startswith("/accounts/login/")
    return LOGIN if to_login else response.status_code


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def visit(client, world):
    client.raise_request_exception = False  # an error is an answer too: 500

    def as_role(role):
        if role != "visitor":
            client.force_login(world.people[role])
        return client

    return as_role


def test_every_url_is_in_the_table():
    assert sorted(set(all_urls(get_resolver()))) == sorted({key.split()[0] for key in ROWS})


@pytest.mark.parametrize("role", ROLES)
def test_every_url_answers_get(visit, world, role):
    client = visit(role)

    found = {key: answer(client.get(address(key, row, world))) for key, row in ROWS.items()}

    assert found == {key: row.get[role] for key, row in ROWS.items()}


@pytest.mark.parametrize("role", ROLES)
def test_every_act_refuses_those_who_may_not(visit, world, role):
    client = visit(role)
    refusing = {key: row for key, row in ROWS.items() if role in row.post}

    found = {key: answer(client.post(address(key, row, world))) for key, row in refusing.items()}

    assert found == {key: row.post[role] for key, row in refusing.items()}

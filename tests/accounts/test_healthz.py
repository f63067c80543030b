from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.models import Heartbeat


def beat(*, seconds_ago):
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(seconds=seconds_ago))


@pytest.mark.django_db
def test_healthz_with_a_fresh_heartbeat(client):
    beat(seconds_ago=50)

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"web": "ok", "database": "ok", "worker": "ok", "clock": "ok"}


@pytest.mark.django_db
def test_healthz_with_an_old_heartbeat(client):
    beat(seconds_ago=70)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["worker"] == "silent"


@pytest.mark.django_db
def test_healthz_without_any_heartbeat(client):
    assert client.get("/healthz").json()["worker"] == "silent"


def test_healthz_without_database(client, monkeypatch):
    def down(*args, **kwargs):
        raise OperationalError("password of the database")

    monkeypatch.setattr(Heartbeat.objects, "filter", down)
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["database"] == "down"
    assert "password" not in response.content.decode()


@pytest.mark.django_db
def test_healthz_costs_one_query_and_no_cookie(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert list(response.cookies) == []
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_healthz_is_not_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 503


def test_healthz_takes_no_post(client):
    assert client.post("/healthz").status_code == 405

"""The broker in the database: its URL, and messages through the real transport."""

import threading

import pytest
from django.conf import settings
from django.db import connection
from kombu import Connection

from config.broker import broker_url
from config.broker_transport import Channel
from config.celery import app


@pytest.mark.parametrize(
    ("database", "url"),
    [
        (
            {"NAME": "casebook", "USER": "postgres", "HOST": "/tmp/casebook-1"},
            "sitedatabase+postgresql+psycopg://postgres@/casebook?host=%2Ftmp%2Fcasebook-1",
        ),
        (
            {"NAME": "사례", "USER": "a@b", "PASSWORD": "p/w:1", "HOST": "db.local", "PORT": 5433},
            "sitedatabase+postgresql+psycopg://a%40b:p%2Fw%3A1@db.local:5433/%EC%82%AC%EB%A1%80",
        ),
        (
            {"NAME": "casebook", "USER": "u", "HOST": "db", "OPTIONS": {"sslmode": "require"}},
            "sitedatabase+postgresql+psycopg://u@db/casebook?sslmode=require",
        ),
    ],
)
def test_broker_url(database, url):
    assert broker_url(database) == url


@pytest.fixture
def broker(transactional_db):
    """The transport on the test database."""
    yield lambda: Connection(
        broker_url(settings.DATABASES["default"] | {"NAME": connection.settings_dict["NAME"]})
    )
    while Channel._engines:
        _, (engine, _) = Channel._engines.popitem()
        engine.dispose()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS kombu_message, kombu_queue CASCADE")
        cursor.execute("DROP SEQUENCE IF EXISTS queue_id_sequence, message_id_sequence")


def put(broker, body):
    with broker() as link, link.SimpleQueue("things") as queue:
        queue.put(body)


def take(broker):
    with broker() as link, link.SimpleQueue("things") as queue:
        message = queue.get(timeout=5)
        message.ack()
        return message.payload


def test_message_comes_out_once_and_leaves_no_row(broker):
    put(broker, {"제목": "하나"})

    assert take(broker) == {"제목": "하나"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kombu_message")
        assert cursor.fetchone() == (0,)


def test_first_messages_sent_at_once_all_arrive(broker):
    senders = [threading.Thread(target=put, args=(broker, number)) for number in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sorted(take(broker) for _ in senders) == [0, 1, 2, 3]


def test_application_knows_the_tasks_of_the_rooms():
    app.loader.import_default_modules()

    assert {"accounts.tasks.run_job", "accounts.clock.beat"} <= set(app.tasks)

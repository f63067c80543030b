import io
import threading
import time

import pytest

from config.slow_clients import BodyFirst, Places


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def call(body, *, length):
    statuses = []
    environ = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(body)}
    pieces = BodyFirst(echo, places=1)(environ, lambda status, headers: statuses.append(status))
    return statuses, b"".join(pieces)


def test_body_arrives_whole():
    body = b"x" * 1_500_000

    assert call(body, length=str(len(body))) == (["200 OK"], body)


def test_body_that_broke_off_is_refused():
    assert call(b"half", length="8") == (["400 Bad Request"], b"")


def test_request_without_a_body_passes():
    assert call(b"", length="") == (["200 OK"], b"")


def test_places_are_given_in_the_order_of_asking():
    places, served = Places(1), []

    def ask(number):
        with places:
            served.append(number)

    people = [threading.Thread(target=ask, args=[number]) for number in range(5)]
    with places:
        for number, person in enumerate(people, 1):
            person.start()
            wait_until(lambda: len(places.queue) == number)  # noqa: B023
    for person in people:
        person.join(10)

    assert served == [0, 1, 2, 3, 4]
    assert places.free == 1


def test_who_leaves_and_comes_back_does_not_overtake():
    places, served = Places(1), []
    waiting = threading.Thread(target=lambda: served.append("waiting") if not places.__enter__() else None)
    with places:
        waiting.start()
        wait_until(lambda: places.queue)
    back = threading.Thread(target=lambda: served.append("back") if not places.__enter__() else None)
    back.start()
    wait_until(lambda: places.queue)
    waiting.join(10)

    assert served == ["waiting"]
    places.__exit__()
    back.join(10)
    assert served == ["waiting", "back"]


def test_place_is_free_again_after_a_failure():
    def failing(environ, start_response):
        raise ValueError("no page")

    application = BodyFirst(failing, places=1)
    for _turn in range(2):
        with pytest.raises(ValueError, match="no page"):
            application({}, None)

    assert application.places.free == 1


def wait_until(is_so):
    give_up = time.monotonic() + 10
    while not is_so() and time.monotonic() < give_up:
        time.sleep(0.001)
    assert is_so()

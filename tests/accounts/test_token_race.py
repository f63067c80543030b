"""Calls and forms at the same moment, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from accounts.actions.tokens import CALLS_A_MINUTE, TooManyCalls, use_token
from accounts.models import AccessToken
from tests.factories import AT, make_token, make_user

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 6


def together(act):
    """Run the act at the same moment on many connections; return what each returned, None where it was refused."""
    barrier = Barrier(RIVALS)

    def run(_number):
        try:
            barrier.wait(timeout=10)
            return act()
        except TooManyCalls:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(RIVALS) as pool:
        return list(pool.map(run, range(RIVALS)))


def test_calls_at_once_share_what_is_left_of_the_minute():
    _token, secret = make_token(make_user())
    AccessToken.objects.update(minute=AT, calls=CALLS_A_MINUTE - 2)

    answers = together(lambda: use_token(secret, at=AT))

    assert sum(answer is not None for answer in answers) == 2
    assert AccessToken.objects.get().calls == CALLS_A_MINUTE


def test_one_form_sent_at_once_makes_one_token_with_one_secret():
    user, key = make_user(), uuid4()

    made = together(lambda: make_token(user, idempotency_key=key))

    assert AccessToken.objects.count() == 1
    assert sum(bool(secret) for _token, secret in made) == 1

"""Makes a contest and a crowd with sessions: `python -m tests.rush.crowd HOW_MANY` prints them as JSON."""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402 (needs a set-up Django)

from tests.factories import make_competition, make_user  # noqa: E402


def session_of(person):
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


competition = make_competition()
people = [make_user() for _number in range(int(sys.argv[1]))]
sessions = {person.pk: session_of(person) for person in people}
sys.stdout.write(json.dumps({"id": competition.pk, "slug": competition.slug, "sessions": sessions}))

"""Made-up people who are logged in: the login itself is slow on purpose, so their sessions are written."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.timezone import now

from accounts.models import RoleGrant, User
from accounts.permissions import scope_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = timedelta(days=1)


def made_people(count):
    batch = uuid4().hex[:8]
    return User.objects.bulk_create(
        User(email=f"{batch}-{number}@example.org", name="견본", password="!") for number in range(count)
    )


def sessions_of(people):
    """The keys of a new session of each."""
    store = SessionStore()
    sessions = [
        Session(
            session_key=uuid4().hex,
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=now() + DAY,
        )
        for person in people
    ]
    Session.objects.bulk_create(sessions)
    return [session.session_key for session in sessions]


def organiser_of(competition):
    [person] = made_people(1)
    RoleGrant.objects.create(user=person, role="organiser", scope=scope_of(competition), granted_at=now())
    return person

"""What the tests of the organiser's pages of entries share."""

from django.urls import reverse

from accounts.roles import Role
from tests.factories import grant, make_user

SCRIPT = "<script>alert(1)</script>"


def organiser_of(competition):
    person = make_user()
    grant(person, Role.ORGANISER, competition)
    return person


def address(name, competition, *arguments, query=""):
    place = reverse(f"competitions:organise_{name}", args=[competition.slug, *arguments])
    return f"{place}?{query}" if query else place


def of_entry(name, entry, *arguments, query=""):
    return address(name, entry.competition, entry.pk, *arguments, query=query)

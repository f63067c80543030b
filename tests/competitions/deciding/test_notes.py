from uuid import uuid4

import pytest

from accounts.errors import IllegalMove
from competitions.actions.deciding.notes import add_note
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import DeliberationNote
from tests.competitions.deciding.making import keep_apart, make_committee_contest, members_of
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def note(competition, text="좋은 안입니다.", *, by=None, key=None, code="E1"):
    entry = competition.entries.get(code=code)
    return add_note(
        entry, text, by=by or members_of(competition)[0].user, at=AT, idempotency_key=key or uuid4()
    )


def test_the_same_note_twice_is_one():
    competition, key = make_committee_contest(), uuid4()

    assert note(competition, key=key) == note(competition, key=key)
    assert DeliberationNote.objects.count() == 1


def test_key_of_another_note():
    competition, key = make_committee_contest(), uuid4()
    note(competition, key=key)

    with pytest.raises(CompetitionError):
        note(competition, key=key, code="E2")
    with pytest.raises(CompetitionError):
        note(competition, key=key, by=make_user())


@pytest.mark.parametrize("text", ["", " \r\n ", "가" * 5001])
def test_note_that_does_not_do(text):
    with pytest.raises(CompetitionError):
        note(make_committee_contest(), text)


def test_note_of_a_member_with_a_conflict():
    competition = make_committee_contest()
    keep_apart(members_of(competition)[1], "E1")

    with pytest.raises(ConflictOfInterest):
        note(competition, by=members_of(competition)[1].user)


@pytest.mark.parametrize("state", ["announced", "published"])
def test_note_outside_the_deliberation(state):
    competition = make_committee_contest()
    competition.state, competition.published_at = state, AT
    competition.save()

    with pytest.raises(IllegalMove):
        note(competition)

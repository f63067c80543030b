"""Giving a cancelled award to the next entry."""

import pytest

from accounts.errors import IllegalMove
from accounts.models import Message
from competitions.actions.results.moving_up import move_up, next_entries
from competitions.actions.results.revocations import decide_revocation, notice_revocation
from competitions.errors import CompetitionError
from competitions.models import Award, Result
from competitions.states import EntryState
from tests.competitions.jury import make_published_competition
from tests.competitions.rules.contests import DAY
from tests.factories import AT, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db


def published(**points):
    """E1 has the award; E2 and E3 follow."""
    return make_published_competition(
        by=make_user(), **{"E1": (40, 60), "E2": (30, 50), "E3": (20, 40)} | points
    )


def revoked(competition, *, is_upheld=True):
    award = Award.objects.get(tier__competition=competition)
    revocation = notice_revocation(
        award, reason="표절", article="제11조", asks_return=False, opinion_until=AT + DAY, by=None, at=AT
    )
    return decide_revocation(revocation, is_upheld=is_upheld, decision="취소", by=None, at=AT + 10 * DAY)


def moved(revocation, entry, *, reason="차순위자에게 수여"):
    return move_up(revocation, entry, reason=reason, by=None, at=AT + 11 * DAY)


def test_next_entries_are_ranked_and_without_an_award():
    competition = published()

    assert [entry.code for entry in next_entries(competition)] == ["E2", "E3"]
    assert [entry.code for entry in next_entries(competition, most=1)] == ["E2"]


def test_next_entry_gets_the_award_and_is_told():
    competition = published()
    entry = competition.entries.get(code="E2")
    entry.entrant = make_user()
    entry.save()
    before = Result.objects.get().outcome

    award = moved(revoked(competition), entry)

    entry.refresh_from_db()
    assert (award.tier.code, entry.state) == ("grand", EntryState.AWARDED)
    assert Message.objects.get(kind="award.moved_up").person == entry.entrant
    assert Result.objects.get().outcome == before


def test_award_is_given_to_one_entry_alone():
    competition = published()
    revocation = revoked(competition)
    moved(revocation, competition.entries.get(code="E2"))

    with pytest.raises(IllegalMove):
        moved(revocation, competition.entries.get(code="E3"))


def test_award_that_was_kept_is_not_given_away():
    competition = published()

    with pytest.raises(IllegalMove):
        moved(revoked(competition, is_upheld=False), competition.entries.get(code="E2"))


def test_entry_that_lost_the_award_does_not_get_it_again():
    competition = published()

    with pytest.raises(CompetitionError):
        moved(revoked(competition), competition.entries.get(code="E1"))


def test_entry_without_a_place_does_not_get_it():
    competition = published()
    late = make_entry(competition, state=EntryState.ACCEPTED, code="E9")

    with pytest.raises(CompetitionError):
        moved(revoked(competition), late)


def test_entry_of_another_competition_does_not_get_it():
    foreign = make_entry(make_competition(), state=EntryState.ACCEPTED, code="E2")

    with pytest.raises(CompetitionError):
        moved(revoked(published()), foreign)


@pytest.mark.parametrize("reason", [" ", "가" * 501])
def test_moving_up_without_a_reason_or_a_long_one_is_refused(reason):
    competition = published()

    with pytest.raises(CompetitionError):
        moved(revoked(competition), competition.entries.get(code="E2"), reason=reason)

import pytest
from django.utils import timezone

from accounts.models import Message
from competitions import clock
from competitions.actions.rounds.vote_opening import tell_of_opened_votes
from competitions.models import CallFollow
from competitions.states import CompetitionState
from tests.competitions.rounds.making import HOUR, make_vote
from tests.competitions.test_submit_race import together
from tests.factories import AT, make_entry, make_user

pytestmark = pytest.mark.django_db


def followed(**fields):
    round_ = make_vote(**fields)
    CallFollow.objects.create(competition=round_.competition, user=make_user(), at=AT)
    return round_


def told():
    return list(Message.objects.filter(kind="vote.opened").values_list("person", flat=True))


def test_followers_and_entrants_are_told_once():
    round_ = followed()
    entrant = make_entry(round_.competition, entrant=make_user()).entrant
    follower = CallFollow.objects.get().user

    for _again in range(2):
        clock.tell_of_opened_votes()

    assert sorted(told()) == sorted([follower.pk, entrant.pk])
    assert Message.objects.first().link.endswith("/vote/")


@pytest.mark.parametrize(("begins", "ends"), [(HOUR, 2 * HOUR), (-2 * HOUR, -HOUR)])
def test_nobody_is_told_before_it_opens_or_after_it_closed(begins, ends):
    now = timezone.now()
    followed(votes_from=now + begins, votes_until=now + ends)

    tell_of_opened_votes(at=now)

    assert told() == []


def test_nobody_is_told_while_it_is_not_judged():
    round_ = followed()
    round_.competition.state = CompetitionState.ANNOUNCED
    round_.competition.save()

    tell_of_opened_votes(at=AT)

    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_tell_once():
    followed()

    together(lambda: tell_of_opened_votes(at=AT), lambda: tell_of_opened_votes(at=AT))

    assert len(told()) == 1

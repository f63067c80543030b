from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.rounds.vote_signals import (
    BURST,
    MANY,
    ballots_of,
    count_again,
    exclude_ballots,
    forget_voters,
    signals,
)
from competitions.errors import CompetitionError
from competitions.models import Ballot, Result
from tests.competitions.rounds.making import HOUR, make_ballot, make_vote
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def elder(**fields):
    user = make_user(**fields)
    type(user).objects.filter(pk=user.pk).update(joined_at=AT)
    return user


def ballots(round_, count, **fields):
    spread = timedelta(minutes=2)
    return [
        make_ballot(round_, **{"voter": elder(), "at": AT + number * spread} | fields)
        for number in range(count)
    ]


def found(round_):
    return [(each.kind, each.key, each.count) for each in signals(round_)]


@pytest.mark.parametrize("kind", ["network", "device"])
def test_many_ballots_of_one_hash_are_a_signal_and_fewer_are_none(kind):
    round_ = make_vote()
    ballots(round_, MANY[kind], **{f"{kind}_hash": "aa"})
    ballots(round_, MANY[kind] - 1, **{f"{kind}_hash": "bb"})
    ballots(round_, MANY[kind])

    assert found(round_) == [(kind, "aa", MANY[kind])]
    assert ballots_of(round_, f"{kind}:aa").count() == MANY[kind]


def test_many_ballots_within_a_minute_are_a_signal():
    round_ = make_vote()
    ballots(round_, BURST, at=AT + timedelta(seconds=30))
    ballots(round_, BURST - 1, at=AT + timedelta(hours=1))

    (signal,) = signals(round_)

    assert (signal.kind, signal.count) == ("burst", BURST)
    assert ballots_of(round_, signal.address).count() == BURST


def test_accounts_made_after_the_vote_opened_are_a_signal():
    round_ = make_vote()
    make_ballot(round_)
    ballots(round_, 1)

    assert found(round_) == [("young", "", 1)]
    assert ballots_of(round_, "young:").count() == 1


def test_signals_tell_how_many_are_left_out_already():
    round_ = make_vote()
    make_ballot(round_, excluded_at=AT, excluded_reason="한 사람")

    assert [each.excluded for each in signals(round_)] == [1]


@pytest.mark.parametrize(
    "signal", ["burst:gestern", "burst:2026-13-45T99:00:00+09:00", "burst:2026-01-01T00:00:00"]
)
def test_a_minute_that_is_none_has_no_ballots(signal):
    round_ = make_vote()
    make_ballot(round_)

    assert not ballots_of(round_, signal).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_signals_query_count(count, django_assert_num_queries):
    round_ = make_vote()
    for number in range(count):
        ballots(round_, 3, device_hash=str(number))

    with django_assert_num_queries(4):
        assert len(signals(round_)) == count


def exclude(round_, *rows, reason="한 사람"):
    return exclude_ballots(round_, [row.pk for row in rows], reason=reason, by=None, at=AT)


def test_ballots_are_left_out_with_a_reason():
    round_ = make_vote()
    one, two = ballots(round_, 2)

    assert exclude(round_, one) == 1

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.excluded_at, one.excluded_reason, two.excluded_at) == (AT, "한 사람", None)
    record = AuditRecord.objects.get(verb="ballots.excluded")
    assert (record.detail["ballots"], record.detail["reason"]) == ([one.pk], "한 사람")


@pytest.mark.parametrize("reason", ["", " ", "가" * 501])
def test_no_ballot_is_left_out_without_a_reason_or_with_a_too_long_one(reason):
    round_ = make_vote()
    (one,) = ballots(round_, 1)

    with pytest.raises(CompetitionError):
        exclude(round_, one, reason=reason)

    assert not Ballot.objects.exclude(excluded_at=None).exists()


def test_ballots_of_another_vote_and_those_left_out_already_are_not_left_out():
    round_ = make_vote()
    (foreign,) = ballots(make_vote(), 1)
    (done,) = ballots(round_, 1, excluded_at=AT, excluded_reason="먼저")

    with pytest.raises(CompetitionError):
        exclude(round_, foreign, done)

    done.refresh_from_db()
    assert done.excluded_reason == "먼저"


def test_a_ballot_left_out_by_mistake_counts_again():
    round_ = make_vote()
    (one,) = ballots(round_, 1)
    exclude(round_, one)

    assert count_again(round_, [one.pk], by=None, at=AT) == 1

    assert Ballot.objects.get(excluded_at=None) == one
    with pytest.raises(CompetitionError):
        count_again(round_, [one.pk], by=None, at=AT)


def with_result(round_, at):
    Result.objects.create(
        competition=round_.competition,
        outcome={},
        outcome_sha256="0" * 64,
        inputs_sha256="0" * 64,
        computed_at=at,
    )


def test_who_has_seen_a_result_with_the_votes_leaves_none_out():
    now = timezone.now()
    round_ = make_vote(votes_from=now - 2 * HOUR, votes_until=now - HOUR)
    (one,) = ballots(round_, 1)
    with_result(round_, now)

    with pytest.raises(IllegalMove):
        exclude(round_, one)
    with pytest.raises(IllegalMove):
        count_again(round_, [one.pk], by=None, at=AT)


def test_a_result_before_the_close_knew_no_votes():
    round_ = make_vote()
    (one,) = ballots(round_, 1)
    with_result(round_, timezone.now())

    assert exclude(round_, one) == 1


def test_ballots_are_left_out_only_while_it_is_judged():
    round_ = make_vote()
    (one,) = ballots(round_, 1)
    round_.competition.state = "decided"
    round_.competition.save()

    with pytest.raises(IllegalMove):
        exclude(round_, one)


def test_networks_and_devices_are_forgotten():
    round_ = make_vote()
    ballots(round_, 1, network_hash="n", device_hash="d")
    ballots(make_vote(), 1, network_hash="n")

    assert forget_voters(round_.competition) == 1

    assert list(round_.ballots.values_list("voter", "network_hash", "device_hash")) == [(None, "", "")]
    assert Ballot.objects.filter(network_hash="n").count() == 1

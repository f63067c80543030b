from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import AuditRecord
from accounts.roles import Role
from competitions.actions.rounds.ballots import cast_ballot, place_hash
from competitions.actions.rounds.candidates import in_own_order
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import Ballot, Round
from competitions.states import CompetitionState
from tests.competitions.jury import make_sheet, sign
from tests.competitions.rounds.making import HOUR, make_entries, make_round, make_vote, make_voter
from tests.competitions.test_submit_race import together
from tests.factories import grant, make_judge, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_candidates_known():
    cache.clear()


def vote(*codes, **fields):
    round_ = make_vote(**fields)
    return round_, make_entries(round_.competition, *codes)


def cast(round_, *entries, by=None, **places):
    return cast_ballot(round_, [each.pk for each in entries], by=by or make_voter(), **places)


def choices(voter):
    return set(Ballot.objects.get(voter=voter).choices.values_list("entry__code", flat=True))


def test_a_ballot_keeps_its_choices_and_the_time_of_the_database():
    round_, (one, two, _three) = vote("E1", "E2", "E3", votes_per_voter=2)
    voter = make_voter()

    ballot, is_new = cast(round_, one, two, by=voter, network_hash="n", device_hash="d")

    assert is_new
    assert choices(voter) == {"E1", "E2"}
    assert abs(ballot.at - timezone.now()) < timedelta(minutes=1)
    assert (ballot.network_hash, ballot.device_hash) == ("n", "d")
    record = AuditRecord.objects.get(verb="ballot.cast")
    assert record.detail == {"round": "public_vote", "choices": 1 + 1}


def test_a_changed_ballot_is_the_same_ballot():
    round_, (one, two) = vote("E1", "E2")
    voter = make_voter()
    cast(round_, one, by=voter)

    _ballot, is_new = cast(round_, two, by=voter)

    assert not is_new
    assert choices(voter) == {"E2"}
    assert AuditRecord.objects.filter(verb="ballot.changed").count() == 1


def test_a_ballot_left_out_stays_left_out_when_it_changes():
    round_, (one, two) = vote("E1", "E2")
    voter = make_voter()
    cast(round_, one, by=voter)
    Ballot.objects.update(excluded_at=timezone.now(), excluded_reason="한 사람")

    cast(round_, two, by=voter)

    assert Ballot.objects.get().excluded_reason == "한 사람"


def test_no_choice_is_no_ballot():
    round_, _entries = vote("E1")

    with pytest.raises(CompetitionError):
        cast(round_)

    assert not Ballot.objects.exists()


def test_more_choices_than_allowed_are_refused():
    round_, entries = vote("E1", "E2")

    with pytest.raises(CompetitionError):
        cast(round_, *entries)

    assert not Ballot.objects.exists()


def test_an_entry_of_another_contest_is_refused():
    round_, _entries = vote("E1")
    _other, (foreign,) = vote("E9")

    with pytest.raises(CompetitionError):
        cast(round_, foreign)


def test_a_disqualified_entry_is_refused():
    round_, (one,) = vote("E1")
    one.state, one.decision_reason = "disqualified", "표절"
    one.save()

    with pytest.raises(CompetitionError):
        cast(round_, one)


def test_who_did_not_go_on_is_not_in_the_vote():
    round_ = make_vote()
    round_.competition.rounds.filter(code="written").update(advance={"top": 1})
    judge = make_judge(round_.competition, user=make_user())
    sheets = [make_sheet(round_.competition, code=code, judge=judge) for code in ("E1", "E2")]
    sign(sheets[0], "40", "60")
    sign(sheets[1], "1", "1")

    with pytest.raises(CompetitionError):
        cast(round_, sheets[1].entry)
    cast(round_, sheets[0].entry)

    assert Ballot.objects.count() == 1


def test_nobody_votes_for_their_own_entry():
    round_ = make_vote()
    voter = make_voter()
    (own,) = make_entries(round_.competition, "E1", entrant=voter)

    with pytest.raises(CompetitionError):
        cast(round_, own, by=voter)


def test_nobody_votes_for_the_entry_of_the_own_team_but_for_others():
    round_, (own, other) = vote("E1", "E2")
    voter = make_voter()
    own.members.create(
        user=voter, email=voter.email, state="accepted", invited_at=timezone.now(), answered_at=timezone.now()
    )

    with pytest.raises(CompetitionError):
        cast(round_, own, by=voter)
    cast(round_, other, by=voter)

    assert choices(voter) == {"E2"}


def test_an_unconfirmed_account_does_not_vote():
    round_, (one,) = vote("E1")

    with pytest.raises(CompetitionError):
        cast(round_, one, by=make_user())


@pytest.mark.parametrize("state", ["invited", "accepted", "dropped"])
def test_a_judge_does_not_vote(state):
    round_, (one,) = vote("E1")
    voter = make_voter()
    make_judge(round_.competition, user=voter, state=state)

    with pytest.raises(CompetitionError):
        cast(round_, one, by=voter)


def test_who_declined_to_judge_votes():
    round_, (one,) = vote("E1")
    voter = make_voter()
    make_judge(round_.competition, user=voter, state="declined")

    assert cast(round_, one, by=voter)


def test_an_organiser_does_not_vote():
    round_, (one,) = vote("E1")
    voter = make_voter()
    grant(voter, Role.ORGANISER, round_.competition)

    with pytest.raises(CompetitionError):
        cast(round_, one, by=voter)


@pytest.mark.parametrize(
    ("begins", "ends", "refusal"),
    [(HOUR, 2 * HOUR, TooEarly), (-2 * HOUR, -HOUR, TooLate), (None, None, TooEarly)],
)
def test_a_ballot_outside_the_times_is_refused(begins, ends, refusal):
    now = timezone.now()
    times = {"votes_from": begins and now + begins, "votes_until": ends and now + ends}
    round_, (one,) = vote("E1", **times)

    with pytest.raises(refusal):
        cast(round_, one)


def test_a_ballot_while_nobody_judges_is_refused():
    round_, (one,) = vote("E1")
    round_.competition.state = CompetitionState.DECIDED
    round_.competition.save()

    with pytest.raises(TooEarly):
        cast(round_, one)


def test_the_order_is_a_voters_own_and_stays():
    round_, entries = vote(*(f"E{number}" for number in range(12)))

    orders = [
        [each.code for each in in_own_order(rows, round_=round_, of=of)]
        for rows, of in ((entries, 1), (reversed(entries), 1), (entries, 2))
    ]

    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == sorted(orders[2])


def test_the_hash_of_a_place_is_worth_nothing_outside_its_vote():
    one, two = make_vote(), make_round("public_vote", code="second")

    assert place_hash(one, "network", "192.0.2.1") == place_hash(one, "network", "192.0.2.1")
    assert place_hash(one, "network", "192.0.2.1") != place_hash(two, "network", "192.0.2.1")
    assert place_hash(one, "network", "192.0.2.1") != place_hash(one, "network", "192.0.2.2")


@pytest.mark.django_db(transaction=True)
def test_of_two_ballots_at_once_one_is_kept():
    for _round in range(3):
        cache.clear()
        round_, (one, two) = vote("E1", "E2")
        voter = make_voter()

        together(lambda: cast(round_, one, by=voter), lambda: cast(round_, two, by=voter))  # noqa: B023

        assert Ballot.objects.get(round=round_).choices.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_ballot_against_the_end_of_the_judging_is_in_time_or_refused():
    round_, (one,) = vote("E1")

    def end():
        competition = Round.objects.get(pk=round_.pk).competition
        competition.state = CompetitionState.DECIDED
        competition.save(update_fields=["state"])

    cast_answer, _end = together(lambda: cast(round_, one, by=make_voter()), end)

    assert Ballot.objects.exists() is not isinstance(cast_answer, CompetitionError)

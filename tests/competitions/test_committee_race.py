"""Two people at one committee, on connections of their own."""

import pytest

from competitions.actions.committee.invitation_answers import accept, decline
from competitions.actions.committee.invitations import invite_judge
from competitions.actions.committee.members import change_member
from competitions.errors import CompetitionError
from competitions.models import Judge
from tests.competitions.test_submit_race import ROUNDS, together
from tests.factories import AT, make_closed_competition, make_judge, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_invitation_accepted_twice_is_accepted_once():
    for number in range(ROUNDS):
        person = make_user(email=f"asked{number}@example.org")
        _judge, secret = invite_judge(
            make_closed_competition(), by=None, at=AT, email=person.email, name="초대"
        )

        answers = together(
            lambda: accept(secret, by=person, at=AT),  # noqa: B023
            lambda: accept(secret, by=person, at=AT),  # noqa: B023
        )

        assert sorted(isinstance(answer, Judge) for answer in answers) == [False, True]


def test_of_yes_and_no_at_once_one_is_taken():
    for number in range(ROUNDS):
        person = make_user(email=f"asked{number}@example.org")
        competition = make_closed_competition()
        _judge, secret = invite_judge(competition, by=None, at=AT, email=person.email, name="초대")

        answers = together(
            lambda: accept(secret, by=person, at=AT),  # noqa: B023
            lambda: decline(secret, reason="", by=person, at=AT),  # noqa: B023
        )

        taken = [answer for answer in answers if isinstance(answer, Judge)]
        assert [judge.state for judge in taken] == [competition.judges.get().state]


def test_two_chairs_at_once_leave_one():
    for _round in range(ROUNDS):
        competition = make_closed_competition()
        one, two = make_judge(competition), make_judge(competition)

        together(
            lambda: change_member(one, by=None, at=AT, is_chair=True),  # noqa: B023
            lambda: change_member(two, by=None, at=AT, is_chair=True),  # noqa: B023
        )

        assert competition.judges.filter(is_chair=True).count() == 1


def test_two_invitations_of_one_address_leave_one():
    for _round in range(ROUNDS):
        competition = make_closed_competition()

        def invite(competition=competition):
            return invite_judge(competition, by=None, at=AT, email="one@example.org", name="초대")

        answers = together(invite, invite)

        assert sum(isinstance(answer, CompetitionError) for answer in answers) == 1
        assert competition.judges.count() == 1

"""Members and the chair on connections of their own."""

import pytest

from accounts.errors import Refusal
from competitions.actions.deciding.minutes import close_meeting, sign_minutes
from competitions.actions.deciding.motions import cast_vote, decide_motion
from competitions.models import Meeting, MotionVote
from tests.competitions.deciding.making import (
    make_carried,
    make_closed_meeting,
    make_committee_contest,
    make_meeting,
    make_motion,
    members_of,
    vote_all,
)
from tests.competitions.test_submit_race import ROUNDS, together
from tests.factories import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_votes_of_one_member_are_one():
    for _round in range(ROUNDS):
        competition = make_committee_contest(members=2)
        motion, person = make_motion(make_meeting(competition)), members_of(competition)[0].user

        answers = together(
            lambda: cast_vote(motion, "yes", by=person, at=AT),  # noqa: B023
            lambda: cast_vote(motion, "no", by=person, at=AT),  # noqa: B023
        )

        assert sum(isinstance(answer, MotionVote) for answer in answers) == 1
        assert motion.votes.count() == 1


def test_a_vote_comes_before_the_close_or_not_at_all():
    for _round in range(ROUNDS):
        competition = make_committee_contest(members=3)
        motion = make_motion(make_meeting(competition))
        vote_all(motion, "yes", "yes")
        last = members_of(competition)[2].user

        answers = together(
            lambda: cast_vote(motion, "no", by=last, at=AT),  # noqa: B023
            lambda: decide_motion(motion, by=None, at=AT),  # noqa: B023
        )

        choice = "abstain" if isinstance(answers[0], Refusal) else "no"
        assert motion.votes.get(judge__user=last).choice == choice


def test_closing_the_meeting_while_somebody_votes_leaves_no_vote_out_of_the_minutes():
    for _round in range(ROUNDS):
        competition = make_committee_contest(members=2)
        meeting = make_meeting(competition)
        make_carried(meeting)
        motion = make_motion(meeting)
        vote_all(motion, "yes")
        last = members_of(competition)[1].user

        def decide_and_close(motion=motion, meeting=meeting):
            decide_motion(motion, by=None, at=AT)
            return close_meeting(meeting, remarks="논의", by=None, at=AT)

        together(lambda: cast_vote(motion, "yes", by=last, at=AT), decide_and_close)  # noqa: B023

        meeting.refresh_from_db()
        votes = motion.votes.filter(choice="yes").count()
        assert meeting.minutes is None or meeting.minutes["motions"][1]["votes"]["yes"] == votes == 2


def test_two_last_signatures_sign_the_meeting_off():
    for _round in range(ROUNDS):
        competition = make_committee_contest(members=2)
        meeting = make_closed_meeting(competition)

        together(
            *(
                lambda person=judge.user: sign_minutes(meeting, by=person, at=AT)  # noqa: B023
                for judge in members_of(competition)
            )
        )

        meeting.refresh_from_db()
        assert meeting.state == Meeting.State.SIGNED

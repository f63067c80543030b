import pytest

from accounts.errors import IllegalMove
from competitions.actions.deciding.meetings import NoQuorum, mark_present
from competitions.actions.deciding.motions import (
    cast_vote,
    count_votes,
    decide_motion,
    put_motion,
    record_vote,
    withdraw_motion,
)
from competitions.actions.results.results import compute
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Motion
from competitions.states import CompetitionState
from tests.competitions.deciding.making import (
    keep_apart,
    make_carried,
    make_closed_meeting,
    make_committee_contest,
    make_meeting,
    make_motion,
    members_of,
    vote_all,
)
from tests.factories import AT, make_judge, make_user

pytestmark = pytest.mark.django_db
Kind = Motion.Kind


def entry_of(meeting, code):
    return meeting.competition.entries.get(code=code)


def tier_of(meeting, code="grand"):
    return meeting.competition.award_tiers.get(code=code)


def test_put_motion_has_the_usual_wording_and_a_number():
    meeting = make_meeting(make_committee_contest())

    first, second = make_motion(meeting), make_motion(meeting, Kind.OTHER, text="다음 회의는 5월에 연다.")

    assert (first.position, second.position) == (1, 2)
    assert first.text != ""
    assert second.text == "다음 회의는 5월에 연다."


@pytest.mark.parametrize(
    "given",
    [
        {"kind": Kind.OTHER},
        {"kind": Kind.DEPARTURE, "tier": True, "reason": "이유"},
        {"kind": Kind.DEPARTURE, "entry": "E2", "reason": "이유"},
        {"kind": Kind.DEPARTURE, "entry": "E2", "tier": True, "reason": "  "},
        {"kind": Kind.TIE, "entry": "E2", "tier": True},
        {"kind": Kind.NO_AWARD, "reason": "이유"},
        {"kind": Kind.NO_AWARD, "tier": True},
        {"kind": Kind.DEPARTURE, "entry": "E9", "tier": True, "reason": "이유"},
    ],
    ids=["text", "entry", "tier", "reason", "tie: reason", "none: tier", "none: reason", "place"],
)
def test_put_motion_that_lacks_something(given):
    meeting = make_meeting(make_committee_contest(E1=("40", "60"), E2=("30", "40"), E9=None))
    if "entry" in given:
        given = given | {"entry": entry_of(meeting, given["entry"])}
    if "tier" in given:
        given = given | {"tier": tier_of(meeting)}

    with pytest.raises(CompetitionError):
        put_motion(meeting, by=None, at=AT, **given)


def test_put_motion_before_the_meeting_has_begun_and_after_it():
    competition = make_committee_contest()

    for meeting in (make_meeting(competition, begins=False), make_closed_meeting(competition)):
        with pytest.raises(IllegalMove):
            make_motion(meeting)


def test_put_motion_on_a_result_that_has_changed():
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    competition.entries.filter(code="E1").update(state="disqualified", decision_reason="표절")
    compute(competition, by=None, at=AT)

    with pytest.raises(CompetitionError):
        make_motion(meeting)
    make_motion(meeting, Kind.OTHER, text="정회한다.")


def test_put_motion_on_awards_after_publishing():
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    competition.state = CompetitionState.PUBLISHED
    competition.published_at = AT
    competition.save()

    with pytest.raises(IllegalMove):
        make_motion(meeting)


def test_put_motion_for_an_award_of_another_track():
    meeting = make_meeting(make_committee_contest())
    other = meeting.competition.tracks.create(code="b", name="직원")
    tier = tier_of(meeting)
    tier.track = other
    tier.save()

    with pytest.raises(CompetitionError):
        make_motion(meeting, Kind.DEPARTURE, entry=entry_of(meeting, "E2"), tier=tier, reason="이유")


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        (["yes"] * 3 + ["no"] * 2, "carried"),
        (["yes"] * 2 + ["no"] * 2 + ["abstain"], "lost"),
        (["yes"] * 2 + ["abstain"] * 3, "lost"),
        (["yes"] * 3, "carried"),
        (["no"] * 3, "lost"),
    ],
)
def test_article_8_1_a_majority_of_those_present_carries(votes, outcome):
    motion = make_motion(make_meeting(make_committee_contest()))
    vote_all(motion, *votes)

    decided = decide_motion(motion, by=None, at=AT)

    assert decided.outcome == outcome
    assert motion.votes.count() == 5


def test_a_tie_of_four_carries_nothing():
    motion = make_motion(make_meeting(make_committee_contest(members=4)))
    vote_all(motion, "yes", "yes", "no", "no")

    assert decide_motion(motion, by=None, at=AT).outcome == "lost"


def test_decide_while_votes_to_come_can_decide():
    motion = make_motion(make_meeting(make_committee_contest()))
    vote_all(motion, "yes", "yes")

    with pytest.raises(CompetitionError):
        decide_motion(motion, by=None, at=AT)


def test_decide_after_so_many_left_that_the_quorum_is_lost():
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    motion = make_motion(meeting)
    vote_all(motion, *["yes"] * 5)
    mark_present(meeting, [judge.pk for judge in members_of(competition)[:2]], by=None)

    with pytest.raises(NoQuorum):
        decide_motion(motion, by=None, at=AT)


def test_votes_of_who_has_left_do_not_count():
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    motion = make_motion(meeting)
    vote_all(motion, "no", "no", "yes", "yes", "yes")
    mark_present(meeting, [judge.pk for judge in members_of(competition)[:4]], by=None)

    assert decide_motion(motion, by=None, at=AT).outcome == "lost"
    assert motion.votes.count() == 4


def test_conflicted_member_neither_votes_nor_counts():
    competition = make_committee_contest(members=3)
    meeting = make_meeting(competition)
    entry = keep_apart(members_of(competition)[2], "E2")
    motion = make_motion(meeting, Kind.DEPARTURE, entry=entry, tier=tier_of(meeting), reason="이유")

    with pytest.raises(ConflictOfInterest):
        cast_vote(motion, "yes", by=members_of(competition)[2].user, at=AT)
    vote_all(motion, "yes", "yes")

    assert decide_motion(motion, by=None, at=AT).outcome == "carried"
    assert motion.votes.count() == 2


def test_conflicted_chair_does_not_run_the_motion():
    competition = make_committee_contest()
    meeting, chair = make_meeting(competition), members_of(competition)[0]
    entry = keep_apart(chair, "E2")
    given = {"entry": entry, "tier": tier_of(meeting), "reason": "이유"}

    with pytest.raises(ConflictOfInterest):
        put_motion(meeting, kind=Kind.DEPARTURE, by=chair.user, at=AT, **given)
    motion = make_motion(meeting, Kind.DEPARTURE, **given)
    with pytest.raises(ConflictOfInterest):
        decide_motion(motion, by=chair.user, at=AT)
    with pytest.raises(ConflictOfInterest):
        withdraw_motion(motion, by=chair.user)
    with pytest.raises(ConflictOfInterest):
        record_vote(motion, members_of(competition)[1], "yes", by=chair.user, at=AT)


def test_motion_from_which_everybody_is_kept():
    competition = make_committee_contest(members=1)
    meeting = make_meeting(competition)
    motion = make_motion(
        meeting,
        Kind.DEPARTURE,
        entry=keep_apart(members_of(competition)[0], "E2"),
        tier=tier_of(meeting),
        reason="이유",
    )

    with pytest.raises(CompetitionError):
        decide_motion(motion, by=None, at=AT)


def test_vote_of_somebody_absent_and_of_a_stranger():
    competition = make_committee_contest()
    motion = make_motion(make_meeting(competition, present=3))

    for person in (members_of(competition)[4].user, make_user()):
        with pytest.raises(CompetitionError):
            cast_vote(motion, "yes", by=person, at=AT)


def test_vote_twice():
    competition = make_committee_contest()
    motion = make_motion(make_meeting(competition))
    vote_all(motion, "yes")

    with pytest.raises(IllegalMove):
        cast_vote(motion, "no", by=members_of(competition)[0].user, at=AT)
    assert count_votes(motion, members_of(competition))["yes"] == 1


def test_vote_for_something_unknown():
    competition = make_committee_contest()

    with pytest.raises(CompetitionError):
        vote_all(make_motion(make_meeting(competition)), "maybe")


def test_vote_on_a_decided_motion():
    competition = make_committee_contest()
    motion = make_carried(make_meeting(competition))

    with pytest.raises(IllegalMove):
        cast_vote(motion, "yes", by=members_of(competition)[0].user, at=AT)
    with pytest.raises(IllegalMove):
        decide_motion(motion, by=None, at=AT)


def test_vote_on_a_withdrawn_motion():
    competition = make_committee_contest()
    motion = make_motion(make_meeting(competition))
    kept = Motion.objects.select_related("meeting").get(pk=motion.pk)
    withdraw_motion(motion, by=None)

    with pytest.raises(IllegalMove):
        cast_vote(kept, "yes", by=members_of(competition)[0].user, at=AT)


def test_withdraw_a_motion_somebody_voted_on():
    motion = make_motion(make_meeting(make_committee_contest()))
    vote_all(motion, "yes")

    with pytest.raises(IllegalMove):
        withdraw_motion(motion, by=None)


def test_record_votes_of_the_room():
    competition = make_committee_contest()
    motion = make_motion(make_meeting(competition, present=3))

    record_vote(motion, members_of(competition)[0], "yes", by=None, at=AT)

    assert motion.votes.get().choice == "yes"
    with pytest.raises(CompetitionError):
        record_vote(motion, members_of(competition)[4], "yes", by=None, at=AT)


@pytest.mark.parametrize("mode", ["online", "written"])
def test_outside_a_room_only_votes_of_members_without_an_account_are_recorded(mode):
    competition = make_committee_contest()
    paper = make_judge(competition, code="J6")
    motion = make_motion(make_meeting(competition, mode=mode))

    with pytest.raises(CompetitionError):
        record_vote(motion, members_of(competition)[0], "yes", by=None, at=AT)
    record_vote(motion, paper, "yes", by=None, at=AT)

    assert motion.votes.get().judge == paper

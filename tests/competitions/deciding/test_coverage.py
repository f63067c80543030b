"""Under the full profile the committee votes for what is decided (제8조제1항)."""

import pytest

from accounts.models import AuditRecord
from competitions.actions.calls.gates import GateRefused, override_gate
from competitions.actions.deciding.coverage import Carried, Need
from competitions.actions.results.results import Choice, compute, decide_awards, look_at_decision
from competitions.models import Competition, Motion
from competitions.states import CompetitionState
from tests.competitions.deciding.making import (
    make_carried,
    make_committee_contest,
    make_meeting,
    make_motion,
    vote_all,
)
from tests.competitions.rules.contests import DAY
from tests.factories import AT

pytestmark = pytest.mark.django_db
Kind = Motion.Kind
IN_ORDER = {"E1": Choice("grand"), "E2": Choice("good")}


def full_contest(**points):
    competition = make_committee_contest(**points)
    Competition.objects.update(
        profile="full",
        state=CompetitionState.VERIFICATION,
        verification_from=AT - 11 * DAY,
        verification_until=AT - DAY,
    )
    competition.refresh_from_db()
    return competition


def gates(refused):
    return [each.gate.code for each in refused.value.findings]


def decide(competition, choices=IN_ORDER, **given):
    return decide_awards(competition, choices, by=None, at=AT, **given)


def test_decide_without_a_vote_of_the_committee():
    competition = full_contest()

    with pytest.raises(GateRefused) as refused:
        decide(competition)

    assert gates(refused) == ["committee_decided"]


def test_decide_in_the_order_after_the_vote():
    competition = full_contest()
    make_carried(make_meeting(competition))

    decide(competition)

    assert Competition.objects.get().state == CompetitionState.DECIDED


def test_decide_after_a_motion_that_was_lost():
    competition = full_contest()
    motion = make_motion(make_meeting(competition))
    vote_all(motion, *["no"] * 5)

    with pytest.raises(GateRefused):
        decide(competition)


def test_decide_after_a_vote_on_another_result():
    competition = full_contest()
    make_carried(make_meeting(competition))
    competition.entries.filter(code="E3").update(state="disqualified", decision_reason="표절")
    compute(competition, by=None, at=AT)

    with pytest.raises(GateRefused):
        decide(competition)


@pytest.mark.usefixtures("english")
def test_departure_needs_a_motion_of_its_own():
    competition = full_contest()
    meeting = make_meeting(competition)
    make_carried(meeting)
    swapped = {"E2": Choice("grand", "현장 확인"), "E1": Choice("good")}

    with pytest.raises(GateRefused) as refused:
        decide(competition, swapped)
    make_carried(
        meeting,
        Kind.DEPARTURE,
        entry=competition.entries.get(code="E2"),
        tier=competition.award_tiers.get(code="grand"),
        reason="현장 확인",
    )
    decide(competition, swapped)

    assert "E2 “대상” out of the order" in str(refused.value)


def test_tie_needs_a_motion_of_its_own():
    competition = full_contest(E1=("40", "60"), E2=("30", "40"), E3=("40", "30"))
    meeting = make_meeting(competition)
    make_carried(meeting)

    with pytest.raises(GateRefused):
        decide(competition)
    make_carried(
        meeting,
        Kind.TIE,
        entry=competition.entries.get(code="E2"),
        tier=competition.award_tiers.get(code="good"),
        reason="효과가 더 뚜렷함",
    )
    decide(competition)


def test_no_award_needs_a_motion_of_its_own_and_its_reason_is_kept():
    competition = full_contest()
    meeting = make_meeting(competition)
    make_carried(meeting)
    given = {"choices": {"E1": Choice("grand")}, "no_award": {"good": "기준 미달"}}

    with pytest.raises(GateRefused):
        decide(competition, **given)
    make_carried(meeting, Kind.NO_AWARD, tier=competition.award_tiers.get(code="good"), reason="기준 미달")
    decide(competition, **given)

    assert AuditRecord.objects.get(verb="awards.decided").detail["no_award"] == {"good": "기준 미달"}


def test_decide_with_an_override():
    competition = full_contest()
    reason = "위원회가 서면 의견으로 갈음하여 전원이 동의하였습니다."
    override_gate(competition, "committee_decided", reason=reason, by=None, at=AT)

    decide(competition)


def test_looking_at_a_decision_changes_nothing():
    competition = make_committee_contest()

    found = look_at_decision(competition, {"E2": Choice("grand", "이유")}, at=AT, no_award={"good": "이유"})

    assert (found.departing, found.empty) == (["E2"], ["good"])
    assert Competition.objects.get().state == CompetitionState.JUDGING


@pytest.mark.parametrize(
    ("motion", "need", "covers"),
    [
        (Carried("order", "", "", ""), Need("order", "E1", "grand", "a"), True),
        (Carried("order", "", "", "a"), Need("order", "E1", "grand", "b"), False),
        (Carried("order", "", "", ""), Need("departure", "E1", "grand", "a"), False),
        (Carried("departure", "E1", "grand", ""), Need("departure", "E1", "grand", "a"), True),
        (Carried("departure", "E1", "grand", ""), Need("departure", "E1", "good", "a"), False),
        (Carried("departure", "E2", "grand", ""), Need("departure", "E1", "grand", "a"), False),
        (Carried("tie", "E1", "grand", ""), Need("order", "E1", "grand", "a"), True),
        (Carried("no_award", "", "good", ""), Need("order", "", "good", ""), False),
        (Carried("no_award", "", "good", "a"), Need("no_award", "", "good", ""), False),
    ],
)
def test_what_a_motion_covers(motion, need, covers):
    assert motion.covers(need) is covers

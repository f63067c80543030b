from datetime import timedelta

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.calls.competitions import announce_competition, start_judging
from competitions.actions.calls.gates import (
    GateRefused,
    facts_of,
    note_similar_checked,
    override_gate,
    withdraw_override,
)
from competitions.actions.results.results import Choice, decide_awards
from competitions.errors import CompetitionError
from competitions.models import Competition, GateOverride, Track
from competitions.rules.facts import JudgeFact
from competitions.states import CompetitionState, EntryState
from tests.competitions.jury import make_scored_competition
from tests.competitions.rules.contests import DAY, make_committee, make_full_competition
from tests.factories import AT, make_competition, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db
REASON = "심의 결과 개인정보가 드러날 우려가 있어 위원회가 대신 검증합니다."


def codes(refused):
    return [each.gate.code for each in refused.value.findings]


def test_announce_with_a_complete_plan():
    competition = make_full_competition()

    announce_competition(competition, by=None, at=AT)

    assert competition.state == CompetitionState.ANNOUNCED


@pytest.mark.usefixtures("english")
def test_announce_names_every_missing_gate_with_its_article():
    competition = make_full_competition(plan={}, closes_at=AT + 4 * DAY)

    with pytest.raises(GateRefused) as refused:
        announce_competition(competition, by=None, at=AT)

    assert codes(refused) == ["plan", "notice_period"]
    assert "[제4조제2항] Write the missing items of the plan: Field, purpose and content, " in str(
        refused.value
    )
    assert "[제5조제1항] The notice has to stand 5 full days" in str(refused.value)
    assert Competition.objects.get().state == CompetitionState.DRAFT
    assert not competition.call_notices.exists()


def test_announce_of_the_light_profile_asks_none_of_it():
    competition = make_full_competition(profile="light", plan={}, closes_at=AT + 4 * DAY)

    announce_competition(competition, by=None, at=AT)

    assert competition.state == CompetitionState.ANNOUNCED


def test_announce_counts_to_the_earliest_deadline_of_a_track():
    competition = make_full_competition()
    Track.objects.create(competition=competition, code="b", name="직원", closes_at=AT + 4 * DAY)

    with pytest.raises(GateRefused) as refused:
        announce_competition(competition, by=None, at=AT)

    assert codes(refused) == ["notice_period"]


def test_announce_with_an_override():
    competition, person = make_full_competition(closes_at=AT + 4 * DAY), make_user()
    override_gate(competition, "notice_period", reason=" 재난 복구로 급함 ", by=person, at=AT)

    announce_competition(competition, by=None, at=AT)

    assert competition.gate_overrides.get().reason == "재난 복구로 급함"
    record = AuditRecord.objects.get(verb="competition.gate_overridden")
    assert (record.by, record.detail) == (person, {"gate": "notice_period", "article": "제5조제1항"})


def test_announce_after_the_override_is_withdrawn():
    competition = make_full_competition(closes_at=AT + 4 * DAY)
    override = override_gate(competition, "notice_period", reason="급함", by=None, at=AT)
    withdraw_override(override, by=None, at=AT)

    with pytest.raises(GateRefused):
        announce_competition(competition, by=None, at=AT)

    assert AuditRecord.objects.filter(verb="competition.gate_override_withdrawn").count() == 1


def test_withdraw_twice_is_an_illegal_move():
    override = override_gate(make_full_competition(), "plan", reason="급함", by=None, at=AT)
    withdraw_override(override, by=None, at=AT)

    with pytest.raises(IllegalMove):
        withdraw_override(override, by=None, at=AT)


@pytest.mark.parametrize("code", ["verified", "revocation_notice", "revocation_opinion", "call", "unknown"])
def test_override_of_what_nobody_may_pass_is_refused(code):
    with pytest.raises(CompetitionError):
        override_gate(make_full_competition(), code, reason=REASON, by=None, at=AT)

    assert not GateOverride.objects.exists()


@pytest.mark.parametrize(
    ("code", "reason"), [("plan", " "), ("candidates_public", "짧은 사유"), ("plan", "가" * 1001)]
)
def test_override_with_a_poor_reason_is_refused(code, reason):
    with pytest.raises(CompetitionError):
        override_gate(make_full_competition(), code, reason=reason, by=None, at=AT)

    assert not GateOverride.objects.exists()


def test_override_twice_is_refused():
    competition = make_full_competition()
    override_gate(competition, "plan", reason="급함", by=None, at=AT)

    with pytest.raises(CompetitionError):
        override_gate(competition, "plan", reason="또", by=None, at=AT)

    assert GateOverride.objects.count() == 1


def test_override_of_article_9_3_carries_article_9_4():
    override_gate(make_full_competition(), "candidates_public", reason=REASON, by=None, at=AT)

    assert AuditRecord.objects.get(verb="competition.gate_overridden").detail["article"] == "제9조제4항"


def test_similar_contests_without_a_finding_are_refused():
    with pytest.raises(CompetitionError):
        note_similar_checked(make_competition(), found=" ", by=None)


def full_ready_for_judging():
    competition = make_full_competition(
        state=CompetitionState.ANNOUNCED,
        announced_at=AT - 30 * DAY,
        opens_at=AT - 20 * DAY,
        closes_at=AT - DAY,
    )
    make_entry(competition, state=EntryState.ACCEPTED)
    return competition


def test_start_judging_with_a_full_committee():
    competition = full_ready_for_judging()
    make_committee(competition)

    start_judging(competition, by=None, at=AT)

    assert competition.state == CompetitionState.JUDGING


def test_start_judging_with_a_committee_of_officials_is_refused():
    competition = full_ready_for_judging()
    make_committee(competition, private=1, public=3)

    with pytest.raises(GateRefused) as refused:
        start_judging(competition, by=None, at=AT)

    assert codes(refused) == ["committee_size", "committee_balance"]
    assert Competition.objects.get().state == CompetitionState.ANNOUNCED


def test_decide_without_verification_is_refused():
    competition = make_scored_competition(E1=(40, 60))
    Competition.objects.update(profile="full")

    with pytest.raises(GateRefused) as refused:
        decide_awards(competition, {"E1": Choice("grand")}, by=None, at=AT)

    assert codes(refused) == ["candidates_public", "verified", "committee_decided"]
    assert Competition.objects.get().state == CompetitionState.JUDGING


@pytest.mark.parametrize("days", [0, 9])
def test_decide_before_ten_days_of_verification_is_refused(days):
    competition = verified(at=AT - timedelta(days=days))

    with pytest.raises(GateRefused):
        decide_awards(competition, {"E1": Choice("grand")}, by=None, at=AT)


def test_decide_after_ten_days_of_verification():
    competition = verified(at=AT - 10 * DAY)
    override_gate(competition, "committee_decided", reason=REASON, by=None, at=AT)

    decide_awards(competition, {"E1": Choice("grand")}, by=None, at=AT)

    assert Competition.objects.get().state == CompetitionState.DECIDED


def verified(*, at):
    competition = make_scored_competition(E1=(40, 60))
    Competition.objects.update(
        profile="full", state="verification", verification_from=at, verification_until=at + 10 * DAY
    )
    return competition


@pytest.mark.parametrize("count", [1, 3])
def test_facts_query_count(count, django_assert_num_queries):
    competition = make_full_competition()
    for number in range(count - 1):
        Track.objects.create(competition=competition, code=f"t{number}", name="부문")
    for _number in range(count):
        make_judge(competition, side="private", track=competition.tracks.first())

    with django_assert_num_queries(9):
        facts = facts_of(competition, at=AT)

    assert facts.judges == (JudgeFact(side="private", track="a"),) * count

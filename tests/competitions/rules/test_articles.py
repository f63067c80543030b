"""Each article of the decree as a gate: what the full profile refuses, and the light one does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from competitions.contest_files.call_records import AGREED_ITEMS, PLAN_ITEMS, TermRecord
from competitions.rules.facts import FULL, LIGHT, Facts, JudgeFact, RoundFact
from competitions.rules.findings import GateState, Stage
from competitions.rules.gates import BY_CODE, GATES, check, evaluate

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CHAIR = JudgeFact(side="private", is_chair=True)
PRIVATE, PUBLIC = JudgeFact(side="private"), JudgeFact(side="public")
VOTE = RoundFact(kind="public_vote")
COMMITTEE = (CHAIR, PRIVATE, PRIVATE, PUBLIC, PUBLIC)


def a_term(*covers, is_required=True):
    return TermRecord(purpose="rules", title="규정", text="안내", is_required=is_required, covers=covers)


def facts(**fields):
    values = {
        "profile": FULL,
        "now": NOW,
        "deadlines": (NOW + 30 * DAY,),
        "call": "## 목적",
        "plan": dict.fromkeys(PLAN_ITEMS, "내용"),
        "terms": (a_term(*AGREED_ITEMS),),
        "tracks": ("a",),
        "criteria": 2,
        "has_similar_checked": True,
        "judges": COMMITTEE,
    }
    return Facts(**values | fields)


def state(code, **fields):
    return check(BY_CODE[code], facts(**fields)).state


def of(track, *judges):
    return tuple(JudgeFact(side=each.side, is_chair=each.is_chair, track=track) for each in judges)


BREAKS = {
    "similar": {"has_similar_checked": False},
    "plan": {"plan": {}},
    "agreed": {"terms": ()},
    "notice_period": {"deadlines": (NOW + 4 * DAY,)},
    "renotice": {"material_at": NOW + 26 * DAY},
    "committee_size": {"judges": COMMITTEE[:4]},
    "committee_chair": {"judges": (PRIVATE,) * 5},
    "committee_balance": {"judges": (CHAIR, PRIVATE, PUBLIC, PUBLIC, PUBLIC)},
    "vote_added": {"rounds": (VOTE, RoundFact(kind="written", carries=False))},
    "candidates_public": {},
    "verified": {},
    "committee_decided": {},
    "revocation_notice": {},
    "revocation_opinion": {},
}


def test_every_article_has_a_circumstance_that_breaks_it():
    assert BREAKS.keys() == {gate.code for gate in GATES if gate.article}


@pytest.mark.parametrize("code", BREAKS)
def test_full_profile_refuses(code):
    assert state(code, **BREAKS[code]) == GateState.MISSING


@pytest.mark.parametrize("code", BREAKS)
def test_light_profile_does_not_ask(code):
    assert state(code, profile=LIGHT, **BREAKS[code]) == GateState.NOT_APPLICABLE


@pytest.mark.parametrize("profile", [FULL, LIGHT])
@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("call", {"call": " \n"}),
        ("track", {"tracks": ()}),
        ("criterion", {"criteria": 0}),
        ("closing", {"deadlines": (NOW,)}),
    ],
)
def test_common_sense_is_asked_of_every_profile(profile, code, broken):
    assert state(code, profile=profile) == GateState.MET
    assert state(code, profile=profile, **broken) == GateState.MISSING


def test_complete_plan_passes_every_gate_before_announcing():
    found = evaluate(facts(), Stage.ANNOUNCE)

    assert {each.verdict.state for each in found} == {GateState.MET}


@pytest.mark.parametrize("item", PLAN_ITEMS)
def test_article_4_2_names_the_missing_item(item):
    plan = dict.fromkeys(PLAN_ITEMS, "내용") | {item: " "}

    verdict = check(BY_CODE["plan"], facts(plan=plan))

    assert verdict.state == GateState.MISSING
    assert verdict.params == {"items": (item,)}


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["public_vote"], GateState.MISSING),
        (["public_vote", "measured"], GateState.MISSING),
        (["public_vote", "panel"], GateState.MISSING),
        (["public_vote", "written"], GateState.MET),
        (["presentation", "public_vote"], GateState.MET),
        (["panel"], GateState.MET),
    ],
)
def test_article_9_2_a_vote_is_added_to_a_committee(kinds, expected):
    assert state("vote_added", rounds=tuple(RoundFact(kind=kind) for kind in kinds)) == expected


def test_article_5_1_refuses_a_notice_of_four_days():
    assert state("notice_period", deadlines=(NOW + 4 * DAY,)) == GateState.MISSING


def test_article_5_1_light_profile_does_not_refuse_a_notice_of_four_days():
    assert state("notice_period", profile=LIGHT, deadlines=(NOW + 4 * DAY,)) == GateState.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("length", "expected"),
    [(timedelta(hours=120), GateState.MET), (timedelta(hours=120, seconds=-1), GateState.MISSING)],
)
def test_article_5_1_counts_120_hours(length, expected):
    assert state("notice_period", deadlines=(NOW + length,)) == expected


def test_article_5_1_counts_to_the_earliest_deadline():
    assert state("notice_period", deadlines=(NOW + 30 * DAY, NOW + 4 * DAY)) == GateState.MISSING


def test_article_5_1_counts_from_the_announcement_once_it_is_made():
    told = NOW - 10 * DAY

    assert state("notice_period", announced_at=told, deadlines=(NOW + DAY,)) == GateState.MET


def test_article_5_3_passes_without_a_material_change():
    assert state("renotice", deadlines=(NOW + DAY,)) == GateState.NOT_APPLICABLE


@pytest.mark.parametrize(("days", "expected"), [(5, GateState.MET), (4, GateState.MISSING)])
def test_article_5_3_counts_from_the_last_material_notice(days, expected):
    assert state("renotice", material_at=NOW, deadlines=(NOW + days * DAY,)) == expected


def test_article_5_3_leaves_out_deadlines_that_have_passed():
    assert state("renotice", material_at=NOW, deadlines=(NOW - DAY, NOW + 6 * DAY)) == GateState.MET


@pytest.mark.parametrize("item", AGREED_ITEMS)
def test_article_6_2_names_the_item_nobody_is_told(item):
    told = a_term(*(each for each in AGREED_ITEMS if each != item))

    verdict = check(BY_CODE["agreed"], facts(terms=(told,)))

    assert verdict.state == GateState.MISSING
    assert verdict.params == {"items": (item,)}


def test_article_6_2_does_not_count_an_optional_consent():
    assert state("agreed", terms=(a_term(*AGREED_ITEMS, is_required=False),)) == GateState.MISSING


def test_article_6_2_may_be_told_in_several_consents():
    terms = (a_term(*AGREED_ITEMS[:2]), a_term(*AGREED_ITEMS[2:]))

    assert state("agreed", terms=terms) == GateState.MET


FIELDS = ("a", "b")
OF_A = of("a", CHAIR, PRIVATE, PUBLIC)
OF_B = of("b", CHAIR, PRIVATE, PUBLIC)


def test_article_7_4_takes_five_judges_with_a_chair():
    assert state("committee_size") == state("committee_chair") == GateState.MET


@pytest.mark.parametrize("judges", [(), (CHAIR, CHAIR, PRIVATE, PRIVATE, PUBLIC)])
def test_article_7_4_asks_for_exactly_one_chair(judges):
    assert state("committee_chair", judges=judges) == GateState.MISSING


def test_article_7_4_takes_three_judges_for_each_field():
    judges = OF_A + OF_B

    states = [
        state(code, tracks=FIELDS, judges=judges)
        for code in ("committee_size", "committee_chair", "committee_balance")
    ]

    assert states == [GateState.MET] * 3


def test_article_7_4_names_the_field_with_two_judges():
    verdict = check(BY_CODE["committee_size"], facts(tracks=FIELDS, judges=OF_A + OF_B[:2]))

    assert verdict.params == {"tracks": ("b",)}


def test_article_7_2_one_field_alone_needs_the_whole_committee():
    assert state("committee_size", tracks=("a",), judges=OF_A) == GateState.MISSING


def test_article_7_4_names_the_field_without_a_chair():
    verdict = check(
        BY_CODE["committee_chair"], facts(tracks=FIELDS, judges=OF_A + of("b", PRIVATE, PRIVATE, PUBLIC))
    )

    assert verdict.params == {"tracks": ("b",)}


def test_article_7_5_takes_exactly_half():
    judges = (CHAIR, PRIVATE, PRIVATE, PUBLIC, PUBLIC, PUBLIC)

    assert state("committee_balance", judges=judges) == GateState.MET


def test_article_7_5_counts_a_side_that_nobody_said_as_public():
    judges = (CHAIR, PRIVATE, JudgeFact(), JudgeFact(), JudgeFact())

    assert state("committee_balance", judges=judges) == GateState.MISSING


def test_article_7_5_names_the_field_with_too_few_from_outside():
    judges = OF_A + of("b", CHAIR, PUBLIC, PUBLIC)

    verdict = check(BY_CODE["committee_balance"], facts(tracks=FIELDS, judges=judges))

    assert verdict.params == {"tracks": ("b",)}


def test_article_9_3_waits_for_ten_full_days():
    verdict = check(BY_CODE["candidates_public"], facts(verification_from=NOW - 9 * DAY))

    assert (verdict.state, verdict.until) == (GateState.WAITING, NOW + DAY)


def test_article_9_3_is_met_after_ten_full_days():
    assert state("candidates_public", verification_from=NOW - 10 * DAY) == GateState.MET


def test_article_9_5_waits_for_the_end_of_the_verification():
    verdict = check(BY_CODE["verified"], facts(verification_until=NOW + DAY))

    assert (verdict.state, verdict.until) == (GateState.WAITING, NOW + DAY)


def test_article_9_5_is_met_at_the_end():
    assert state("verified", verification_until=NOW) == GateState.MET


def test_article_9_5_refuses_while_a_report_is_open():
    assert state("verified", verification_until=NOW, open_reports=1) == GateState.MISSING


def test_article_11_4_waits_ten_days_from_the_notice():
    verdict = check(BY_CODE["revocation_notice"], facts(revocation_noticed_at=NOW - 9 * DAY))

    assert (verdict.state, verdict.until) == (GateState.WAITING, NOW + DAY)
    assert state("revocation_notice", revocation_noticed_at=NOW - 10 * DAY) == GateState.MET


def test_article_11_4_waits_for_the_opinion():
    verdict = check(BY_CODE["revocation_opinion"], facts(opinion_until=NOW + DAY))

    assert (verdict.state, verdict.until) == (GateState.WAITING, NOW + DAY)
    assert state("revocation_opinion", opinion_until=NOW + DAY, has_opinion=True) == GateState.MET
    assert state("revocation_opinion", opinion_until=NOW) == GateState.MET


def test_only_articles_that_allow_it_can_be_passed_unmet():
    assert {gate.code for gate in GATES if gate.article and not gate.can_override} == {
        "verified",
        "vote_added",
        "revocation_notice",
        "revocation_opinion",
    }


INVITED = JudgeFact(side="private", is_invited=True)


@pytest.mark.parametrize("code", ["committee_size", "committee_chair", "committee_balance"])
def test_article_7_does_not_count_who_is_only_invited(code):
    judges = tuple(replace(each, is_invited=True) for each in COMMITTEE)

    verdict = check(BY_CODE[code], facts(judges=judges))

    assert verdict.state == GateState.MISSING
    assert verdict.params["count"] == len(COMMITTEE)


def test_article_7_4_names_what_is_missing_when_those_invited_are_not_enough():
    verdict = check(BY_CODE["committee_size"], facts(judges=(*COMMITTEE[:3], INVITED)))

    assert verdict.params["count"] == 3


def test_article_7_5_is_met_whatever_those_invited_answer():
    judges = (*COMMITTEE, JudgeFact(side="public", is_invited=True))

    assert state("committee_balance", judges=judges) == GateState.MET

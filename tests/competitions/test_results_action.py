import pytest
from django.db import DatabaseError, transaction

from accounts.errors import IllegalMove
from casebook.content import content_sha256
from competitions.actions.deciding.choices import departing
from competitions.actions.judging.sheets import recuse
from competitions.actions.results.results import (
    Choice,
    StaleResult,
    compute,
    decide_awards,
    publish_results,
)
from competitions.errors import CompetitionError
from competitions.models import Assignment, Award, AwardTier, Result
from competitions.standings import standings
from competitions.states import CompetitionState, EntryState
from tests.competitions.jury import (
    make_accepted_entry,
    make_judging_competition,
    make_published_competition,
    make_scored_competition,
    sign,
)
from tests.factories import AT, make_assignment, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db


def lines(result):
    return [(e["code"], e["total"], e["place"], e["award"], e["status"]) for e in result.outcome["entries"]]


def states(competition):
    return dict(competition.entries.values_list("code", "state"))


def test_compute_stores_totals_places_and_proposed_awards():
    competition = make_scored_competition(E1=("20", "40"), E2=("40", "50.5"), E3=("10", "10"))

    result = compute(competition, by=None, at=AT)

    assert lines(result) == [
        ("E2", "90.5", 1, "grand", "ranked"),
        ("E1", "60", 2, "good", "ranked"),
        ("E3", "20", 3, None, "ranked"),
    ]
    assert list(result.outcome) == ["competition", "method", "inputs_sha256", "entries"]
    assert result.outcome["entries"][0]["rounds"]["written"]["criteria"] == {"idea": "40", "effect": "50.5"}
    assert result.outcome_sha256 == content_sha256(result.outcome)
    assert result.inputs_sha256 == result.outcome["inputs_sha256"]


def test_compute_counts_only_signed_sheets_of_judged_entries():
    competition = make_scored_competition(E1=("20", "40"), E2=None)
    make_entry(competition, state=EntryState.DISQUALIFIED, code="E3")

    result = compute(competition, by=None, at=AT)

    assert lines(result) == [("E1", "60", 1, "grand", "ranked"), ("E2", None, None, None, "unscored")]


def test_compute_leaves_out_a_recused_judge():
    competition = make_judging_competition()
    entry = make_accepted_entry(competition, code="E1")
    first = make_assignment(make_judge(competition, user=make_user()), entry)
    second = make_assignment(make_judge(competition, user=make_user()), entry)
    sign(first, "40", "60")
    recuse(second, "같은 부서", by=second.judge.user, at=AT)

    result = compute(competition, by=None, at=AT)

    assert lines(result) == [("E1", "100", 1, "grand", "ranked")]


def test_compute_again_replaces_the_result():
    competition = make_scored_competition(E1=("20", "40"), E2=None)
    compute(competition, by=None, at=AT)
    sign(Assignment.objects.get(entry__code="E2"), "40", "60")

    result = compute(competition, by=None, at=AT)

    assert [line[:3] for line in lines(result)] == [("E2", "100", 1), ("E1", "60", 2)]
    assert Result.objects.count() == 1


def test_compute_without_a_round():
    competition = make_judging_competition()
    competition.rounds.all().delete()

    with pytest.raises(CompetitionError):
        compute(competition, by=None, at=AT)


def test_compute_of_a_cancelled_competition():
    with pytest.raises(IllegalMove):
        compute(make_judging_competition(state=CompetitionState.CANCELLED), by=None, at=AT)


@pytest.mark.parametrize("count", [1, 3])
def test_compute_query_count(count, django_assert_num_queries):
    competition = make_scored_competition(**{f"E{n}": ("1", "1") for n in range(count)})
    compute(competition, by=None, at=AT)

    with django_assert_num_queries(19):
        compute(competition, by=None, at=AT)


def test_compute_sums_the_sheets_up_again_after_a_change_of_weights():
    competition = make_scored_competition(E1=("20", "40"), E2=("40", "20"))
    competition.rounds.get().criteria.filter(code="effect").update(weight=3)

    compute(competition, by=None, at=AT)

    assert [row.reached for row in Assignment.objects.order_by("entry__code")] == [140, 100]
    assert standings(competition).order == ["E1", "E2"]


def test_decide_awards_moves_entries_and_competition():
    competition = make_scored_competition(E1=("20", "40"), E2=("40", "50"))

    result = decide_awards(competition, {"E2": Choice("grand")}, by=None, at=AT)

    competition.refresh_from_db()
    assert competition.state == CompetitionState.DECIDED
    assert states(competition) == {"E1": EntryState.NOT_AWARDED, "E2": EntryState.AWARDED}
    assert [(code, award) for code, _t, _p, award, _s in lines(result)] == [("E2", "grand"), ("E1", None)]


def test_decide_awards_may_be_redone():
    competition = make_scored_competition(E1=("20", "40"), E2=("40", "50"))
    decide_awards(competition, {"E2": Choice("grand")}, by=None, at=AT)

    decide_awards(competition, {"E2": Choice("grand"), "E1": Choice("good")}, by=None, at=AT)

    assert states(competition) == {"E1": EntryState.AWARDED, "E2": EntryState.AWARDED}
    assert Award.objects.count() == 2


def test_decide_awards_to_nobody():
    competition = make_scored_competition(E1=("20", "40"))

    decide_awards(competition, {}, by=None, at=AT)

    assert states(competition) == {"E1": EntryState.NOT_AWARDED}


@pytest.mark.parametrize(
    "choices",
    [
        {"E1": Choice("grand"), "E2": Choice("grand")},
        {"E1": Choice("nothing")},
        {"E9": Choice("grand")},
        {"E3": Choice("grand", "이유")},
        {"E1": Choice("grand")},
        {"E1": Choice("grand", "  "), "E2": Choice("good")},
    ],
    ids=["over the count", "unknown tier", "unknown entry", "unscored", "out of order", "swapped"],
)
def test_decide_awards_refused(choices):
    competition = make_scored_competition(E1=("20", "40"), E2=("40", "50"), E3=None)

    with pytest.raises(CompetitionError):
        decide_awards(competition, choices, by=None, at=AT)

    competition.refresh_from_db()
    assert competition.state == CompetitionState.JUDGING
    assert set(states(competition).values()) == {EntryState.ACCEPTED}


def test_decide_awards_out_of_order_with_a_reason():
    competition = make_scored_competition(E1=("20", "40"), E2=("40", "50"))

    decide_awards(competition, {"E1": Choice("grand", "검증에서 확인")}, by=None, at=AT)

    assert Award.objects.get().reason == "검증에서 확인"


def test_departing_leaves_equals_alone():
    entries = [("A", 1), ("B", 2), ("C", 2), ("D", 4)]
    outcome = {"entries": [{"code": code, "place": place, "track": "a"} for code, place in entries]}
    tiers = {code: AwardTier(code=code, count=1) for code in ("grand", "good")}
    choices = {"A": Choice("grand"), "C": Choice("good")}

    assert departing(choices, outcome=outcome, tiers=tiers) == []
    assert departing(choices | {"D": Choice("good")}, outcome=outcome, tiers=tiers) == ["D"]


def test_decide_awards_on_a_result_that_has_changed():
    competition = make_scored_competition(E1=("20", "40"), E2=None)
    seen = compute(competition, by=None, at=AT).inputs_sha256
    sign(Assignment.objects.get(entry__code="E2"), "40", "60")

    with pytest.raises(StaleResult):
        decide_awards(competition, {"E1": Choice("grand")}, by=None, at=AT, inputs_sha256=seen)


@pytest.mark.parametrize("state", [CompetitionState.ANNOUNCED, CompetitionState.CANCELLED])
def test_decide_awards_outside_judging(state):
    with pytest.raises(IllegalMove):
        decide_awards(make_judging_competition(state=state), {}, by=None, at=AT)


def test_publish_results_freezes_the_result():
    competition = make_published_competition(by=None, E1=("20", "40"), E2=("40", "50"))

    result = competition.result
    assert (competition.state, competition.published_at, result.published_at) == (
        CompetitionState.PUBLISHED,
        AT,
        AT,
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.update(outcome={})


def test_publish_results_before_awards_are_decided():
    with pytest.raises(IllegalMove):
        publish_results(make_scored_competition(E1=("20", "40")), by=None, at=AT)


def test_publish_results_twice():
    competition = make_published_competition(by=None, E1=("20", "40"))

    with pytest.raises(IllegalMove):
        publish_results(competition, by=None, at=AT)


def test_publish_results_after_scores_changed():
    competition = make_scored_competition(E1=("20", "40"))
    decide_awards(competition, {"E1": Choice("grand")}, by=None, at=AT)
    Assignment.objects.get().scores.update(points=1)

    with pytest.raises(StaleResult):
        publish_results(competition, by=None, at=AT)


def test_decide_awards_after_publishing():
    competition = make_published_competition(by=None, E1=("20", "40"))

    with pytest.raises(IllegalMove):
        decide_awards(competition, {}, by=None, at=AT)


def test_compute_after_publishing_returns_what_was_published():
    competition = make_published_competition(by=None, E1=("20", "40"))
    before = competition.result.outcome
    Assignment.objects.get().scores.update(points=1)

    assert compute(competition, by=None, at=AT).outcome == before

"""Whom the rule puts next once an award is cancelled."""

from types import SimpleNamespace

import pytest

from competitions.actions.results.moving_up import move_up
from competitions.actions.results.proposed_next import Proposal, proposed_next, without
from competitions.models import Award, Result
from tests.competitions.jury import make_published_competition
from tests.competitions.test_moving_up import moved, revoked
from tests.competitions.test_organise_views import organiser_of
from tests.competitions.test_revocation_views import page
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def published(**points):
    return make_published_competition(
        by=make_user(), **{"E1": (40, 60), "E2": (30, 50), "E3": (20, 40)} | points
    )


def test_the_next_in_place_is_proposed():
    competition = published()

    assert proposed_next(revoked(competition)) == Proposal(codes=["E2"], place=1)


def test_equals_are_left_to_people():
    proposal = proposed_next(revoked(published(E3=(30, 50))))

    assert (sorted(proposal.codes), proposal.is_tied) == (["E2", "E3"], True)


def test_who_holds_an_award_is_passed_over():
    competition = published()
    revocation = revoked(competition)
    second = competition.entries.get(code="E2")
    Award.objects.create(tier=competition.award_tiers.get(code="good"), entry=second, decided_at=AT)

    assert proposed_next(revocation).codes == ["E3"]


def test_with_nobody_left_nothing_is_proposed():
    assert proposed_next(revoked(make_published_competition(by=make_user(), E1=(40, 60)))) == Proposal()


def test_result_without_a_frozen_file_proposes_nothing(monkeypatch):
    revocation = revoked(published())
    monkeypatch.setattr(Result.objects, "filter", lambda **_given: Result.objects.none())

    assert proposed_next(revocation) == Proposal()


def test_whoever_moved_up_and_was_cancelled_too_is_left_out():
    competition = published()
    revocation = revoked(competition)
    moved(revocation, competition.entries.get(code="E2"))

    assert proposed_next(revocation).codes == ["E3"]


def test_tier_of_a_track_takes_its_entries_only():
    competition = published()
    other = competition.tracks.create(code="b", name="공무원 부문")
    revocation = revoked(competition)
    revocation.award.tier.track = other

    assert proposed_next(revocation) == Proposal()


def test_without_takes_entries_marks_and_votes():
    inputs = {
        "entries": [["A", "", "", []], ["B", "", "", []]],
        "judges": ["J1"],
        "marks": [["w", "J1", "A", "c", "1"], ["w", "J1", "B", "c", "2"]],
        "votes": [["v", "A", 3], ["v", "B", 1]],
    }

    assert without({"rule": {}, "inputs": inputs}, {"A"})["inputs"] == {
        "entries": [["B", "", "", []]],
        "judges": ["J1"],
        "marks": [["w", "J1", "B", "c", "2"]],
        "votes": [["v", "B", 1]],
    }


def test_one_who_shares_a_person_with_a_winner_is_passed_over(monkeypatch):
    competition = published()
    revocation = revoked(competition)
    second = competition.entries.get(code="E2")
    Award.objects.create(tier=competition.award_tiers.get(code="good"), entry=second, decided_at=AT)
    document = {
        "rule": {"one_prize_per_person": True},
        "inputs": {"entries": [["E2", "a", "", ["P1"]], ["E3", "a", "", ["P1"]], ["E4", "a", "", ["P2"]]]},
    }
    lines = [{"code": f"E{n}", "place": n, "track": "a"} for n in (2, 3, 4)]
    monkeypatch.setattr(
        "competitions.actions.results.proposed_next.json", SimpleNamespace(loads=lambda _text: document)
    )
    monkeypatch.setattr("competitions.actions.results.proposed_next.without", lambda given, _codes: given)
    monkeypatch.setattr("competitions.actions.results.proposed_next.recomputed", lambda _document: lines)

    assert proposed_next(revocation).codes == ["E4"]


def test_page_puts_the_proposed_one_first(as_user):
    competition = published()
    revocation = revoked(competition)

    response = as_user(organiser_of(competition)).get(page(revocation.award))

    assert [entry.code for entry in response.context["proposed"]] == ["E2"]
    assert response.context["move_up_form"].initial["entry"] == competition.entries.get(code="E2").pk


def test_proposal_binds_nobody():
    competition = published()
    revocation = revoked(competition)

    award = move_up(revocation, competition.entries.get(code="E3"), reason="위원회 의결", by=None, at=AT)

    assert award.entry.code == "E3"

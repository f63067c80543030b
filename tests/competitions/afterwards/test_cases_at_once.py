"""Every winner as a case in one step."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.models import Consent, Job
from competitions.actions.afterwards import cases
from competitions.actions.afterwards.cases import publish_all, winners_of
from competitions.actions.results.publication import publish_as_case
from competitions.jobs_afterwards import publish_cases
from competitions.models import Award, Entry, Publication
from competitions.views.organise import publication
from tests.competitions.afterwards.finished import award_of, make_finished
from tests.competitions.jury import make_scored_competition
from tests.competitions.test_call_views import queries_of
from tests.competitions.test_moving_up import revoked
from tests.competitions.test_organise_views import organiser_of
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def two_winners():
    """E1 has the first award, E2 the second."""
    competition = make_finished()
    tier = competition.award_tiers.get(code="good")
    Award.objects.create(tier=tier, entry=competition.entries.get(code="E2"), decided_at=AT)
    competition.entries.filter(code="E2").update(state="awarded")
    return competition


def spoil(competition, code):
    """An entry whose content cannot become a case."""
    entry = competition.entries.get(code=code)
    Entry.objects.filter(pk=entry.pk).update(snapshot=None, draft={"case": {"title": ""}, "prompts": []})


def page(competition):
    return reverse("competitions:organise_publication", args=[competition.slug])


def test_winners_with_licence_and_what_their_leader_agreed_to():
    competition = make_finished()
    award = award_of(competition)
    consent = {"user": award.entry.entrant, "text_version": "2026-11", "given_at": AT}
    Consent.objects.create(purpose="entry-licence", **consent)
    Consent.objects.create(purpose="elsewhere", **consent)

    (winner,) = winners_of(competition)

    assert (winner.award, winner.licence, len(winner.agreed)) == (award, "none", 1)


def test_cancelled_award_is_no_winner():
    competition = make_finished()
    revoked(competition)

    assert winners_of(competition) == []


def test_all_become_cases_and_again_makes_none():
    competition = two_winners()
    by = make_user()

    assert publish_all(competition, by=by, at=AT) == (2, [])
    assert publish_all(competition, by=by, at=AT) == (0, [])
    assert Publication.objects.count() == 2


def test_one_that_is_refused_is_named_and_keeps_nobody():
    competition = two_winners()
    spoil(competition, "E1")

    made, refused = publish_all(competition, by=make_user(), at=AT)

    assert made == 1
    assert [code for code, _problem in refused] == ["E1"]
    assert Publication.objects.get().entry.code == "E2"


def test_button_makes_all(as_user):
    competition = two_winners()

    response = as_user(organiser_of(competition)).post(page(competition))

    assert response.url == page(competition)
    assert Publication.objects.count() == 2


def test_button_names_what_was_refused(as_user):
    competition = two_winners()
    spoil(competition, "E1")

    response = as_user(organiser_of(competition)).post(page(competition))

    assert response.status_code == 422
    assert [code for code, _problem in response.context["refused"]] == ["E1"]


def test_button_with_nothing_left_makes_nothing(as_user):
    competition = make_finished()
    publish_as_case(award_of(competition).entry, by=make_user(), at=AT)

    assert as_user(organiser_of(competition)).post(page(competition)).status_code == 302
    assert Publication.objects.count() == 1


def test_before_the_publication_nothing_is_made(as_user):
    competition = make_scored_competition(E1=(40, 50))

    assert as_user(organiser_of(competition)).post(page(competition)).status_code == 302
    assert not Publication.objects.exists()


def test_many_are_the_work_of_a_job(as_user, monkeypatch):
    monkeypatch.setattr(publication, "MOST_AT_ONCE", 1)
    competition = two_winners()

    as_user(organiser_of(competition)).post(page(competition))

    assert Job.objects.get().kind == "publish_cases"
    assert cases.MOST_AT_ONCE == 10
    assert not Publication.objects.exists()


def test_job_makes_all_and_names_what_was_refused():
    competition = two_winners()
    spoil(competition, "E1")
    told = []
    run = SimpleNamespace(
        params={"competition": competition.pk},
        job=SimpleNamespace(asked_by=make_user()),
        report=lambda percent, _message: told.append(percent),
    )

    message, path, _name = publish_cases(run)

    assert path is None
    assert message.splitlines()[1].startswith("E1: ")
    assert told == [50, 99]


def test_other_organisers_and_strangers_are_refused(as_user):
    competition = make_finished()

    for person in (organiser_of(make_finished()), make_user()):
        assert as_user(person).get(page(competition)).status_code == 403
        assert as_user(person).post(page(competition)).status_code == 403


@pytest.mark.parametrize("make", [make_finished, two_winners])
def test_page_costs_the_same_however_many_winners(as_user, make):
    competition = make()

    assert queries_of(as_user(organiser_of(competition)), page(competition)) == 9

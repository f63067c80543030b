"""Following a call: the button, and what announcing, changing, cancelling and publishing tell."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Message
from competitions.actions.calls.competitions import announce_competition, cancel_competition
from competitions.actions.calls.follows import follow_call, is_following
from competitions.actions.calls.notices import change_call
from competitions.actions.calls.records import record_of
from competitions.models import CallFollow
from competitions.states import CompetitionState
from competitions.views.calls.follows import follow_state
from tests.factories import AT, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
ALL = "/follows/"


def address(competition):
    return reverse("competitions:follow_call", args=[competition.slug])


def test_following_twice_is_once(as_user):
    competition, person = make_competition(), make_user()
    client = as_user(person)

    for _time in range(2):
        response = client.post(address(competition), {"follow": "follow"})

    assert response["Location"] == competition.get_absolute_url()
    assert CallFollow.objects.get().competition == competition


def test_following_every_call_twice_is_once(as_user):
    client = as_user(make_user())

    for _time in range(2):
        response = client.post(ALL)

    assert response["Location"] == reverse("competitions:competition_list")
    assert CallFollow.objects.get().competition is None


def test_stopping_one_leaves_the_other(as_user):
    competition, person = make_competition(), make_user()
    follow_call(person, competition, at=AT)
    follow_call(person, at=AT)
    follow_call(make_user(), competition, at=AT)

    as_user(person).post(address(competition), {"follow": "stop"})

    assert is_following(person)
    assert not is_following(person, competition)
    assert CallFollow.objects.filter(competition=competition).count() == 1


def test_get_changes_nothing_and_leads_to_the_call(as_user):
    competition = make_competition()

    response = as_user(make_user()).get(address(competition))

    assert response["Location"] == competition.get_absolute_url()
    assert not CallFollow.objects.exists()


@pytest.mark.parametrize("path", [address, lambda _competition: ALL])
def test_a_visitor_is_asked_to_log_in(client, path):
    response = client.post(path(make_competition()), {"follow": "follow"})

    assert response["Location"].startswith("/accounts/login/")
    assert not CallFollow.objects.exists()


def test_a_draft_of_others_is_unknown(as_user):
    hidden = make_competition(state=CompetitionState.DRAFT)

    assert as_user(make_user()).post(address(hidden)).status_code == 404


def test_another_site_cannot_follow_for_somebody(client):
    client.handler.enforce_csrf_checks = True
    client.force_login(make_user())

    assert client.post(ALL).status_code == 403


def test_the_button_knows_where_it_stands(rf, django_assert_num_queries):
    competition, person = make_competition(), make_user()
    follow_call(person, at=AT)

    with django_assert_num_queries(1):
        one = follow_state(person, competition)

    assert (one["is_following"], one["address"]) == (False, address(competition))
    assert follow_state(person) == {"address": ALL, "is_following": True, "competition": None}


@pytest.mark.parametrize(("given", "other"), [("follow", "stop"), ("stop", "follow")])
def test_the_page_of_a_call_has_the_button(as_user, given, other):
    competition, client = make_competition(), as_user(make_user())
    follow_call(client.get("/follows/").wsgi_request.user, competition, at=AT)

    client.post(address(competition), {"follow": given})
    page = client.get(competition.get_absolute_url()).content.decode()

    assert f'action="{address(competition)}"' in page
    assert f'value="{other}"' in page


def test_a_visitor_is_shown_the_way_to_log_in(client):
    competition = make_competition()

    page = client.get(competition.get_absolute_url()).content.decode()

    assert "/accounts/login/?next=%2Fcompetitions%2F" in page


def kinds_of(person):
    return list(Message.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_announcing_tells_followers_of_every_call():
    person = make_user()
    follow_call(person, at=AT)
    draft = make_competition(state=CompetitionState.DRAFT, announced_at=None)

    announce_competition(draft, by=make_user(), at=AT)

    assert kinds_of(person) == ["call.announced"]
    message = Message.objects.get()
    assert (message.topic, message.link) == ("call", draft.get_absolute_url())


def test_a_change_and_a_cancellation_are_told_to_followers_and_entrants():
    competition, follower, entrant = make_competition(), make_user(), make_user()
    follow_call(follower, competition, at=AT)
    make_entry(competition, entrant=entrant)
    later = replace(record_of(competition), closes_at=competition.closes_at + timedelta(days=7))

    change_call(
        competition, later, text="더 많은 분이 참여하도록", kind="extension", by=make_user(), at=now()
    )
    cancel_competition(competition, by=make_user(), at=now(), reason="예산 사정")

    for person in (follower, entrant):
        assert kinds_of(person) == ["call.changed", "call.cancelled"]
    changed, cancelled = Message.objects.filter(person=entrant).order_by("pk")
    assert "더 많은 분이 참여하도록" in changed.body
    assert "2099. 1. 8." in changed.body
    assert "예산 사정" in cancelled.body
    assert {changed.topic, cancelled.topic} == {"duty"}

"""The page of an invitation to judge, and a judge's own page of one committee."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from competitions.actions.committee.invitation_answers import accept, decline
from competitions.actions.committee.invitations import DAYS, invite_judge, withdraw_invitation
from competitions.models import Judge
from competitions.states import CompetitionState, EntryState
from tests.factories import AT, make_closed_competition, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db
EMAIL = "asked@example.org"
ROWS = {"tie-TOTAL_FORMS": "3", "tie-INITIAL_FORMS": "0"}
YES = ROWS | {"act": "accept", "agrees": "on", "pledges": "on", "says": "nothing"}
TIE = {"tie-0-kind": "family", "tie-0-name": "홍길동"}


def invited(*, at=None, **fields):
    competition = make_closed_competition(**fields)
    judge, secret = invite_judge(competition, by=None, at=at or timezone.now(), email=EMAIL, name="초대 위원")
    return judge, reverse("competitions:judge_invitation", args=[secret]), secret


def own(competition):
    return reverse("competitions:judge_ties", args=[competition.slug])


def test_a_visitor_reads_what_is_asked_and_logs_in_to_accept(client):
    judge, address, _secret = invited()

    page = client.get(address)
    answer = client.post(address, YES)

    assert page.status_code == 200
    assert judge.competition.title in page.text
    assert f"?next={address}" in page.text
    assert answer.headers["Location"].startswith("/accounts/login/?next=")
    assert Judge.objects.get().state == "invited"


def test_a_visitor_declines_without_an_account(client):
    _judge, address, _secret = invited()

    client.post(address, {"act": "decline", "reason": "일정"})

    assert Judge.objects.values_list("state", "left_reason").get() == ("declined", "일정")


def test_a_reason_too_long_is_refused(client):
    _judge, address, _secret = invited()

    response = client.post(address, {"act": "decline", "reason": "가" * 301})

    assert response.status_code == 422
    assert Judge.objects.get().state == "invited"


def test_accepting_leads_to_the_own_page(as_user):
    judge, address, _secret = invited()
    client = as_user(make_user(email=EMAIL))

    response = client.post(address, YES, follow=True)

    judge.refresh_from_db()
    assert response.redirect_chain == [(own(judge.competition), 302)]
    assert judge.state == "accepted"
    assert judge.letter_number in response.text


def test_accepting_with_a_tie_keeps_it(as_user):
    judge, address, _secret = invited()

    as_user(make_user(email=EMAIL)).post(address, YES | TIE | {"says": "something"})

    assert judge.relations.get().name == "홍길동"


@pytest.mark.parametrize(
    "wrong",
    [
        {"agrees": ""},
        {"pledges": ""},
        {"says": ""},
        {"says": "something"},
        TIE,
        {"says": "something", "tie-0-name": "홍길동"},
        {"says": "something", "tie-0-kind": "family"},
        {"says": "something"} | TIE | {"tie-0-email": "kein"},
        {"tie-TOTAL_FORMS": "x"},
    ],
)
def test_an_incomplete_pledge_is_refused(as_user, wrong):
    _judge, address, _secret = invited()

    response = as_user(make_user(email=EMAIL)).post(address, YES | wrong)

    assert response.status_code == 422
    assert Judge.objects.get().state == "invited"
    assert ("홍길동" in response.text) == ("홍길동" in wrong.values())


def test_an_unknown_link_is_not_found(client):
    assert client.get(reverse("competitions:judge_invitation", args=["nothing"])).status_code == 404


def test_another_account_is_told_which_one(as_user):
    _judge, address, _secret = invited()
    client = as_user(make_user(email="other@example.org"))

    for response in (
        client.get(address),
        client.post(address, YES),
        client.post(address, {"act": "decline"}),
    ):
        assert response.status_code == 403
        assert "other@example.org" in response.text
        assert EMAIL not in response.text

    assert Judge.objects.get().state == "invited"


def test_an_entrant_is_refused_and_can_decline(as_user):
    judge, address, _secret = invited()
    person = make_user(email=EMAIL)
    make_entry(judge.competition, entrant=person, state=EntryState.SUBMITTED)
    client = as_user(person)

    refused = client.post(address, YES)
    assert refused.status_code == 403
    assert 'value="decline"' in refused.text

    client.post(address, {"act": "decline"})
    assert Judge.objects.get().state == "declined"


def test_what_is_over_says_so(client):
    expired = invited(at=timezone.now() - timedelta(days=DAYS))[1]
    _judge, declined, secret = invited()
    decline(secret, reason="", by=None, at=timezone.now())
    judge, withdrawn, _secret = invited()
    withdraw_invitation(judge, by=None, at=timezone.now())
    closed = invited()
    type(closed[0].competition).objects.filter(pk=closed[0].competition.pk).update(state="decided")

    problems = set()
    for address in (expired, declined, withdrawn, closed[1]):
        response = client.get(address)
        assert response.status_code == client.post(address, {"act": "decline"}).status_code == 410
        problems.add(response.context["problem"])

    assert len(problems) == 4


def test_who_accepted_is_led_to_the_own_page(as_user):
    judge, address, secret = invited()
    person = make_user(email=EMAIL)
    accept(secret, by=person, at=timezone.now())

    response = as_user(person).get(address)

    assert response.status_code == 200
    assert own(judge.competition) in response.text


def test_own_page_of_a_stranger_is_not_found(as_user):
    judge = make_judge(make_closed_competition(), user=make_user())
    former = make_judge(judge.competition, user=make_user(), state=Judge.State.DROPPED)

    for person in (make_user(), former.user):
        assert as_user(person).get(own(judge.competition)).status_code == 404


def test_a_named_judge_gives_the_pledge(as_user):
    judge = make_judge(make_closed_competition(), user=make_user(), pledged_at=None)
    client = as_user(judge.user)

    assert client.post(own(judge.competition), ROWS | {"says": "nothing"}).status_code == 422
    client.post(own(judge.competition), YES)

    judge.refresh_from_db()
    assert judge.pledged_at is not None


def test_a_judge_declares_a_further_tie(as_user):
    judge = make_judge(make_closed_competition(), user=make_user(), pledged_at=AT)
    client = as_user(judge.user)

    assert client.post(own(judge.competition), ROWS).status_code == 422
    client.post(own(judge.competition), ROWS | TIE)

    assert "홍길동" in client.get(own(judge.competition)).text


def test_nothing_is_declared_once_awards_are_decided(as_user):
    judge = make_judge(
        make_closed_competition(state=CompetitionState.DECIDED), user=make_user(), pledged_at=AT
    )
    client = as_user(judge.user)

    assert not client.get(own(judge.competition)).context["can_declare"]
    assert client.post(own(judge.competition), ROWS | TIE).status_code == 422

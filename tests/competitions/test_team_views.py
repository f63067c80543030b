"""The page of a team and of an invitation, by who looks at them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Message
from accounts.roles import Role
from competitions.actions.teams.invitations import accept, invite
from competitions.models import Competition, TeamMember
from competitions.states import EntryState
from tests.competitions.test_call_views import queries_of
from tests.competitions.test_teams import join, limits
from tests.factories import AT, grant, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
AGREES = {"act": "accept", "agrees": "on"}
ACTS = ["team_renew", "team_remove", "team_lead", "team_contribution"]


@pytest.fixture
def competition():
    return make_competition()


@pytest.fixture
def leader():
    return make_user(name="이끎이")


@pytest.fixture
def entry(competition, leader):
    return make_entry(competition, entrant=leader)


def page_of(entry, name="team", *more):
    return reverse(f"competitions:{name}", args=[entry.pk, *more])


def link(entry, **fields):
    secret = invite(entry, by=entry.entrant, at=timezone.now(), **fields)[1]
    return reverse("competitions:invitation", args=[secret])


def close(competition):
    Competition.objects.filter(pk=competition.pk).update(closes_at=datetime(2026, 6, 1, tzinfo=UTC))


# The team's page


def test_team_asks_a_visitor_to_sign_in(client, entry):
    assert client.get(page_of(entry)).url.startswith("/accounts/login/")


def test_team_does_not_exist_for_strangers(as_user, entry):
    member = join(entry)
    browser = as_user(make_user())

    assert browser.get(page_of(entry)).status_code == 404
    assert browser.post(page_of(entry, "team_invite")).status_code == 404
    assert browser.post(page_of(entry, "team_leave")).status_code == 404
    for act in ACTS:
        assert browser.post(page_of(entry, act, member.pk)).status_code == 404


@pytest.mark.parametrize("name", ["team", "team_invite"])
def test_team_refuses_acts_of_the_leader_to_members(as_user, entry, name):
    browser = as_user(join(entry).user)

    assert browser.post(page_of(entry, name), {"name": "새벽팀"}).status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_team_refuses_acts_on_others_to_members(as_user, entry, act):
    first, second = join(entry), join(entry)
    browser = as_user(first.user)

    assert browser.post(page_of(entry, act, second.pk)).status_code == 403


def test_team_refuses_a_member_of_another_team(as_user, entry, leader):
    other = join(make_entry(entry.competition, entrant=make_user()))

    assert as_user(leader).post(page_of(entry, "team_remove", other.pk)).status_code == 404


def test_members_may_write_and_not_withdraw(as_user, entry):
    browser = as_user(join(entry).user)

    assert "form" in browser.get(entry.get_absolute_url()).context
    assert browser.post(reverse("competitions:withdraw", args=[entry.pk])).status_code == 403
    entry.refresh_from_db()
    assert entry.state == EntryState.DRAFT


def test_team_shows_invitations_to_the_leader_alone(as_user, entry, leader):
    member = join(entry)
    link(entry, email="new@example.org")

    assert "new@example.org" in as_user(leader).get(page_of(entry)).content.decode()
    assert "new@example.org" not in as_user(member.user).get(page_of(entry)).content.decode()


def test_team_gets_its_name(as_user, entry, leader):
    response = as_user(leader).post(page_of(entry), {"name": "새벽팀"})

    assert response.url == page_of(entry)
    entry.refresh_from_db()
    assert entry.team == "새벽팀"


def test_team_without_a_name_keeps_the_page(as_user, entry, leader):
    response = as_user(leader).post(page_of(entry), {"name": ""})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name"])


def test_invite_by_a_link_shows_it_once(as_user, entry, leader):
    browser = as_user(leader)

    shown = browser.post(page_of(entry, "team_invite"), {"email": ""})

    assert "/invitations/" in shown.context["link"]
    assert shown.context["link"] in shown.content.decode()
    assert "/invitations/" not in browser.get(page_of(entry)).content.decode()


def test_invite_by_mail_sends_and_shows_no_link(as_user, entry, leader):
    response = as_user(leader).post(page_of(entry, "team_invite"), {"email": "new@example.org"})

    assert response.url == page_of(entry)
    assert Message.objects.get().email == "new@example.org"


def test_invite_refused_keeps_what_was_typed(as_user, entry, leader):
    link(entry, email="new@example.org")

    response = as_user(leader).post(page_of(entry, "team_invite"), {"email": "new@example.org"})

    assert response.status_code == 422
    assert response.context["invite_form"]["email"].value() == "new@example.org"
    assert Message.objects.count() == 1


def test_renew_shows_a_new_link(as_user, entry, leader):
    link(entry)
    member = entry.members.get(state="invited")

    response = as_user(leader).post(page_of(entry, "team_renew", member.pk))

    assert "/invitations/" in response.context["link"]


def test_remove_take_back_and_hand_over(as_user, entry, leader):
    gone, next_leader = join(entry), join(entry)
    browser = as_user(leader)

    browser.post(page_of(entry, "team_remove", gone.pk))
    browser.post(page_of(entry, "team_lead", next_leader.pk))

    gone.refresh_from_db()
    entry.refresh_from_db()
    assert (gone.state, entry.entrant) == ("removed", next_leader.user)
    assert browser.post(page_of(entry, "team_invite")).status_code == 403


def test_leave_leads_to_my_entries(as_user, entry):
    member = join(entry)

    response = as_user(member.user).post(page_of(entry, "team_leave"))

    assert response.url == "/entries/"
    assert as_user(member.user).get(page_of(entry)).status_code == 404


def test_leave_as_leader_changes_nothing(as_user, entry, leader):
    join(entry)

    as_user(leader).post(page_of(entry, "team_leave"))

    assert entry.members.get(user=leader).state == "accepted"


def test_contribution_is_saved(as_user, entry):
    member = join(entry)

    as_user(member.user).post(page_of(entry, "team_contribution", member.pk), {"contribution": "시험"})

    member.refresh_from_db()
    assert member.contribution == "시험"


def test_contribution_too_long_keeps_what_was_typed(as_user, entry):
    member = join(entry)

    response = as_user(member.user).post(
        page_of(entry, "team_contribution", member.pk), {"contribution": "가" * 301}
    )

    assert response.status_code == 422
    assert "가" * 301 in response.content.decode()


def test_team_after_the_close_is_shown_to_read(as_user, competition, entry, leader):
    join(entry)
    close(competition)

    response = as_user(leader).get(page_of(entry))

    assert response.context["closed"]
    assert "team/invite" not in response.content.decode()


def test_team_escapes_markup(as_user, entry, leader):
    member = join(entry, make_user(name="<script>x</script>"))
    TeamMember.objects.filter(pk=member.pk).update(contribution="<script>y</script>")

    page = as_user(leader).get(page_of(entry)).content.decode()

    assert "<script>x" not in page
    assert "<script>y" not in page


def test_team_query_count_at_one_and_three_members(as_user, entry, leader):
    join(entry)
    one = queries_of(as_user(leader), page_of(entry))
    join(entry)
    join(entry)

    assert queries_of(as_user(leader), page_of(entry)) == one <= 14


# An invitation


def test_invitation_is_readable_before_signing_in(client, entry, leader):
    address = link(entry)

    response = client.get(address)

    page = response.content.decode()
    assert response.status_code == 200
    assert entry.competition.title in page
    assert leader.name in page
    assert f"/accounts/login/?next={address}" in page
    assert "no-store" in response["Cache-Control"]


def test_invitation_answered_before_signing_in_comes_back(client, entry):
    address = link(entry)

    assert client.post(address, AGREES).url == f"/accounts/login/?next={address}"
    assert entry.members.get(state="invited").user is None


def test_invitation_accepted_leads_to_the_team(as_user, entry):
    user = make_user()

    response = as_user(user).post(link(entry), AGREES)

    assert response.url == page_of(entry)
    assert entry.members.get(user=user).state == "accepted"


def test_invitation_without_consent_is_refused(as_user, entry):
    response = as_user(make_user()).post(link(entry), {"act": "accept"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["agrees"])
    assert entry.members.filter(state="invited").exists()


def test_invitation_asks_what_the_call_asks(as_user, competition, entry):
    limits(competition, districts=("중앙동", "강변동"), min_age=19)
    browser, address = as_user(make_user()), link(entry)

    assert list(browser.get(address).context["form"].fields) == ["district", "birth_year", "agrees"]
    refused = browser.post(address, AGREES | {"district": "중앙동", "birth_year": "2099"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["birth_year"])
    assert refused.context["form"]["district"].value() == "중앙동"

    browser.post(address, AGREES | {"district": "중앙동", "birth_year": "1990"})

    assert entry.members.get(declared__district="중앙동").declared == {
        "district": "중앙동",
        "birth_year": 1990,
    }


def test_invitation_asks_nothing_the_call_does_not_ask(as_user, entry):
    assert list(as_user(make_user()).get(link(entry)).context["form"].fields) == ["agrees"]


def test_invitation_of_who_is_not_eligible_says_why(as_user, competition, entry):
    limits(competition, who=("staff",))

    response = as_user(make_user()).post(link(entry), AGREES)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["__all__"])


def test_invitation_declined(as_user, entry):
    user = make_user()

    as_user(user).post(link(entry), {"act": "decline"})

    assert entry.members.get(user=user).state == "declined"


def test_invitation_unknown_has_a_page(client):
    response = client.get(reverse("competitions:invitation", args=["x"]))

    assert response.status_code == 404
    assert response.context["problem"]


def test_invitation_used_says_nothing_of_the_team(client, entry, leader):
    secret = invite(entry, by=leader, at=timezone.now())[1]
    accept(secret, by=make_user(), at=timezone.now(), declared={})

    response = client.get(reverse("competitions:invitation", args=[secret]))

    assert response.status_code == 410
    assert leader.name not in response.content.decode()


def test_invitation_opened_again_by_who_accepted_leads_to_the_team(as_user, entry):
    user, address = make_user(), link(entry)
    browser = as_user(user)
    browser.post(address, AGREES)

    for response in (browser.get(address), browser.post(address, AGREES)):
        assert response.status_code == 200
        assert page_of(entry) in response.content.decode()


def test_invitation_expired_closed_or_full_is_gone(client, competition, entry):
    address = link(entry)
    limits(competition, team_max=1)
    assert client.get(address).status_code == 410
    limits(competition)
    assert client.get(address).status_code == 200
    entry.members.filter(state="invited").update(expires_at=AT)
    assert client.get(address).status_code == 410
    entry.members.filter(state="invited").update(expires_at=datetime(2099, 1, 1, tzinfo=UTC))
    close(competition)
    assert client.get(address).status_code == 410


def test_invitation_of_the_organiser_is_refused(as_user, competition, entry):
    organiser = make_user()
    grant(organiser, Role.ORGANISER, competition)
    browser, address = as_user(organiser), link(entry)

    assert browser.get(address).status_code == 403
    assert browser.post(address, AGREES).status_code == 403

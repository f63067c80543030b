"""Invitations to judge: sent, answered once, sent again, taken back."""

from datetime import timedelta

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Consent, Message, RoleGrant
from accounts.permissions import scope_of
from accounts.roles import Role
from competitions.actions.committee.invitation_answers import JudgesAlready, OtherAccount, accept, decline
from competitions.actions.committee.invitations import (
    DAYS,
    InvitationOver,
    InvitationUnknown,
    invitation_of,
    invite_judge,
    renew_invitation,
    withdraw_invitation,
)
from competitions.actions.committee.members import leave_committee
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Judge
from competitions.states import CompetitionState, EntryState
from tests.factories import AT, grant, make_closed_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
EMAIL = "asked@example.org"
LATE = AT + timedelta(days=DAYS)


def invited(competition=None, *, email=EMAIL, **details):
    competition = competition or make_closed_competition()
    return invite_judge(competition, by=None, at=AT, email=email, name="초대 위원", **details)


def test_invitation_keeps_the_hash_of_its_secret_and_sends_the_link():
    judge, secret = invited(side="private")

    letter = Message.objects.get(kind="judge.invited")
    assert (judge.state, judge.user, judge.side, judge.invited_at) == ("invited", None, "private", AT)
    assert secret not in "".join(map(str, Judge.objects.values_list().get()))
    assert (letter.email, letter.person) == (EMAIL, None)
    assert letter.link.endswith(f"/judging/invitation/{secret}/")
    assert judge.competition.title in letter.subject


def test_invitation_of_somebody_with_an_account_stands_in_their_notices():
    person = make_user(email="Asked@Example.org")

    invited()

    assert Message.objects.get(kind="judge.invited").person == person


def test_accepting_appoints_with_role_pledge_consent_and_number():
    organiser, person = make_user(), make_user(email="ASKED@example.org")
    competition = make_closed_competition()
    grant(organiser, Role.ORGANISER, competition)
    _judge, secret = invited(competition)

    judge = accept(secret, by=person, at=AT)

    judge.refresh_from_db()
    assert (judge.state, judge.user, judge.answered_at, judge.pledged_at) == ("accepted", person, AT, AT)
    assert judge.letter_number == f"2026-{competition.pk:03d}-01"
    assert RoleGrant.objects.active().filter(user=person, role="judge", scope=scope_of(competition)).exists()
    assert Consent.objects.filter(user=person, purpose="judge").count() == 1
    assert set(Message.objects.filter(person=person).values_list("kind", flat=True)) == {
        "judge.invited",
        "judge.appointed",
    }
    assert Message.objects.filter(person=organiser, kind="judge.answered").exists()
    verbs = set(AuditRecord.objects.values_list("verb", flat=True))
    assert {"judge.invited", "judge.accepted", "judge.pledged"} <= verbs


def test_numbers_run_on_in_one_competition():
    competition = make_closed_competition()
    secrets = [invited(competition, email=f"p{number}@example.org")[1] for number in range(2)]

    numbers = [
        accept(secret, by=make_user(email=f"p{number}@example.org"), at=AT).letter_number
        for number, secret in enumerate(secrets)
    ]

    assert [number[-2:] for number in numbers] == ["01", "02"]


def test_accepting_declares_ties():
    _judge, secret = invited()
    tie = {"kind": "family", "name": "홍길동", "email": "", "organisation": "가온시 총무과"}

    judge = accept(secret, by=make_user(email=EMAIL), at=AT, ties=[tie, tie])

    assert list(judge.relations.values_list("kind", "name", "organisation")) == [
        ("family", "홍길동", "가온시 총무과")
    ]


def test_accepting_with_another_account_is_refused():
    _judge, secret = invited()

    with pytest.raises(OtherAccount):
        accept(secret, by=make_user(email="other@example.org"), at=AT)

    assert Judge.objects.get().state == "invited"


def test_an_entrant_cannot_accept_but_can_decline():
    judge, secret = invited()
    person = make_user(email=EMAIL)
    make_entry(judge.competition, entrant=person, state=EntryState.SUBMITTED)

    with pytest.raises(ConflictOfInterest):
        accept(secret, by=person, at=AT)
    decline(secret, reason="응모했습니다.", by=person, at=AT)

    assert Judge.objects.get().state == "declined"


def test_an_entrant_is_not_invited():
    competition, person = make_closed_competition(), make_user(email=EMAIL)
    make_entry(competition, entrant=person)

    with pytest.raises(ConflictOfInterest):
        invited(competition)


def test_who_is_on_the_committee_is_not_invited_again():
    competition = make_closed_competition()
    invited(competition)

    with pytest.raises(CompetitionError):
        invited(competition, email=EMAIL.upper())

    assert competition.judges.count() == 1


def test_who_declined_may_be_asked_again():
    judge, secret = invited()
    decline(secret, reason="", by=None, at=AT)

    again, _secret = invited(judge.competition)

    assert (again.state, again.code) == ("invited", "J2")


def test_who_left_is_not_invited_again():
    _judge, secret = invited()
    judge = accept(secret, by=make_user(email=EMAIL), at=AT)
    leave_committee(judge, reason="사임", by=None, at=AT)

    with pytest.raises(CompetitionError):
        invited(judge.competition)


@pytest.mark.parametrize(("email", "name"), [("", "이름"), (EMAIL, " ")])
def test_an_invitation_needs_name_and_address(email, name):
    with pytest.raises(CompetitionError):
        invite_judge(make_closed_competition(), by=None, at=AT, email=email, name=name)


@pytest.mark.parametrize("state", [CompetitionState.DECIDED, CompetitionState.PUBLISHED])
def test_nobody_is_invited_after_the_decision(state):
    with pytest.raises(IllegalMove):
        invited(make_closed_competition(state=state))


def test_accepting_twice_is_known_for_what_it_is():
    _judge, secret = invited()
    person = make_user(email=EMAIL)
    accept(secret, by=person, at=AT)

    with pytest.raises(JudgesAlready):
        accept(secret, by=person, at=AT)


def test_an_expired_invitation_is_over():
    _judge, secret = invited()

    with pytest.raises(InvitationOver):
        accept(secret, by=make_user(email=EMAIL), at=LATE)

    assert Judge.objects.get().state == "invited"


def test_a_declined_invitation_is_over():
    _judge, secret = invited()
    decline(secret, reason="", by=None, at=AT)

    with pytest.raises(InvitationOver):
        accept(secret, by=make_user(email=EMAIL), at=AT)


def test_a_closed_committee_takes_no_answer():
    judge, secret = invited()
    type(judge.competition).objects.update(state=CompetitionState.CANCELLED)

    with pytest.raises(InvitationOver):
        accept(secret, by=make_user(email=EMAIL), at=AT)


def test_who_is_named_already_cannot_join_again_with_another_row():
    judge, secret = invited()
    person = make_user(email=EMAIL)
    Judge.objects.create(competition=judge.competition, code="J9", name="이미", user=person)

    with pytest.raises(InvitationOver):
        accept(secret, by=person, at=AT)


def test_declining_keeps_the_reason_and_no_account():
    competition = make_closed_competition()
    organiser = make_user()
    grant(organiser, Role.ORGANISER, competition)
    _judge, secret = invited(competition, is_chair=True)

    decline(secret, reason=" 일정이 겹칩니다. ", by=None, at=AT)

    judge = competition.judges.get()
    assert (judge.state, judge.user, judge.left_reason) == ("declined", None, "일정이 겹칩니다.")
    assert not judge.is_chair
    assert "일정이 겹칩니다." in Message.objects.get(person=organiser, kind="judge.declined").body


def test_a_reason_too_long_is_refused():
    _judge, secret = invited()

    with pytest.raises(CompetitionError):
        decline(secret, reason="가" * 301, by=None, at=AT)


def test_sent_again_the_old_link_works_no_more():
    judge, old = invited()

    renewed, new = renew_invitation(judge, by=None, at=LATE)

    with pytest.raises(InvitationUnknown):
        invitation_of(old)
    assert invitation_of(new) == renewed
    assert accept(new, by=make_user(email=EMAIL), at=LATE).state == "accepted"
    assert Message.objects.filter(kind="judge.invited").count() == 2


def test_an_answered_invitation_is_neither_renewed_nor_withdrawn():
    _judge, secret = invited()
    judge = decline(secret, reason="", by=None, at=AT)

    for act in (renew_invitation, withdraw_invitation):
        with pytest.raises(InvitationOver):
            act(judge, by=None, at=AT)


def test_a_withdrawn_invitation_is_over():
    judge, secret = invited()
    withdraw_invitation(judge, by=None, at=AT)

    with pytest.raises(InvitationOver):
        accept(secret, by=make_user(email=EMAIL), at=AT)

    assert not judge.competition.judges.on_committee().exists()

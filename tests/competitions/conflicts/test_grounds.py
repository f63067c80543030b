"""Every ground of a conflict of interest, one by one, and what is none."""

import unicodedata

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.roles import Role
from competitions.models import Judge, JudgeCandidate
from learning.models import Membership
from tests.competitions.conflicting import add_member, declare, found, make_case_of_conflict
from tests.factories import (
    AT,
    grant,
    make_competition,
    make_department,
    make_entry,
    make_learning_group,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_case_of_conflict()


def address(user, email, *, verified=False):
    return EmailAddress.objects.create(user=user, email=email, verified=verified)


def test_strangers_have_no_conflict(case):
    assert found(case) == set()


# Own entry


def test_entrant_by_account(case):
    Judge.objects.filter(pk=case.judge.pk).update(user=case.entrant)

    assert found(case) == {"own"}


def test_team_member_by_account(case):
    add_member(case.entry, case.judge.user)

    assert found(case) == {"own"}


@pytest.mark.parametrize("verified", [True, False])
def test_second_address_of_the_entrant(case, verified):
    address(case.entrant, case.judge.user.email.upper(), verified=verified)

    assert found(case) == {"own"}


@pytest.mark.parametrize("verified", [True, False])
def test_second_address_of_the_judge(case, verified):
    address(case.judge.user, case.entrant.email.upper(), verified=verified)

    assert found(case) == {"own"}


def test_address_only_one_of_which_is_confirmed_nowhere(case):
    address(case.entrant, "both@example.org")
    address(case.judge.user, "Both@example.org")

    assert found(case) == {"own"}


def test_judge_without_account_by_the_address_of_the_invitation(case):
    Judge.objects.filter(pk=case.judge.pk).update(user=None, email=case.entrant.email.title())

    assert found(case) == {"own"}


def test_invited_judge_is_looked_at_before_accepting(case):
    Judge.objects.filter(pk=case.judge.pk).update(user=None, email=case.entrant.email, state="invited")

    assert found(case) == {"own"}


def test_judge_by_the_address_in_the_pool(case):
    pool = JudgeCandidate.objects.create(name="박심사", email=case.entrant.email, side="private", added_at=AT)
    Judge.objects.filter(pk=case.judge.pk).update(candidate=pool)

    assert found(case) == {"own"}


def test_address_an_accepted_invitation_went_to(case):
    add_member(case.entry, make_user(), email=case.judge.user.email.upper())

    assert found(case) == {"own"}


@pytest.mark.parametrize("other", ["park.judge@example.org", "parkjudge+x@example.org"])
def test_dots_and_tags_are_other_addresses(case, other):
    User.objects.filter(pk=case.judge.user_id).update(email="parkjudge@example.org")
    address(case.entrant, other)

    assert found(case) == set()


def test_own_entry_needs_no_other_ground(case):
    Judge.objects.filter(pk=case.judge.pk).update(user=case.entrant)
    User.objects.filter(pk=case.entrant.pk).update(department=make_department())

    assert found(case) == {"own"}


def test_judge_who_left_the_committee_is_not_looked_at(case):
    Judge.objects.filter(pk=case.judge.pk).update(user=case.entrant, state="dropped")

    assert found(case) == set()


# Team-mates


@pytest.mark.parametrize("state", ["invited", "declined", "removed"])
def test_member_of_the_team_before(case, state):
    add_member(case.entry, case.judge.user, state=state)

    assert found(case) == {"team_mate"}


@pytest.mark.parametrize("state", ["invited", "declined", "removed"])
def test_address_that_was_invited_to_the_team(case, state):
    add_member(case.entry, email=case.judge.user.email.upper(), state=state)

    assert found(case) == {"team_mate"}


@pytest.mark.parametrize("state", ["accepted", "removed"])
def test_together_in_another_team_of_this_competition(case, state):
    other = make_entry(case.competition, entrant=make_user())
    add_member(other, case.judge.user, state="removed")
    add_member(other, case.entrant, state=state)

    assert found(case) == {"team_mate"}


@pytest.mark.parametrize("state", ["accepted", "invited", "declined", "removed"])
def test_together_in_an_earlier_competition(case, state):
    earlier = make_entry(make_competition(), entrant=case.judge.user)
    add_member(earlier, case.entrant, state=state)

    assert found(case) == {"earlier"}
    assert case.judge.conflicts.get().reason == earlier.competition.title


def test_member_of_the_entrants_earlier_team(case):
    add_member(make_entry(make_competition(), entrant=case.entrant), email=case.judge.user.email)

    assert found(case) == {"earlier"}


def test_both_in_an_earlier_competition_with_entries_of_their_own(case):
    earlier = make_competition()
    make_entry(earlier, entrant=case.judge.user)
    make_entry(earlier, entrant=case.entrant)

    assert found(case) == set()


# Department


def test_same_department(case):
    office = make_department()
    User.objects.filter(pk__in=[case.judge.user_id, case.entrant.pk]).update(department=office)

    assert found(case) == {"department"}
    assert case.judge.conflicts.get().reason == office.name


def test_department_of_a_team_member(case):
    office = make_department()
    User.objects.filter(pk=case.judge.user_id).update(department=office)
    add_member(case.entry, make_user(department=office))

    assert found(case) == {"department"}


def test_department_of_the_judges_other_account(case):
    office = make_department()
    other = make_user(department=office)
    address(case.judge.user, other.email)
    User.objects.filter(pk=case.entrant.pk).update(department=office)

    assert found(case) == {"department"}


def test_department_by_the_organisation_of_a_judge_without_account(case):
    office = make_department("민원 여권과")
    Judge.objects.filter(pk=case.judge.pk).update(user=None, organisation=office.name.replace(" ", ""))
    User.objects.filter(pk=case.entrant.pk).update(department=office)

    assert found(case) == {"department"}


def test_department_named_in_the_entry(case):
    case.entry.draft["case"]["department"] = "교통 과"
    case.entry.snapshot = None
    case.entry.save()
    Judge.objects.filter(pk=case.judge.pk).update(organisation="교통과")

    assert found(case) == {"department"}


def test_other_departments(case):
    User.objects.filter(pk=case.judge.user_id).update(department=make_department())
    User.objects.filter(pk=case.entrant.pk).update(department=make_department())

    assert found(case) == set()


# Learning groups


@pytest.mark.parametrize("leads", [True, False])
def test_learning_group_of_the_entrant(case, leads):
    group = make_learning_group()
    Membership.objects.create(group=group, user=case.judge.user, is_facilitator=leads, joined_at=AT)
    Membership.objects.create(group=group, user=case.entrant, joined_at=AT)

    assert found(case) == {"facilitator"}
    assert case.judge.conflicts.get().reason == group.title


def test_facilitator_by_role_only(case):
    group = make_learning_group()
    grant(case.judge.user, Role.FACILITATOR, group)
    Membership.objects.create(group=group, user=case.entrant, joined_at=AT)

    assert found(case) == {"facilitator"}


def test_member_of_the_group_before(case):
    group = make_learning_group()
    for user in (case.judge.user, case.entrant):
        Membership.objects.create(group=group, user=user, joined_at=AT, left_at=AT)

    assert found(case) == {"facilitator"}


def test_facilitator_of_another_group(case):
    grant(case.judge.user, Role.FACILITATOR, make_learning_group())
    grant(case.judge.user, Role.FACILITATOR)
    Membership.objects.create(group=make_learning_group(), user=case.entrant, joined_at=AT)

    assert found(case) == set()


# Declared ties


@pytest.mark.parametrize("written", ["김가온", " 김 가온 ", unicodedata.normalize("NFD", "김가온")])
def test_declared_name(case, written):
    declare(case.judge, name=written)

    assert found(case) == {"relation"}


def test_declared_address(case):
    declare(case.judge, name="다른 이름", email=case.entrant.email.upper())

    assert found(case) == {"relation"}


def test_declared_department(case):
    office = make_department("도시계획과")
    User.objects.filter(pk=case.entrant.pk).update(department=office)
    declare(case.judge, organisation=f" {office.name[:2]} {office.name[2:]}")

    assert found(case) == {"relation"}


def test_declared_team():
    case = make_case_of_conflict(team="골목 길")
    declare(case.judge, organisation="골목길")

    assert found(case) == {"relation"}


def test_declared_name_of_a_member(case):
    add_member(case.entry, make_user(name="이하늘"))
    declare(case.judge, name="이하늘")

    assert found(case) == {"relation"}


def test_declared_name_of_nobody_here(case):
    declare(case.judge, name="김가", email="x@example.org", organisation="다른 곳")

    assert found(case) == set()

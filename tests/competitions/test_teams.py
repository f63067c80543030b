"""Teams: naming one, inviting, answering, leaving, handing over; every refusal."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from accounts.roles import Role
from competitions.actions.entries.drafts import withdraw_entry
from competitions.actions.entries.eligibility import NotEligible, facts_of
from competitions.actions.entries.slots import can_begin_another, free_ordinal
from competitions.actions.teams.invitations import (
    MOST_INVITATIONS,
    InvitationOver,
    InvitationUnknown,
    TakesPartAlready,
    TeamFull,
    accept,
    decline,
    invite,
    renew_invitation,
)
from competitions.actions.teams.members import (
    NotLeader,
    accepted_members,
    hand_over,
    leave,
    make_team,
    remove_member,
    set_contribution,
    team_of,
)
from competitions.contest_files.call_records import EligibilityRecord
from competitions.errors import CompetitionError, ConflictOfInterest, TooLate
from competitions.models import Competition, Entry, TeamMember
from competitions.states import EntryState
from learning.models import Membership
from tests.competitions.test_submit_race import together
from tests.factories import (
    AT,
    grant,
    make_competition,
    make_department,
    make_entry,
    make_judge,
    make_learning_group,
    make_user,
)

pytestmark = pytest.mark.django_db
State = TeamMember.State


def limits(competition, **record):
    competition.eligibility = EligibilityRecord(**record).kept()
    competition.save()
    return competition


@pytest.fixture
def competition():
    return make_competition()


@pytest.fixture
def leader():
    return make_user(name="이끎이")


@pytest.fixture
def entry(competition, leader):
    return make_entry(competition, entrant=leader)


def invited(entry, **fields):
    return invite(entry, by=entry.entrant, at=timezone.now(), **fields)


def join(entry, user=None, **declared):
    """Invite somebody by a link and let them accept."""
    return accept(invited(entry)[1], by=user or make_user(), at=timezone.now(), declared=declared)


def close(competition):
    Competition.objects.filter(pk=competition.pk).update(closes_at=datetime(2026, 6, 1, tzinfo=UTC))


def verbs(entry):
    rows = AuditRecord.objects.filter(target_kind="entry", target_id=str(entry.pk))
    return sorted(rows.values_list("verb", flat=True))


# Making a team


def test_make_team_names_it_and_lists_the_leader(entry, leader):
    make_team(entry, name="  새벽  팀 ", by=leader, at=AT)

    entry.refresh_from_db()
    assert (entry.team, entry.draft["entry"]["team"], entry.revision) == ("새벽 팀", "새벽 팀", 2)
    assert [member.user for member in accepted_members(entry)] == [leader]
    assert verbs(entry) == ["team.made", "team.named"]


def test_make_team_twice_is_one_team(entry, leader):
    for _click in range(2):
        make_team(entry, name="새벽팀", by=leader, at=AT)

    entry.refresh_from_db()
    assert (entry.members.count(), entry.revision) == (1, 2)


def test_make_team_of_a_submitted_entry_changes_the_draft_alone(competition, leader):
    entry = make_entry(competition, entrant=leader, state=EntryState.SUBMITTED, team="옛 이름")

    make_team(entry, name="새 이름", by=leader, at=AT)

    entry.refresh_from_db()
    assert (entry.team, entry.draft["entry"]["team"]) == ("옛 이름", "새 이름")


def test_make_team_without_a_name_is_refused(entry, leader):
    with pytest.raises(CompetitionError):
        make_team(entry, name=" ", by=leader, at=AT)


def test_make_team_by_another_is_refused(entry):
    with pytest.raises(NotLeader):
        make_team(entry, name="새벽팀", by=make_user(), at=AT)


def test_make_team_where_single_people_enter_is_refused(competition, entry, leader):
    limits(competition, entrants="person")

    with pytest.raises(CompetitionError):
        make_team(entry, name="새벽팀", by=leader, at=AT)


def test_make_team_after_joining_another_is_refused(competition, entry, leader):
    join(make_entry(competition, entrant=make_user()), leader)

    with pytest.raises(CompetitionError):
        make_team(entry, name="새벽팀", by=leader, at=AT)


def test_team_too_late_is_refused(competition, entry, leader):
    close(competition)

    with pytest.raises(TooLate):
        make_team(entry, name="새벽팀", by=leader, at=AT)


def test_team_of_a_returned_entry_may_be_changed_after_the_close(competition, leader):
    entry = make_entry(
        competition,
        entrant=leader,
        state=EntryState.RETURNED,
        correction_due=timezone.now() + timedelta(days=1),
    )
    close(competition)

    assert invited(entry)[0].expires_at == entry.correction_due


@pytest.mark.parametrize("state", [EntryState.ACCEPTED, EntryState.WITHDRAWN])
def test_team_of_a_decided_or_withdrawn_entry_is_fixed(competition, leader, state):
    entry = make_entry(competition, entrant=leader, state=state)

    with pytest.raises(IllegalMove):
        invited(entry)


# Inviting


def test_invite_keeps_only_the_hash(entry):
    member, secret = invited(entry)

    assert member.token_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(TeamMember.objects.values_list())
    assert verbs(entry) == ["team.invited", "team.made"]


def test_invite_by_mail_queues_one_letter(entry, leader):
    member, secret = invited(entry, email="new@example.org")

    letter = Message.objects.get()
    assert (letter.email, letter.person, letter.link) == ("new@example.org", None, f"/invitations/{secret}/")
    assert entry.competition.title in letter.subject
    assert "new@example.org" not in str(list(AuditRecord.objects.values_list("detail")))
    assert member.user is None


def test_invite_by_a_link_sends_nothing(entry):
    invited(entry)

    assert not Message.objects.exists()


def test_invited_are_not_in_the_team(entry, leader):
    invited(entry, email="new@example.org")

    assert team_of(entry) == [{"name": "이끎이", "contribution": ""}]


def test_invite_is_valid_for_fourteen_days_at_most(entry):
    member, _secret = invited(entry)

    assert member.expires_at - member.invited_at == timedelta(days=14)


def test_invite_is_valid_until_the_deadline_of_the_track(entry):
    soon = timezone.now() + timedelta(days=2)
    entry.competition.tracks.update(closes_at=soon)
    entry.track.refresh_from_db()

    assert invited(entry)[0].expires_at == soon


def test_invite_by_a_member_is_refused(entry):
    member = join(entry)

    with pytest.raises(NotLeader):
        invite(entry, by=member.user, at=timezone.now())


@pytest.mark.parametrize("again", ["new@example.org", "NEW@example.org"])
def test_invite_the_same_address_twice_is_refused(entry, again):
    invited(entry, email="new@example.org")

    with pytest.raises(CompetitionError):
        invited(entry, email=again)

    assert Message.objects.count() == 1


def test_invite_the_address_of_the_leader_or_a_member_is_refused(entry, leader):
    member = join(entry)

    for email in (leader.email, member.user.email):
        with pytest.raises(CompetitionError):
            invited(entry, email=email)


def test_invite_more_than_the_team_takes_is_refused(competition, entry):
    limits(competition, team_max=3)
    join(entry)
    invited(entry)

    with pytest.raises(TeamFull):
        invited(entry)


def test_invite_an_expired_one_leaves_room(competition, entry):
    limits(competition, team_max=2)
    invited(entry)
    TeamMember.objects.filter(state=State.INVITED).update(expires_at=AT)

    assert invited(entry)[0].state == State.INVITED


def test_invite_has_an_end(entry, leader):
    for _time in range(MOST_INVITATIONS):
        remove_member(invited(entry)[0], by=leader, at=AT)

    with pytest.raises(CompetitionError):
        invited(entry)


def test_renew_makes_the_old_link_useless(entry, leader):
    member, old = invited(entry, email="new@example.org")

    _member, new = renew_invitation(member, by=leader, at=timezone.now())

    with pytest.raises(InvitationUnknown):
        accept(old, by=make_user(), at=timezone.now(), declared={})
    accept(new, by=make_user(), at=timezone.now(), declared={})
    assert Message.objects.count() == 2


def test_renew_an_answered_one_is_refused(entry, leader):
    member = join(entry)

    with pytest.raises(InvitationOver):
        renew_invitation(member, by=leader, at=timezone.now())


def test_renew_beyond_the_size_of_the_team_is_refused(competition, entry, leader):
    limits(competition, team_max=2)
    member, _secret = invited(entry)
    TeamMember.objects.filter(pk=member.pk).update(expires_at=AT)
    invited(entry)

    with pytest.raises(TeamFull):
        renew_invitation(member, by=leader, at=timezone.now())


# Answering


def test_accept_lists_the_person(entry):
    user = make_user(name="함께")

    member = join(entry, user, district="중앙동", birth_year=1990)

    assert (member.state, member.user, member.declared["district"]) == (State.ACCEPTED, user, "중앙동")
    assert [row["name"] for row in team_of(entry)] == ["이끎이", "함께"]
    assert entry in Entry.objects.visible_to(user)
    assert AuditRecord.objects.get(verb="team.accepted").about == user


def test_accept_unknown_is_refused():
    with pytest.raises(InvitationUnknown):
        accept("x" * 43, by=make_user(), at=timezone.now(), declared={})


def test_accept_again_says_that_the_person_takes_part(entry):
    secret, user = invited(entry)[1], make_user()
    accept(secret, by=user, at=timezone.now(), declared={})

    with pytest.raises(TakesPartAlready) as refused:
        accept(secret, by=user, at=timezone.now(), declared={})

    assert refused.value.entry == entry
    assert AuditRecord.objects.filter(verb="team.accepted").count() == 1


def test_accept_what_another_has_accepted_is_refused(entry):
    secret = invited(entry)[1]
    accept(secret, by=make_user(), at=timezone.now(), declared={})

    with pytest.raises(InvitationOver):
        accept(secret, by=make_user(), at=timezone.now(), declared={})


def test_accept_a_second_invitation_to_the_same_team_is_refused(entry):
    member = join(entry)

    with pytest.raises(TakesPartAlready):
        accept(invited(entry)[1], by=member.user, at=timezone.now(), declared={})


def test_accept_by_the_leader_is_refused(entry, leader):
    with pytest.raises(TakesPartAlready):
        accept(invited(entry)[1], by=leader, at=timezone.now(), declared={})


def test_accept_after_being_removed_is_refused(entry, leader):
    secret, user = invited(entry)[1], make_user()
    remove_member(accept(secret, by=user, at=timezone.now(), declared={}), by=leader, at=AT)

    with pytest.raises(InvitationOver):
        accept(secret, by=user, at=timezone.now(), declared={})


def test_accept_expired_is_refused(entry):
    member, secret = invited(entry)
    TeamMember.objects.filter(pk=member.pk).update(expires_at=AT)

    with pytest.raises(InvitationOver):
        accept(
            secret, by=make_user(), at=AT - timedelta(days=1), declared={}
        )  # whatever the caller's clock says


def test_accept_into_a_withdrawn_entry_is_refused(entry, leader):
    secret = invited(entry)[1]
    withdraw_entry(entry, by=leader, at=timezone.now())

    with pytest.raises(InvitationOver):
        accept(secret, by=make_user(), at=timezone.now(), declared={})


def test_accept_too_late_is_refused(competition, entry):
    secret = invited(entry)[1]
    close(competition)

    with pytest.raises(TooLate):
        accept(secret, by=make_user(), at=timezone.now(), declared={})


def test_accept_into_a_full_team_is_refused(competition, entry):
    secrets = [invited(entry)[1] for _person in range(2)]
    limits(competition, team_max=2)
    accept(secrets[0], by=make_user(), at=timezone.now(), declared={})

    with pytest.raises(TeamFull):
        accept(secrets[1], by=make_user(), at=timezone.now(), declared={})


@pytest.mark.parametrize("role", ["organiser", "judge"])
def test_accept_by_who_runs_or_judges_is_refused(competition, entry, role):
    secret, user = invited(entry)[1], make_user()
    if role == "organiser":
        grant(user, Role.ORGANISER, competition)
    else:
        make_judge(competition, user=user)

    with pytest.raises(ConflictOfInterest):
        accept(secret, by=user, at=timezone.now(), declared={})


def test_accept_by_who_is_not_eligible_is_refused(competition, entry):
    limits(competition, districts=("중앙동",))
    secret = invited(entry)[1]

    with pytest.raises(NotEligible) as refused:
        accept(secret, by=make_user(), at=timezone.now(), declared={"district": "강변동"})

    assert [found.code for found in refused.value.findings] == ["wrong_district"]
    accept(secret, by=make_user(), at=timezone.now(), declared={"district": "중앙동"})


def test_accept_by_who_is_perhaps_too_young_is_taken(competition, entry):
    limits(competition, min_age=19)
    unsure = timezone.localtime(competition.opens_at).year - 19

    assert join(entry, birth_year=unsure).state == State.ACCEPTED


def test_accept_a_second_team_is_refused(competition, entry):
    member = join(entry)
    other = make_entry(competition, entrant=make_user())

    with pytest.raises(CompetitionError):
        join(other, member.user)

    assert accepted_members(other).count() == 1


def test_accept_a_second_team_where_the_call_allows_it(competition, entry):
    limits(competition, one_team_per_person=False)
    member = join(entry)

    assert join(make_entry(competition, entrant=make_user()), member.user).state == State.ACCEPTED


def test_accept_another_team_after_leaving(competition, entry):
    member = join(entry)
    leave(member, by=member.user, at=AT)

    assert join(make_entry(competition, entrant=make_user()), member.user).state == State.ACCEPTED


def test_decline_lists_nobody_and_ends_the_link(entry):
    secret, user = invited(entry)[1], make_user()

    member = decline(secret, by=user, at=timezone.now())

    assert (member.state, member.user) == (State.DECLINED, user)
    assert entry not in Entry.objects.visible_to(user)
    with pytest.raises(InvitationOver):
        accept(secret, by=user, at=timezone.now(), declared={})


# Leaving, removing, handing over


def test_leave_takes_the_entry_away(entry):
    member = join(entry)

    leave(member, by=member.user, at=AT)

    assert entry not in Entry.objects.visible_to(member.user)
    assert AuditRecord.objects.get(verb="team.left").about == member.user


def test_leave_for_another_is_refused(entry, leader):
    with pytest.raises(CompetitionError):
        leave(join(entry), by=leader, at=AT)


def test_leave_twice_is_refused(entry):
    member = join(entry)
    leave(member, by=member.user, at=AT)

    with pytest.raises(CompetitionError):
        leave(member, by=member.user, at=AT)


@pytest.mark.parametrize("act", [leave, remove_member])
def test_the_leader_stays(entry, leader, act):
    join(entry)

    with pytest.raises(CompetitionError):
        act(entry.members.get(user=leader), by=leader, at=AT)


def test_remove_member_is_told_to_the_person(entry, leader):
    member = join(entry)

    remove_member(member, by=leader, at=AT)

    assert accepted_members(entry).count() == 1
    assert AuditRecord.objects.get(verb="team.removed").about == member.user


def test_remove_member_by_a_member_is_refused(entry):
    first, second = join(entry), join(entry)

    with pytest.raises(NotLeader):
        remove_member(second, by=first.user, at=AT)


def test_remove_an_open_invitation_ends_its_link(entry, leader):
    member, secret = invited(entry)

    remove_member(member, by=leader, at=AT)

    with pytest.raises(InvitationOver):
        accept(secret, by=make_user(), at=timezone.now(), declared={})


def test_hand_over_makes_the_entry_theirs(entry, leader):
    Entry.objects.filter(pk=entry.pk).update(declared={"district": "강변동"})
    member = join(entry, district="중앙동")

    hand_over(entry, member, by=leader, at=AT)

    entry.refresh_from_db()
    assert (entry.entrant, entry.declared) == (member.user, {"district": "중앙동"})
    assert entry.members.get(user=leader).declared == {"district": "강변동"}
    assert entry in Entry.objects.visible_to(leader)
    with pytest.raises(NotLeader):
        invite(entry, by=leader, at=timezone.now())


def test_hand_over_to_who_has_an_entry_is_refused(competition, entry, leader):
    member = join(entry)
    make_entry(competition, entrant=member.user)

    with pytest.raises(CompetitionError):
        hand_over(entry, member, by=leader, at=AT)

    entry.refresh_from_db()
    assert entry.entrant == leader


def test_hand_over_takes_a_free_number(competition, entry, leader):
    limits(competition, entries_per_person=2)
    member = join(entry)
    make_entry(competition, entrant=member.user)

    assert hand_over(entry, member, by=leader, at=AT).ordinal == 2


def test_hand_over_to_who_takes_no_part_is_refused(entry, leader):
    for member in (invited(entry)[0], entry.members.get(user=leader)):
        with pytest.raises(CompetitionError):
            hand_over(entry, member, by=leader, at=AT)


def test_hand_over_by_a_member_is_refused(entry):
    member = join(entry)

    with pytest.raises(NotLeader):
        hand_over(entry, member, by=member.user, at=AT)


def test_set_contribution_by_the_member_and_the_leader(entry, leader):
    member = join(entry)
    for by in (member.user, leader):
        set_contribution(member, f"{by.pk}\n시험", by=by, at=AT)

        assert team_of(entry)[1]["contribution"] == f"{by.pk} 시험"


def test_set_contribution_of_another_is_refused(entry):
    first, second = join(entry), join(entry)

    with pytest.raises(NotLeader):
        set_contribution(second, "시험", by=first.user, at=AT)


def test_set_contribution_of_who_left_is_refused(entry, leader):
    member = join(entry)
    leave(member, by=member.user, at=AT)

    with pytest.raises(CompetitionError):
        set_contribution(member, "시험", by=leader, at=AT)


# Entries of one person, facts of one person


def test_free_ordinal_is_the_lowest_free_one(competition, leader):
    limits(competition, entries_per_person=3)
    assert free_ordinal(competition, leader) == 1
    make_entry(competition, entrant=leader, ordinal=2)
    assert free_ordinal(competition, leader) == 1
    make_entry(competition, entrant=leader, ordinal=1)
    assert free_ordinal(competition, leader) == 3
    make_entry(competition, entrant=leader, ordinal=3)
    assert free_ordinal(competition, leader) is None


def test_can_begin_another_after_withdrawing(competition, entry, leader):
    assert not can_begin_another(competition, leader)

    withdraw_entry(entry, by=leader, at=timezone.now())

    assert can_begin_another(competition, leader)


def test_can_begin_another_not_beyond_a_lowered_limit(competition, leader):
    make_entry(competition, entrant=leader, ordinal=2)

    assert not can_begin_another(competition, leader)


def test_facts_of_an_official():
    user = make_user(Role.STAFF, department=make_department())
    group = make_learning_group()
    Membership.objects.create(group=group, user=user, joined_at=AT)

    facts = facts_of(user, {}, record=EligibilityRecord(groups=(group.slug,)))

    assert facts.kinds == {"staff", "learning_group"}
    assert (facts.department, facts.groups) == (user.department.code, {group.slug})


def test_facts_of_a_resident_count_confirmed_addresses_only():
    user = make_user()
    EmailAddress.objects.create(user=user, email="yes@example.org", verified=True)
    EmailAddress.objects.create(user=user, email="no@example.org", verified=False)

    declared = {"district": "중앙동", "birth_year": 1990}
    facts = facts_of(user, declared, record=EligibilityRecord(email_domains=("example.org",)))

    assert (facts.kinds, facts.emails) == ({"resident"}, {"yes@example.org"})
    assert (facts.district, facts.birth_year) == ("중앙동", 1990)


def test_facts_of_who_left_a_group():
    user = make_user()
    Membership.objects.create(group=make_learning_group(), user=user, joined_at=AT, left_at=AT)

    assert facts_of(user, {}, record=EligibilityRecord(who=("learning_group",))).kinds == {"resident"}


def test_facts_nobody_asks_for_are_not_fetched(django_assert_num_queries):
    user = make_user()

    with django_assert_num_queries(1):  # whether it is an official
        facts_of(user, {}, record=EligibilityRecord())


# At once, on connections of their own


@pytest.mark.django_db(transaction=True)
def test_two_teams_accepted_at_once_leave_one():
    for _round in range(5):
        competition, user = make_competition(), make_user()
        entries = [make_entry(competition, entrant=make_user()) for _team in range(2)]
        first, second = (invited(entry)[1] for entry in entries)

        outcomes = together(*_acceptances([(first, user), (second, user)]))

        assert sorted(isinstance(outcome, CompetitionError) for outcome in outcomes) == [False, True]
        assert TeamMember.objects.filter(user=user, state=State.ACCEPTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_invitation_accepted_by_two_at_once_takes_one():
    for _round in range(5):
        entry = make_entry(make_competition(), entrant=make_user())
        secret = invited(entry)[1]

        outcomes = together(*_acceptances([(secret, make_user()), (secret, make_user())]))

        assert sum(isinstance(outcome, InvitationOver) for outcome in outcomes) == 1
        assert accepted_members(entry).count() == 2


@pytest.mark.django_db(transaction=True)
def test_last_place_accepted_by_two_at_once_takes_one():
    for _round in range(5):
        competition = make_competition()
        entry = make_entry(competition, entrant=make_user())
        first, second = invited(entry)[1], invited(entry)[1]
        limits(competition, team_max=2)

        outcomes = together(*_acceptances([(first, make_user()), (second, make_user())]))

        assert sum(isinstance(outcome, TeamFull) for outcome in outcomes) == 1
        assert accepted_members(entry).count() == 2


def _acceptances(pairs):
    return [
        lambda secret=secret, user=user: accept(secret, by=user, at=timezone.now(), declared={})
        for secret, user in pairs
    ]

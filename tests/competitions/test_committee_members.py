"""Members of a committee: details, the one chair, letters, and leaving."""

from datetime import date

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message, RoleGrant
from accounts.permissions import scope_of
from competitions.actions.calls.gates import facts_of
from competitions.actions.committee.appointments import issue_letter
from competitions.actions.committee.jury import name_judge, remove_judge
from competitions.actions.committee.members import change_member, leave_committee
from competitions.errors import CompetitionError
from competitions.models import Assignment, Judge, Track
from competitions.rules.facts import JudgeFact
from competitions.states import CompetitionState, EntryState, SheetState
from tests.factories import (
    AT,
    make_assignment,
    make_closed_competition,
    make_competition,
    make_entry,
    make_judge,
    make_user,
)

pytestmark = pytest.mark.django_db


def change(judge, **details):
    return change_member(judge, by=None, at=AT, **{"is_chair": judge.is_chair} | details)


def chairs(competition):
    return list(competition.judges.filter(is_chair=True).values_list("name", flat=True))


def test_change_keeps_details_and_tells_the_trail_which():
    judge = make_judge(make_closed_competition(), name="김심사")

    change(judge, side="private", most_entries=20, term_from=date(2026, 5, 1))

    judge.refresh_from_db()
    assert (judge.side, judge.most_entries, judge.term_from) == ("private", 20, date(2026, 5, 1))
    assert AuditRecord.objects.get(verb="judge.changed").detail["fields"] == [
        "side",
        "term_from",
        "most_entries",
    ]


def test_no_change_leaves_no_trace():
    change(make_judge(make_closed_competition()))

    assert not AuditRecord.objects.exists()


def test_a_new_chair_takes_the_place_of_the_one_before():
    competition = make_closed_competition()
    make_judge(competition, name="먼저", is_chair=True)

    change(make_judge(competition, name="나중"), is_chair=True)

    assert chairs(competition) == ["나중"]
    assert AuditRecord.objects.filter(verb="judge.chair_handed_over").exists()


def test_each_track_with_its_own_committee_has_its_own_chair():
    competition = make_closed_competition()
    other = Track.objects.create(competition=competition, code="b", name="직원 부문")
    make_judge(competition, name="주민", track=competition.tracks.get(code="a"), is_chair=True)

    change(make_judge(competition, name="직원", track=other), is_chair=True)

    assert sorted(chairs(competition)) == ["주민", "직원"]


def test_a_chair_moved_to_another_track_unseats_the_one_there():
    competition = make_closed_competition()
    first, other = (
        competition.tracks.get(),
        Track.objects.create(competition=competition, code="b", name="나"),
    )
    make_judge(competition, name="거기", track=other, is_chair=True)
    moving = make_judge(competition, name="옮긴", track=first, is_chair=True)

    change(moving, track=other)

    assert chairs(competition) == ["옮긴"]


def test_a_track_of_another_competition_is_refused():
    with pytest.raises(CompetitionError):
        change(make_judge(make_closed_competition()), track=make_competition().tracks.get())


def test_a_term_that_ends_before_it_begins_is_refused():
    with pytest.raises(CompetitionError):
        change(make_judge(make_closed_competition()), term_from=date(2026, 5, 2), term_until=date(2026, 5, 1))


@pytest.mark.parametrize("state", [Judge.State.DECLINED, Judge.State.DROPPED])
def test_who_is_no_member_is_not_changed(state):
    with pytest.raises(IllegalMove):
        change(make_judge(make_closed_competition(), state=state), side="public")


def test_members_are_not_changed_after_the_decision():
    with pytest.raises(IllegalMove):
        change(make_judge(make_closed_competition(state=CompetitionState.DECIDED)), side="public")


def sheets_of(judge):
    for state in (SheetState.ASSIGNED, SheetState.STARTED, SheetState.SIGNED, SheetState.RECUSED):
        entry = make_entry(judge.competition, state=EntryState.ACCEPTED)
        signed_at = AT if state == SheetState.SIGNED else None
        make_assignment(judge, entry, state=state, signed_at=signed_at)


def test_leaving_frees_unsigned_sheets_and_keeps_signed_ones():
    competition, user = make_closed_competition(), make_user()
    judge = name_judge(competition, by=None, at=AT, email=user.email)
    sheets_of(judge)

    freed = leave_committee(judge, reason="건강", by=None, at=AT)

    judge.refresh_from_db()
    assert freed == 2
    assert set(Assignment.objects.values_list("state", flat=True)) == {"signed", "recused"}
    assert (judge.state, judge.left_at, judge.left_reason, judge.user) == ("dropped", AT, "건강", user)
    assert not RoleGrant.objects.active().filter(user=user, scope=scope_of(competition)).exists()
    assert "건강" in Message.objects.get(person=user, kind="judge.left").body
    assert AuditRecord.objects.get(verb="judge.left").detail["freed_sheets"] == 2


def test_a_judge_who_left_sees_no_sheet():
    competition, user = make_closed_competition(state=CompetitionState.JUDGING), make_user()
    judge = make_judge(competition, user=user)
    sheets_of(judge)

    leave_committee(judge, reason="건강", by=None, at=AT)

    assert not Assignment.objects.visible_to(user).exists()


def test_leaving_needs_a_reason():
    judge = make_judge(make_closed_competition())

    for reason in (" ", "가" * 301):
        with pytest.raises(CompetitionError):
            leave_committee(judge, reason=reason, by=None, at=AT)

    assert Judge.objects.get().state == "accepted"


@pytest.mark.parametrize("state", [Judge.State.INVITED, Judge.State.DROPPED])
def test_only_who_is_appointed_leaves(state):
    with pytest.raises(IllegalMove):
        leave_committee(make_judge(make_closed_competition(), state=state), reason="가", by=None, at=AT)


def test_gates_count_neither_who_declined_nor_who_left():
    competition = make_closed_competition()
    for state in Judge.State:
        make_judge(competition, side="private", state=state)

    assert set(facts_of(competition, at=AT).judges) == {
        JudgeFact(side="private"),
        JudgeFact(side="private", is_invited=True),
    }


def test_letters_are_numbered_once():
    competition = make_closed_competition()
    judge = make_judge(competition)

    first = issue_letter(judge, by=None, at=AT)

    assert issue_letter(judge, by=None, at=AT) == first == f"2026-{competition.pk:03d}-01"
    assert AuditRecord.objects.filter(verb="judge.letter_issued").count() == 1


def test_who_has_not_accepted_gets_no_letter():
    with pytest.raises(IllegalMove):
        issue_letter(make_judge(make_closed_competition(), state=Judge.State.INVITED), by=None, at=AT)


def test_who_was_appointed_by_letter_is_not_removed():
    judge = make_judge(make_closed_competition(), letter_number="2026-001-01")

    with pytest.raises(IllegalMove):
        remove_judge(judge, by=None, at=AT)

    assert Judge.objects.exists()

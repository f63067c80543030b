"""Stepping aside, conflicts by hand, and dismissing one."""

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from accounts.roles import Role
from competitions.actions.conflicts.acts import (
    LONGEST_REASON,
    add_conflict,
    dismiss_conflict,
)
from competitions.actions.conflicts.finding import find_conflicts
from competitions.actions.judging.sheets import recuse
from competitions.actions.results.results import compute
from competitions.errors import CompetitionError
from competitions.models import Assignment, Competition, Conflict, Round
from competitions.states import SheetState
from tests.competitions.conflicting import make_case_of_conflict, make_conflict
from tests.competitions.jury import make_accepted_entry, make_judging_competition, sign
from tests.factories import AT, grant, make_assignment, make_judge, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    made = make_case_of_conflict()
    made.organiser = make_user()
    grant(made.organiser, Role.ORGANISER, made.competition)
    return made


def by_hand(case, **given):
    values = {"ground": "relation", "reason": "사촌", "by": case.organiser, "at": AT}
    return add_conflict(case.judge, case.entry, **values | given)


def dismiss(case, row, reason="다른 과로 옮겼습니다."):
    return dismiss_conflict(row, reason=reason, by=case.organiser, at=AT)


# Stepping aside


def test_stepping_aside_is_a_conflict(case):
    sheet = make_assignment(case.judge, case.entry)

    recuse(sheet, " 친구입니다. ", by=case.judge.user, at=AT)

    row = Conflict.objects.get()
    assert (row.kind, row.ground, row.state) == ("recusal", "declared", "standing")
    assert (row.reason, row.by) == ("친구입니다.", case.judge.user)
    assert not Assignment.objects.visible_to(case.judge.user).exists()
    message = Message.objects.get(person=case.organiser, kind="conflict.recused")
    assert "친구입니다." in message.body


def test_stepping_aside_holds_in_every_round(case):
    second = Round.objects.create(competition=case.competition, code="talk", name="발표", position=2)
    first = make_assignment(case.judge, case.entry)
    make_assignment(case.judge, case.entry, round=second, state=SheetState.STARTED)

    recuse(first, "친구입니다.", by=case.judge.user, at=AT)

    assert set(case.judge.assignments.values_list("state", flat=True)) == {SheetState.RECUSED}


def test_stepping_aside_again_after_it_was_dismissed(case):
    sheet = make_assignment(case.judge, case.entry)
    recuse(sheet, "친구입니다.", by=case.judge.user, at=AT)
    dismiss(case, Conflict.objects.get())
    sheet.refresh_from_db()

    recuse(sheet, "그래도 친구입니다.", by=case.judge.user, at=AT)

    row = Conflict.objects.get()
    assert (row.state, row.reason, row.decision, row.decided_at) == (
        "standing",
        "그래도 친구입니다.",
        "",
        None,
    )


# By hand


def test_by_hand(case):
    sheet = make_assignment(case.judge, case.entry)

    row = by_hand(case)

    sheet.refresh_from_db()
    assert (row.kind, row.by, sheet.state) == ("exclusion", case.organiser, SheetState.RECUSED)
    assert AuditRecord.objects.get(verb="conflict.added").detail["reason"] == "사촌"


def test_by_hand_on_a_signed_sheet(case):
    sheet = make_assignment(case.judge, case.entry)
    sign(sheet, "30", "50")

    by_hand(case)

    sheet.refresh_from_db()
    assert sheet.state == SheetState.SIGNED
    assert compute(case.competition, by=None, at=AT).outcome["entries"][0]["total"] is None
    assert AuditRecord.objects.filter(verb="sheet.left_out").count() == 1


def test_by_hand_after_it_was_dismissed(case):
    dismiss(case, by_hand(case))

    assert by_hand(case, reason="역시 사촌").state == "standing"
    assert Conflict.objects.count() == 1


def test_by_hand_twice(case):
    by_hand(case)

    with pytest.raises(IllegalMove):
        by_hand(case)


@pytest.mark.parametrize(
    "given", [{"reason": "  "}, {"reason": "가" * (LONGEST_REASON + 1)}, {"ground": "own"}, {"ground": "x"}]
)
def test_by_hand_refused(case, given):
    with pytest.raises(CompetitionError):
        by_hand(case, **given)

    assert not Conflict.objects.exists()


def test_by_hand_for_an_entry_of_another_competition(case):
    case.entry = make_accepted_entry(make_judging_competition(), code="E1")

    with pytest.raises(CompetitionError):
        by_hand(case)


@pytest.mark.parametrize("state", ["verification", "decided", "published", "cancelled"])
def test_by_hand_once_judging_is_over(case, state):
    Competition.objects.filter(pk=case.competition.pk).update(state=state, published_at=AT)

    with pytest.raises(IllegalMove):
        by_hand(case)


# Dismissing


@pytest.mark.parametrize("ground", ["department", "earlier", "relation", "facilitator", "declared"])
def test_weak_ground_is_dismissed_and_the_sheet_given_back(case, ground):
    kind = "recusal" if ground == "declared" else "exclusion"
    row = make_conflict(case.judge, case.entry, ground=ground, kind=kind)
    sheet = make_assignment(case.judge, case.entry, state=SheetState.RECUSED, recused_reason="가")

    count = dismiss(case, row)

    row.refresh_from_db()
    sheet.refresh_from_db()
    assert (count, row.state, row.decision) == (1, "dismissed", "다른 과로 옮겼습니다.")
    assert (row.decided_by, row.decided_at) == (case.organiser, AT)
    assert (sheet.state, sheet.recused_reason) == (SheetState.ASSIGNED, "")
    assert AuditRecord.objects.filter(verb="conflict.dismissed").count() == 1
    message = Message.objects.get(person=case.judge.user)
    assert case.entry.code not in message.subject + message.body


def test_sheet_that_was_begun_is_given_back_begun(case):
    row = make_conflict(case.judge, case.entry)
    sheet = make_assignment(case.judge, case.entry, state=SheetState.RECUSED, saved_at=AT)

    dismiss(case, row)

    sheet.refresh_from_db()
    assert sheet.state == SheetState.STARTED


def test_another_conflict_keeps_the_sheet_away(case):
    row = make_conflict(case.judge, case.entry)
    make_conflict(case.judge, case.entry, ground="earlier")
    sheet = make_assignment(case.judge, case.entry, state=SheetState.RECUSED)

    assert dismiss(case, row) == 0
    sheet.refresh_from_db()
    assert sheet.state == SheetState.RECUSED


def test_signed_sheet_counts_again(case):
    sign(make_assignment(case.judge, case.entry), "30", "50")
    row = by_hand(case)

    dismiss(case, row)

    assert compute(case.competition, by=None, at=AT).outcome["entries"][0]["total"] == "80"


@pytest.mark.parametrize("ground", ["own", "team_mate"])
def test_own_entry_and_team_mates_are_never_dismissed(case, ground):
    row = make_conflict(case.judge, case.entry, ground=ground)

    with pytest.raises(IllegalMove):
        dismiss(case, row)


def test_challenge_is_not_the_organisers_to_dismiss(case):
    row = make_conflict(case.judge, case.entry, kind="challenge", ground="challenged", state="open")

    with pytest.raises(IllegalMove):
        dismiss(case, row)


def test_dismissing_twice(case):
    row = make_conflict(case.judge, case.entry)
    dismiss(case, row)

    with pytest.raises(IllegalMove):
        dismiss(case, row)


def test_dismissing_without_a_reason(case):
    with pytest.raises(CompetitionError):
        dismiss(case, make_conflict(case.judge, case.entry), reason=" ")


def test_dismissing_once_judging_is_over(case):
    row = make_conflict(case.judge, case.entry)
    Competition.objects.filter(pk=case.competition.pk).update(state="decided")

    with pytest.raises(IllegalMove):
        dismiss(case, row)


def test_dismissed_for_one_judge_only(case):
    other = make_judge(case.competition, user=make_user())
    make_conflict(other, case.entry)
    dismiss(case, make_conflict(case.judge, case.entry))

    find_conflicts(case.competition, entry=make_accepted_entry(case.competition, code="E2"), at=AT)

    assert other.conflicts.get().state == "standing"

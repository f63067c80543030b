import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.assigning.by_hand import assign_all
from competitions.actions.assigning.reassigning import hand_over, hand_over_plan
from competitions.errors import CompetitionError
from competitions.models import Assignment, Conflict, Judge
from competitions.states import CompetitionState, SheetState
from tests.competitions.assigned import make_panel, pairs_of
from tests.competitions.jury import sign
from tests.competitions.test_automatic_assigning import assign, entry_of, judge_of
from tests.factories import AT, make_assignment

pytestmark = pytest.mark.django_db


def leave(judge):
    return hand_over(judge, reason="건강", by=None, at=AT)


def test_unsigned_sheets_go_to_others_and_nobody_else_moves():
    round_ = make_panel(entries=6, judges=4)
    assign(round_)
    before = pairs_of(round_)
    judge = judge_of(round_, "J1")

    [handed] = leave(judge)

    after = pairs_of(round_)
    assert handed.freed == len(handed.missing) == 3
    assert {pair for pair in before if pair[0] != "J1"} <= after
    assert not pairs_of(round_, judge=judge)
    assert len(after) == len(before)
    judge.refresh_from_db()
    assert judge.state == Judge.State.DROPPED
    assert AuditRecord.objects.get(verb="judge.entries_handed_over").detail["freed"] == 3


def test_a_signed_sheet_stays_as_evidence():
    round_ = make_panel(entries=2, judges=3)
    judge = judge_of(round_, "J0")
    signed = make_assignment(judge, entry_of(round_, "E0"))
    sign(signed, 30, 40)
    make_assignment(judge, entry_of(round_, "E1"), state=SheetState.STARTED)

    leave(judge)

    assert Assignment.objects.get(judge=judge).pk == signed.pk
    assert len(pairs_of(round_, entry__code="E0")) == 1
    assert {judge for judge, _entry in pairs_of(round_, entry__code="E1")} <= {"J1", "J2"}


def test_nobody_gets_a_conflict_by_it():
    round_ = make_panel(entries=1, judges=3)
    make_assignment(judge_of(round_, "J0"), entry_of(round_, "E0"))
    Conflict.objects.create(
        judge=judge_of(round_, "J1"), entry=entry_of(round_, "E0"), kind="recusal", ground="declared", at=AT
    )

    leave(judge_of(round_, "J0"))

    assert pairs_of(round_) == {("J2", "E0")}


def test_what_nobody_can_take_is_named():
    round_ = make_panel(entries=2, judges=2, per_entry=None)
    assign_all(round_, by=None, at=AT)

    [handed] = hand_over_plan(judge_of(round_, "J0"))

    assert (handed.freed, handed.missing) == (2, [])
    assert {problem.entry for problem in handed.assigned.problems if problem.entry} == {"E0", "E1"}


def test_entries_that_were_short_before_are_left_as_they_are():
    round_ = make_panel(entries=2, judges=3)
    make_assignment(judge_of(round_, "J0"), entry_of(round_, "E0"))

    leave(judge_of(round_, "J0"))

    assert {entry for _judge, entry in pairs_of(round_)} == {"E0"}


@pytest.mark.parametrize("reason", ["", "  ", "가" * 301])
def test_a_reason_is_needed(reason):
    round_ = make_panel()
    assign(round_)
    before = pairs_of(round_)

    with pytest.raises(CompetitionError):
        hand_over(judge_of(round_, "J0"), reason=reason, by=None, at=AT)

    assert pairs_of(round_) == before


def test_a_judge_who_left_already_is_an_illegal_move():
    round_ = make_panel()
    judge = judge_of(round_, "J0")
    leave(judge)

    with pytest.raises(IllegalMove):
        leave(judge)


def test_after_the_decision_is_an_illegal_move():
    round_ = make_panel(state=CompetitionState.DECIDED)

    with pytest.raises(IllegalMove):
        leave(judge_of(round_, "J0"))


@pytest.mark.parametrize("count", [1, 3])
def test_plan_query_count(count, django_assert_num_queries):
    round_ = make_panel(entries=count, judges=2, per_entry=1)
    for entry in round_.competition.entries.all():
        make_assignment(judge_of(round_, "J0"), entry)
    judge = judge_of(round_, "J0")

    with django_assert_num_queries(10):
        hand_over_plan(judge)

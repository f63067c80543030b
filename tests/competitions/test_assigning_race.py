"""Two organisers who assign, on connections of their own, at the same moment."""

from contextlib import suppress

import pytest

from accounts.models import AuditRecord
from competitions.actions.assigning.automatic import StalePlan, assign_automatically, plan
from competitions.actions.assigning.reassigning import hand_over
from competitions.actions.judging.sheets import sign_sheet
from competitions.models import Assignment
from competitions.states import SheetState
from tests.competitions.assigned import make_panel, pairs_of
from tests.competitions.jury import marks
from tests.competitions.test_automatic_assigning import assign, judge_of
from tests.competitions.test_submit_race import ROUNDS, together
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_confirm_the_same_plan_one_assigns():
    for _round in range(ROUNDS):
        round_ = make_panel()
        shown, one, two = plan(round_), make_user(), make_user()

        answers = together(
            lambda: assign_automatically(round_, sha256=shown.sha256, by=one, at=AT),  # noqa: B023
            lambda: assign_automatically(round_, sha256=shown.sha256, by=two, at=AT),  # noqa: B023
        )

        assert [type(answer) for answer in answers].count(StalePlan) == 1
        assert pairs_of(round_) == set(shown.assigned.pairs)
        made = AuditRecord.objects.filter(
            verb="entries.assigned_automatically", target_id=str(round_.competition_id)
        )
        assert made.count() == 1


def sign_while_it_is_there(sheet, given):
    with suppress(Assignment.DoesNotExist):
        sign_sheet(sheet, given, by=sheet.judge.user, at=AT, seen_at=None)


def test_a_sheet_signed_while_its_judge_is_let_go_is_kept_or_refused():
    for _round in range(ROUNDS):
        round_ = make_panel()
        assign(round_)
        judge = judge_of(round_, "J0")
        sheet = Assignment.objects.filter(judge=judge).select_related("judge__user", "entry", "round").first()
        given = marks(sheet, 30, 40)

        together(
            lambda: sign_while_it_is_there(sheet, given),  # noqa: B023
            lambda: hand_over(judge, reason="건강", by=None, at=AT),  # noqa: B023
        )

        left = Assignment.objects.filter(judge=judge)
        assert set(left.values_list("state", flat=True)) <= {SheetState.SIGNED}
        entry = pairs_of(round_, entry=sheet.entry)
        assert len(entry) == 2

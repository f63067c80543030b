"""A judge signs while a conflict is found, on two connections."""

from functools import partial

import pytest

from accounts.errors import Refusal
from competitions.actions.conflicts.finding import find_conflicts
from competitions.actions.results.results import compute
from competitions.models import Conflict
from competitions.states import SheetState
from tests.competitions.conflicting import make_case_of_conflict
from tests.competitions.jury import sign
from tests.competitions.test_submit_race import together
from tests.factories import AT, make_assignment, make_department

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def make_tied_case():
    case = make_case_of_conflict()
    case.judge.user.department = case.entrant.department = make_department()
    case.judge.user.save()
    case.entrant.save()
    return case


def test_signing_while_a_conflict_is_found():
    for _round in range(ROUNDS):
        case = make_tied_case()
        sheet = make_assignment(case.judge, case.entry)

        signed, looked = together(
            partial(sign, sheet, "30", "50"), partial(find_conflicts, case.competition, at=AT)
        )

        sheet.refresh_from_db()
        was_late = isinstance(signed, Refusal)
        assert looked.new == 1
        assert sheet.state == (SheetState.RECUSED if was_late else SheetState.SIGNED)
        assert sheet.scores.count() == (0 if was_late else 2)
        assert compute(case.competition, by=None, at=AT).outcome["entries"][0]["total"] is None


def test_found_twice_at_once_is_found_once():
    for _round in range(ROUNDS):
        case = make_tied_case()

        looked = together(*[partial(find_conflicts, case.competition, at=AT)] * 3)

        assert sorted(each.new for each in looked) == [0, 0, 1]
        assert Conflict.objects.filter(entry=case.entry).count() == 1

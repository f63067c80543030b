from decimal import Decimal

import pytest

from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.actions.judging.sums import recompute_sums
from competitions.contest_files.records import ScoreRecord
from competitions.models import Assignment
from tests.competitions.jury import make_accepted_entry, make_judging_competition, make_scored_competition
from tests.factories import AT, make_judge

pytestmark = pytest.mark.django_db


def sums():
    return list(Assignment.objects.order_by("entry__code").values_list("reached", "reachable"))


def test_recompute_sums_after_a_change_of_weights():
    competition = make_scored_competition(E1=("30", "40"), E2=("10.5", "20"), E3=None)
    competition.rounds.get().criteria.filter(code="effect").update(weight=Decimal("0.5"))

    assert recompute_sums(competition) == 2

    assert sums() == [(Decimal(50), Decimal(70)), (Decimal("20.5"), Decimal(70)), (None, None)]


def test_recompute_sums_writes_nothing_where_nothing_changed():
    assert recompute_sums(make_scored_competition(E1=("30", "40"))) == 0


def test_recompute_sums_leaves_other_competitions_alone():
    make_scored_competition(E1=("30", "40"))
    Assignment.objects.update(reached=1)

    recompute_sums(make_judging_competition())

    assert sums()[0][0] == 1


@pytest.mark.parametrize("count", [1, 3])
def test_recompute_sums_is_one_statement(count, django_assert_num_queries):
    competition = make_scored_competition(**{f"E{n}": ("30", "40") for n in range(count)})

    with django_assert_num_queries(1):
        recompute_sums(competition)


def test_scores_brought_in_are_summed_up():
    competition = make_judging_competition()
    make_judge(competition, code="J1")
    make_accepted_entry(competition, code="E1")
    record = {"round": "written", "judge": "J1", "entry": "E1", "comment": ""}
    rows = [
        ScoreRecord(line=2, criterion="idea", points=Decimal(30), **record),
        ScoreRecord(line=3, criterion="effect", points=None, **record),
    ]

    bring_in_scores(competition, rows, by=None, at=AT)

    assert sums() == [(Decimal(30), Decimal(40))]

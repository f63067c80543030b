from decimal import Decimal

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.bringing_in.files import BringInRefused
from competitions.actions.rounds.measured import Grid, Kept, Measured, keep_measured, measured_from_bytes
from competitions.errors import CompetitionError
from competitions.models import Criterion, Measurement, Track
from tests.competitions.rounds.making import make_entries, make_round
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def measured_round(*codes):
    round_ = make_round("measured")
    return round_, make_entries(round_.competition, *codes), round_.criteria.get()


def keep(round_, given, **options):
    return keep_measured(round_, given, by=None, at=AT, **options)


def points(text, note=""):
    return Measured(Decimal(text) if text else None, note)


def stored():
    return list(Measurement.objects.order_by("entry__code").values_list("entry__code", "points", "note"))


def test_points_are_new_changed_emptied_and_unchanged():
    round_, (one, two, three, four), criterion = measured_round("E1", "E2", "E3", "E4")
    keep(
        round_,
        {(each.pk, criterion.pk): points("5") for each in (one, two, three)},
    )

    kept = keep(
        round_,
        {
            (one.pk, criterion.pk): points("5"),
            (two.pk, criterion.pk): points("7.5", "통계"),
            (three.pk, criterion.pk): points(""),
            (four.pk, criterion.pk): points("0"),
        },
    )

    assert kept == Kept(new=1, changed=1, removed=1, unchanged=1)
    assert stored() == [("E1", 5, ""), ("E2", Decimal("7.5"), "통계"), ("E4", 0, "")]
    changes = AuditRecord.objects.filter(verb="points.measured").latest("pk").detail["changes"]
    assert sorted(changes) == [
        ["E2", "result", "5", "7.5"],
        ["E3", "result", "5", None],
        ["E4", "result", None, "0"],
    ]


def test_the_same_points_again_change_and_record_nothing():
    round_, (one,), criterion = measured_round("E1")
    for _again in range(2):
        kept = keep(round_, {(one.pk, criterion.pk): points("5")})

    assert kept == Kept(unchanged=1)
    assert AuditRecord.objects.filter(verb="points.measured").count() == 1


@pytest.mark.parametrize("wrong", ["100.5", "-1", "NaN", "Infinity"])
def test_points_outside_the_criterion_are_refused_and_none_is_stored(wrong):
    round_, (one, two), criterion = measured_round("E1", "E2")

    with pytest.raises(CompetitionError):
        keep(round_, {(one.pk, criterion.pk): points("5"), (two.pk, criterion.pk): points(wrong)})

    assert stored() == []


def test_cells_of_another_track_are_refused():
    round_, (one,), _criterion = measured_round("E1")
    other = Track.objects.create(competition=round_.competition, code="b", name="다른 부문")
    foreign = Criterion.objects.create(round=round_, code="other", name="다른", max_points=10, track=other)

    with pytest.raises(CompetitionError):
        keep(round_, {(one.pk, foreign.pk): points("5")})


def test_what_somebody_else_changed_meanwhile_is_not_overwritten():
    round_, (one,), criterion = measured_round("E1")
    seen = Grid(round_).sha256()
    keep(round_, {(one.pk, criterion.pk): points("5")})

    with pytest.raises(CompetitionError):
        keep(round_, {(one.pk, criterion.pk): points("6")}, seen=seen)

    assert stored() == [("E1", 5, "")]


def test_another_kind_of_round_takes_no_points():
    round_ = make_round("panel")
    (one,) = make_entries(round_.competition, "E1")

    with pytest.raises(IllegalMove):
        keep(round_, {(one.pk, round_.criteria.get().pk): points("5")})


@pytest.mark.parametrize("state", ["verification", "decided", "cancelled"])
def test_points_are_taken_until_awards_are_to_be_decided(state):
    round_, (one,), criterion = measured_round("E1")
    type(round_.competition).objects.update(state=state)

    with pytest.raises(IllegalMove):
        keep(round_, {(one.pk, criterion.pk): points("5")})


def test_a_file_is_read_into_cells():
    round_, (one, two), criterion = measured_round("E1", "E2")

    given, notices = measured_from_bytes(
        round_, "entry,criterion,points,note\nE1,result,87.5,통계\nE2,result,,\n".encode(), ending=".csv"
    )

    assert given == {(one.pk, criterion.pk): points("87.5", "통계"), (two.pk, criterion.pk): points("")}
    assert notices == ()


@pytest.mark.parametrize("raw", [b"", b"entry,points\nE1,5\n", b"entry,criterion,points\nE1,result,x\n"])
def test_a_faulty_file_is_refused(raw):
    round_, _entries, _criterion = measured_round("E1")

    with pytest.raises(BringInRefused):
        measured_from_bytes(round_, raw, ending=".csv")


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(count, django_assert_num_queries):
    round_, entries, criterion = measured_round(*(f"E{number}" for number in range(count)))
    organiser = make_user()

    with django_assert_num_queries(8):
        keep_measured(round_, {(each.pk, criterion.pk): points("5") for each in entries}, by=organiser, at=AT)

"""A criterion of one track: sheets, signing, assigning, files of scores and the call's page."""

from decimal import Decimal

import pytest
from django.urls import reverse

from competitions.actions.assigning.by_hand import assign_all, set_assignments
from competitions.actions.bringing_in.files import BringInRefused
from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.actions.judging.marks import Given, PointsRefused
from competitions.actions.judging.sheets import save_sheet, sign_sheet
from competitions.actions.results.results import compute
from competitions.contest_files.records import ScoreRecord
from competitions.models import Assignment, Criterion, Round, Score, Track
from competitions.states import SheetState
from competitions.views.calls.document_parts import call_rows
from competitions.views.calls.parts import criteria_tables
from tests.competitions.jury import make_accepted_entry, make_judging_competition
from tests.factories import AT, make_assignment, make_judge, make_user

pytestmark = pytest.mark.django_db


def make_tracks():
    """Tracks a and b; idea (40) for every track, effect (60) for a, use (10) for b. Returns (contest, a, b)."""
    competition = make_judging_competition()
    a = competition.tracks.get()
    b = Track.objects.create(competition=competition, code="b", name="직원 부문", position=2)
    Criterion.objects.filter(round__competition=competition, code="effect").update(track=a)
    Criterion.objects.create(
        round=competition.rounds.get(), track=b, code="use", name="활용성", max_points=10, position=3
    )
    return competition, a, b


def make_sheet_of(competition, track, *, code="E1"):
    judge = competition.judges.first() or make_judge(competition, user=make_user(), code="J1")
    return make_assignment(judge, make_accepted_entry(competition, code=code, track=track))


def given(**points):
    """Given marks by the codes of the criteria."""
    keys = dict(Criterion.objects.values_list("code", "pk"))
    return {keys[code]: Given(Decimal(value)) for code, value in points.items()}


def test_sheet_asks_for_the_criteria_of_the_entrys_track(as_user):
    competition, _a, b = make_tracks()
    sheet = make_sheet_of(competition, b)

    response = as_user(sheet.judge.user).get(reverse("competitions:judging_sheet", args=[sheet.pk]))

    assert [each.code for each in response.context["form"].criteria] == ["idea", "use"]
    assert response.context["totals"].whole == 50


def test_queue_shows_the_points_of_the_entrys_track(as_user):
    competition, a, b = make_tracks()
    sheet = make_sheet_of(competition, a)
    make_sheet_of(competition, b, code="E2")

    response = as_user(sheet.judge.user).get(reverse("competitions:judging"))
    ((_competition, ((_round, _progress, sheets),)),) = response.context["groups"]

    assert [each.most_text for each in sheets] == ["100", "50"]


def test_signing_needs_no_points_for_another_track():
    competition, _a, b = make_tracks()
    sheet = make_sheet_of(competition, b)

    sign_sheet(sheet, given(idea=40, use=10), by=sheet.judge.user, at=AT, seen_at=None)

    assert sheet.state == SheetState.SIGNED


def test_signing_without_a_criterion_of_the_track_is_refused():
    competition, _a, b = make_tracks()
    sheet = make_sheet_of(competition, b)

    with pytest.raises(PointsRefused):
        sign_sheet(sheet, given(idea=40), by=sheet.judge.user, at=AT, seen_at=None)


def test_points_for_a_criterion_of_another_track_are_refused():
    competition, _a, b = make_tracks()
    sheet = make_sheet_of(competition, b)

    with pytest.raises(PointsRefused):
        save_sheet(sheet, given(effect=10), by=sheet.judge.user, at=AT, seen_at=None)

    assert not Score.objects.exists()


def test_result_counts_each_entry_by_its_track(django_assert_max_num_queries):
    competition, a, b = make_tracks()
    for track, code, points in [(a, "E1", {"idea": 20, "effect": 30}), (b, "E2", {"idea": 40, "use": 5})]:
        sheet = make_sheet_of(competition, track, code=code)
        sign_sheet(sheet, given(**points), by=sheet.judge.user, at=AT, seen_at=None)

    with django_assert_max_num_queries(21):
        result = compute(competition, by=None, at=AT)

    assert [(each["code"], each["total"]) for each in result.outcome["entries"]] == [
        ("E2", "90"),
        ("E1", "50"),
    ]


def test_assigning_all_keeps_to_the_committee_of_the_track():
    competition, a, b = make_tracks()
    make_accepted_entry(competition, code="E1", track=a)
    make_accepted_entry(competition, code="E2", track=b)
    make_judge(competition, code="J1", track=b)
    make_judge(competition, code="J2")

    assign_all(competition.rounds.get(), by=None, at=AT)

    pairs = set(Assignment.objects.values_list("judge__code", "entry__code"))
    assert pairs == {("J1", "E2"), ("J2", "E1"), ("J2", "E2")}


def test_round_of_one_track_gets_no_sheets_of_others():
    competition, a, b = make_tracks()
    show = Round.objects.create(competition=competition, code="show", name="발표", position=2)
    Criterion.objects.create(round=show, track=a, code="talk", name="발표력", max_points=10)
    one, other = (make_accepted_entry(competition, code=code, track=t) for code, t in [("E1", a), ("E2", b)])
    judge, chosen = make_judge(competition), {one.pk, other.pk}

    assert set_assignments(judge, show, shown=chosen, chosen=chosen, by=None, at=AT) == (1, 0)
    assert Assignment.objects.get().entry == one


def test_scores_file_with_a_criterion_of_another_track_names_the_line():
    competition, _a, b = make_tracks()
    make_accepted_entry(competition, code="E1", track=b)
    make_judge(competition, code="J1")
    row = ScoreRecord(
        line=7, round="written", judge="J1", entry="E1", criterion="effect", points=Decimal(1), comment=""
    )

    with pytest.raises(BringInRefused) as refusal:
        bring_in_scores(competition, [row], by=None, at=AT)

    (sentence,) = refusal.value.sentences
    assert all(text in sentence for text in ("7", "effect", "E1"))
    assert not Score.objects.exists()


def test_call_shows_a_table_for_each_way_of_judging(django_assert_num_queries):
    competition, *_tracks = make_tracks()
    competition = call_rows(make_user()).get(pk=competition.pk)

    with django_assert_num_queries(0):
        tables = criteria_tables(competition.rounds.all())

    rows = [(each["tracks"], each["points"], [row["share"] for row in each["rows"]]) for each in tables]
    assert rows == [("주민 부문", "100", ["40", "60"]), ("직원 부문", "50", ["80", "20"])]


def test_call_shows_one_table_for_tracks_judged_alike():
    competition = make_judging_competition()
    Track.objects.create(competition=competition, code="b", name="직원 부문", position=2)

    (table,) = criteria_tables(call_rows(make_user()).get(pk=competition.pk).rounds.all())

    assert (table["tracks"], table["share"], table["points"]) == ("", "100", "100")


def test_call_shows_the_share_of_a_round_by_track():
    competition, a, _b = make_tracks()
    show = Round.objects.create(competition=competition, code="show", name="발표", position=2, weight=300)
    Criterion.objects.create(round=show, track=a, code="talk", name="발표력", max_points=10)

    tables = criteria_tables(call_rows(make_user()).get(pk=competition.pk).rounds.all())

    assert [(each["round"].code, each["tracks"], each["share"]) for each in tables] == [
        ("written", "주민 부문", "25"),
        ("written", "직원 부문", "100"),
        ("show", "주민 부문", "75"),
    ]

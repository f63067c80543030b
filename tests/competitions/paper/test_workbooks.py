"""Which entries a judge's workbook has, and who gets it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from competitions.actions.paper.workbooks import Desk
from competitions.errors import CompetitionError
from competitions.models import Assignment, Conflict, Criterion, Redaction, Round, Track
from competitions.states import CompetitionState, EntryState, SheetState
from tests.competitions.jury import make_accepted_entry, make_judging_competition, make_sheet, sign
from tests.competitions.paper.making import address, book_of, make_paper_contest, organiser_of
from tests.factories import AT, entry_content, make_assignment, make_judge, make_user

pytestmark = pytest.mark.django_db


def opened(raw):
    return load_workbook(BytesIO(raw))


def codes_of(raw, page=0):
    sheet = opened(raw).worksheets[page]
    return [sheet.cell(number, 1).value for number in range(7, sheet.max_row + 1)]


def titles_of(raw):
    sheet = opened(raw).worksheets[0]
    return [sheet.cell(number, 2).value for number in range(7, sheet.max_row + 1)]


def own_book(judge):
    return reverse("competitions:judging_workbook", args=[judge.competition.slug])


def keep_apart(judge, entry):
    return Conflict.objects.create(
        judge=judge, entry=entry, kind="exclusion", ground="relation", state="standing", at=AT
    )


# For the organiser


def test_a_judge_without_account_and_assignments_has_every_entry_of_the_track():
    competition = make_paper_contest()
    other = Track.objects.create(competition=competition, code="b", name="직원 부문")
    make_accepted_entry(competition, code="E3", track=other)
    judge = competition.judges.get()
    judge.track = competition.tracks.get(code="a")
    judge.save()

    assert codes_of(book_of(competition)) == ["E1", "E2"]


def test_assigned_entries_only_where_there_are_some_and_none_with_a_conflict():
    competition = make_paper_contest(entries=4)
    judge, entries = competition.judges.get(), list(competition.entries.order_by("code"))
    for entry in entries[:3]:
        make_assignment(judge, entry)
    keep_apart(judge, entries[0])
    Assignment.objects.filter(entry=entries[1]).update(state=SheetState.RECUSED, recused_reason="친족")

    assert codes_of(book_of(competition)) == ["E3"]


def test_a_conflict_is_left_out_where_nothing_is_assigned_too():
    competition = make_paper_contest()
    keep_apart(competition.judges.get(), competition.entries.get(code="E1"))

    assert codes_of(book_of(competition)) == ["E2"]


def test_tracks_with_criteria_of_their_own_have_a_worksheet_each():
    competition = make_paper_contest(entries=1)
    other = Track.objects.create(competition=competition, code="b", name="직원 부문", position=2)
    make_accepted_entry(competition, code="E2", track=other)
    Criterion.objects.create(
        round=competition.rounds.get(), track=other, code="spread", name="확산", max_points=20, position=3
    )

    raw = book_of(competition)

    names = opened(raw).sheetnames
    assert names[:2] == ["서면 심사 주민 부문", "서면 심사 직원 부문"]
    assert [codes_of(raw, page) for page in (0, 1)] == [["E1"], ["E2"]]
    assert [opened(raw)[name]["E5"].value for name in names[:2]] == ["#total", "spread"]


def test_rounds_without_score_sheets_are_left_out():
    competition = make_paper_contest()
    for kind in (Round.Kind.MEASURED, Round.Kind.PUBLIC_VOTE):
        round_ = Round.objects.create(competition=competition, code=kind, name=kind, kind=kind)
        Criterion.objects.create(round=round_, code=f"c-{kind}", name="처리 시간", max_points=10)

    assert opened(book_of(competition)).sheetnames[0] == "서면 심사"
    assert len(opened(book_of(competition)).sheetnames) == 3


def test_a_blind_round_shows_titles_of_copies_without_names():
    competition = make_paper_contest()
    competition.rounds.update(blind=True)
    entry = competition.entries.get(code="E1")
    copy = {"case": {"title": "가린 제목"}, "prompts": []}
    Redaction.objects.create(snapshot=entry.snapshot, content=copy, state="checked", made_at=AT)
    named = {"team": "골목길모임", "title": "골목길모임의 작품"}
    make_accepted_entry(competition, code="E3", draft=entry_content(title=named["title"]), **named)

    first, _second, third = titles_of(book_of(competition))

    assert first == "가린 제목"
    assert "골목길모임" not in third


def test_points_given_on_the_site_are_not_in_the_organisers_workbook():
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user(), code="J1")
    sign(make_sheet(competition, judge=judge), "30", "45.5")

    sheet = opened(book_of(competition)).worksheets[0]

    assert [sheet.cell(7, column).value for column in (1, 3, 4)] == ["E1", None, None]


def test_a_judge_with_an_account_and_nothing_assigned_has_no_workbook():
    competition = make_judging_competition()
    make_accepted_entry(competition, code="E1")
    judge = make_judge(competition, user=make_user())

    with pytest.raises(CompetitionError):
        Desk(competition).workbook_of(judge)


def test_the_archive_has_a_workbook_of_each_judge_with_entries(as_user):
    competition = make_paper_contest(judges=("J1", "J2"))
    make_judge(competition, user=make_user(), code="J3", name="김심사")

    answer = as_user(organiser_of(competition)).get(address("workbooks", competition))

    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.namelist() == ["J1 J1 위원.xlsx", "J2 J2 위원.xlsx"]
        assert codes_of(archive.read("J2 J2 위원.xlsx")) == ["E1", "E2"]


def test_without_any_entry_the_organiser_is_told(as_user):
    competition = make_paper_contest(entries=0)
    client = as_user(organiser_of(competition))

    for page in (
        address("workbooks", competition),
        address("workbook", competition, competition.judges.get().pk),
    ):
        assert client.get(page).url == address("paper", competition)


@pytest.mark.parametrize("name", ["workbooks", "paper", "import_sheets", "export_sheets"])
def test_others_get_nothing(as_user, name):
    competition = make_paper_contest()

    assert as_user(make_user("staff")).get(address(name, competition)).status_code == 403
    assert (
        as_user(organiser_of(make_judging_competition())).get(address(name, competition)).status_code == 403
    )


def test_a_judge_of_another_competition_has_no_workbook_here(as_user):
    competition, foreign = make_paper_contest(), make_paper_contest()
    client = as_user(organiser_of(competition))

    assert client.get(address("workbook", competition, foreign.judges.get().pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count(as_user, count, django_assert_num_queries):
    competition = make_paper_contest(judges=[f"J{number}" for number in range(count)])
    client = as_user(organiser_of(competition))

    with django_assert_num_queries(10):
        response = client.get(address("paper", competition))

    assert len(response.context["judges"]) == count


# For the judge


def test_a_judge_gets_the_own_open_sheets_with_what_was_given(client):
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user(), code="J1")
    first = make_sheet(competition, code="E1", judge=judge)
    sign(first, "30", "45.5")
    apart = make_sheet(competition, code="E2", judge=judge)
    keep_apart(judge, apart.entry)
    make_sheet(competition, code="E3", judge=make_judge(competition, user=make_user()))
    client.force_login(judge.user)

    answer = client.get(own_book(judge))

    assert codes_of(answer.content) == ["E1"]
    assert [opened(answer.content).worksheets[0].cell(7, column).value for column in (3, 4)] == [30, 45.5]


def test_the_calibration_entry_alone_is_in_it_until_it_is_signed(client):
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user())
    sheets = [make_sheet(competition, code=code, judge=judge) for code in ("E1", "E2")]
    competition.rounds.update(calibration_entry=sheets[1].entry)
    client.force_login(judge.user)

    assert codes_of(client.get(own_book(judge)).content) == ["E2"]


@pytest.mark.parametrize("obstacle", ["pledge", "not_begun", "none_assigned", "disqualified"])
def test_without_an_open_sheet_the_judge_is_led_back(client, obstacle):
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user())
    if obstacle != "none_assigned":
        sheet = make_sheet(competition, judge=judge)
    if obstacle == "pledge":
        type(judge).objects.update(pledged_at=None)
    if obstacle == "not_begun":
        type(competition).objects.update(state=CompetitionState.ANNOUNCED)
    if obstacle == "disqualified":
        type(sheet.entry).objects.update(state=EntryState.DISQUALIFIED, decision_reason="표절")
    client.force_login(judge.user)

    assert client.get(own_book(judge)).url == reverse("competitions:judging")


@pytest.mark.parametrize("state", ["invited", "declined", "dropped"])
def test_who_does_not_judge_gets_no_workbook(client, state):
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user(), state=state)
    client.force_login(judge.user)

    assert client.get(own_book(judge)).status_code == 404


def test_a_stranger_gets_no_workbook_of_a_judge(as_user):
    judge = make_sheet().judge

    assert as_user(make_user()).get(own_book(judge)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_own_workbook_query_count(client, count, django_assert_num_queries):
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user())
    for number in range(count):
        make_sheet(competition, code=f"E{number}", judge=judge)
    client.force_login(judge.user)

    with django_assert_num_queries(7):
        answer = client.get(own_book(judge))

    assert len(codes_of(answer.content)) == count

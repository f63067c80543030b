"""The committee's papers: the result sheet and judges' sheets, as PDF and XLSX."""

from io import BytesIO

import pypdf
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from competitions.actions.bringing_in.score_files import scores_from_bytes
from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.actions.results.results import Choice, decide_awards
from competitions.errors import CompetitionError
from competitions.models import Assignment, Conflict, Criterion, Redaction, Round, SheetScan
from competitions.views.paper import documents, result_sheet
from competitions.views.paper.result_sheet import result_sheet_data
from competitions.views.paper.score_sheets import score_sheets_data
from tests.competitions.jury import make_judging_competition, make_sheet, sign
from tests.competitions.paper.making import address, make_paper_contest, organiser_of
from tests.factories import AT, make_government, make_judge, make_user

pytestmark = pytest.mark.django_db
TRIMMED = {"over": "judge_totals", "method": "trimmed_mean", "drop_high": 1, "drop_low": 1}
ROWS = (
    "judge,entry,idea,effect,comment\n"
    "J1,E1,40,60,뚜렷함\nJ2,E1,30,50,\nJ3,E1,20,30,\nJ1,E2,10,20,\nJ2,E2,20,20,\nJ3,E2,30,40,\n"
)


@pytest.fixture
def government():
    return make_government(name="가온시", is_self=True)


@pytest.fixture
def competition():
    competition = make_paper_contest(judges=("J1", "J2", "J3"))
    competition.rounds.update(aggregate=TRIMMED)
    bring_in(competition, ROWS)
    return competition


def bring_in(competition, text):
    table = scores_from_bytes(competition, text.encode())
    bring_in_scores(competition, table.scores, remarks=table.remarks, by=None, at=AT)


def signed(competition):
    return Assignment.objects.signed().filter(round__competition=competition)


def result_of(competition, government):
    return result_sheet_data(competition, government=government)


def words(raw):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(raw)).pages)


def page_of(competition, kind, format, query=""):
    return address("sheet_document", competition, kind, format) + query


# The result sheet


def test_every_mark_stands_in_it_and_those_left_out_are_struck(competition, government):
    (round_,) = result_of(competition, government)["rounds"]

    assert [[cell["text"] for cell in row] for row in round_["rows"]] == [
        ["E1", "작품 1", "100", "80", "50", "80"],
        ["E2", "작품 2", "30", "40", "70", "40"],
    ]
    dropped = [[cell["text"] for cell in row if cell["dropped"]] for row in round_["rows"]]
    assert dropped == [["100", "50"], ["30", "70"]]


def test_totals_places_and_proposed_awards_are_those_of_the_tally(competition, government):
    rows = result_of(competition, government)["final"]["rows"]

    assert rows == [
        ["1", "E1", "작품 1", "80", "80", "대상"],
        ["2", "E2", "작품 2", "40", "40", "우수"],
    ]


def test_decided_awards_stand_in_place_of_proposed_ones(competition, government):
    choices = {"E2": Choice("grand", reason="심사위원회 결정"), "E1": Choice("good", reason="같음")}
    decide_awards(competition, choices, by=None, at=AT)
    competition.refresh_from_db()

    data = result_of(competition, government)

    assert [row[-1] for row in data["final"]["rows"]] == ["우수", "대상"]


def test_marks_left_out_in_some_criteria_only_have_a_star(government):
    competition = make_paper_contest(judges=("J1", "J2", "J3"))
    competition.rounds.update(aggregate=TRIMMED | {"over": "criteria"})
    bring_in(competition, "judge,entry,idea,effect\nJ1,E1,40,60\nJ2,E1,30,30\nJ3,E1,20,50\n")

    (round_,) = result_of(competition, government)["rounds"]

    cells = [(cell["text"], cell["dropped"]) for cell in round_["rows"][0][2:5]]
    assert cells == [("100", True), ("60*", False), ("70*", False)]


def test_too_few_marks_and_incomplete_sheets_are_marked(government):
    competition = make_paper_contest(judges=("J1", "J2", "J3"))
    competition.rounds.update(aggregate=TRIMMED)
    bring_in(competition, "judge,entry,idea,effect\nJ1,E1,40,60\nJ2,E1,30,\n")

    (round_,) = result_of(competition, government)["rounds"]

    texts = [cell["text"] for cell in round_["rows"][0]]
    assert texts[2:] == ["100", "75†", "100‡"]


def test_a_judge_with_a_conflict_has_no_mark_in_it(competition, government):
    judge, entry = competition.judges.get(code="J1"), competition.entries.get(code="E1")
    Conflict.objects.create(judge=judge, entry=entry, kind="exclusion", ground="relation", at=AT)

    (round_,) = result_of(competition, government)["rounds"]

    assert "100" not in [cell["text"] for cell in round_["rows"][0]]


def test_many_judges_stand_in_one_column(competition, government, monkeypatch):
    monkeypatch.setattr(result_sheet, "MOST_COLUMNS", 2)

    (round_,) = result_of(competition, government)["rounds"]

    assert round_["rows"][0][2]["text"] == "J1 (100) · J2 80 · J3 (50)"


def test_measured_points_and_scans_stand_in_it(competition, government):
    measured = Round.objects.create(
        competition=competition, code="speed", name="처리 시간", kind="measured", position=5
    )
    Criterion.objects.create(round=measured, code="time", name="시간", max_points=10)
    bring_in(competition, "round,judge,entry,criterion,points\nspeed,,E1,time,7\n")
    judge = competition.judges.get(code="J1")
    SheetScan.objects.create(
        judge=judge, name="서명.pdf", kind="pdf", size=1, sha256="a" * 64, path="x", at=AT
    )

    data = result_of(competition, government)

    assert [cell["text"] for cell in data["rounds"][1]["rows"][0]] == ["E1", "작품 1", "7", "70"]
    assert [(row[0], row[2], row[3]) for row in data["scans"]] == [("J1", "서명.pdf", "a" * 64)]


def test_a_blind_contest_shows_no_title_before_the_results(competition, government):
    competition.rounds.update(blind=True)
    snapshot = competition.entries.get(code="E1").snapshot
    copy = {"case": {"title": "가린 제목"}, "prompts": []}
    Redaction.objects.create(snapshot=snapshot, content=copy, state="checked", made_at=AT)

    rows = result_of(competition, government)["final"]["rows"]
    sheets = score_sheets_data(competition, signed(competition), government=government)["sheets"]

    assert rows[0][2] == sheets[0]["rows"][0]["cells"][1] == "가린 제목"
    assert "작품 1" not in str([rows, sheets])


def test_without_criteria_there_is_nothing_to_add_up(government):
    competition = make_judging_competition()
    Criterion.objects.all().delete()

    with pytest.raises(CompetitionError):
        result_of(competition, government)


def test_a_contest_without_entries_has_an_empty_sheet(government):
    assert result_of(make_paper_contest(entries=0), government)["final"]["rows"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_result_query_count(count, government, django_assert_max_num_queries):
    competition = make_paper_contest(entries=count)
    bring_in(
        competition, "judge,entry,idea,effect\n" + "".join(f"J1,E{n},1,2\n" for n in range(1, count + 1))
    )

    with django_assert_max_num_queries(22):
        data = result_of(competition, government)

    assert len(data["final"]["rows"]) == count


# A judge's sheets


def test_a_judges_sheet_has_points_remarks_and_what_was_signed(competition, government):
    Assignment.objects.update(comment_private="나만 보는 말")

    data = score_sheets_data(competition, signed(competition), government=government)

    assert [sheet["sign_name"] for sheet in data["sheets"]] == ["J1 J1 위원", "J2 J2 위원", "J3 J3 위원"]
    row = data["sheets"][0]["rows"][0]
    sheet = signed(competition).get(judge__code="J1", entry__code="E1")
    assert row["cells"] == ["E1", "작품 1", "40", "60", "100"]
    assert "뚜렷함" in row["more"][0]
    assert row["more"][-1] == f"SHA-256 {sheet.signed_sha256}"
    assert "나만 보는 말" not in str(data)


def test_without_a_signed_sheet_there_is_none_to_print(government):
    competition = make_paper_contest()

    with pytest.raises(CompetitionError):
        score_sheets_data(competition, signed(competition), government=government)


@pytest.mark.parametrize("count", [1, 3])
def test_sheets_query_count(count, government, django_assert_num_queries):
    competition = make_paper_contest(entries=count)
    bring_in(competition, "judge,entry,idea\n" + "".join(f"J1,E{n},1\n" for n in range(1, count + 1)))

    with django_assert_num_queries(6):
        data = score_sheets_data(competition, signed(competition), government=government)

    assert len(data["sheets"][0]["rows"]) == count


# Files


def test_the_organiser_gets_both_as_pdf(as_user, competition):
    client = as_user(organiser_of(competition))

    result = client.get(page_of(competition, "result", "pdf"))
    sheets = client.get(page_of(competition, "sheets", "pdf", "?judge=J2"))

    assert result["Content-Type"] == "application/pdf"
    assert all(text in words(result.content) for text in ("작품 1", "100", "J3 J3 위원", "1 / "))
    assert "J2 J2 위원" in words(sheets.content)
    assert "J1 J1 위원" not in words(sheets.content)


def test_the_organiser_gets_both_as_workbooks(as_user, competition):
    client = as_user(organiser_of(competition))

    result = load_workbook(BytesIO(client.get(page_of(competition, "result", "xlsx")).content))
    sheets = load_workbook(BytesIO(client.get(page_of(competition, "sheets", "xlsx")).content))

    marks = next(row for row in result.worksheets[1].iter_rows() if row[0].value == "E1")
    assert [(cell.value, bool(cell.font.strike)) for cell in marks[2:]] == [
        (100, True),
        (80, False),
        (50, True),
        (80, False),
    ]
    assert sheets.sheetnames == ["J1 서면 심사", "J2 서면 심사", "J3 서면 심사"]
    assert all(
        cell.data_type != "f" for page in [*result, *sheets] for row in page.iter_rows() for cell in row
    )


def test_a_title_is_text_in_both(as_user, competition):
    competition.entries.filter(code="E1").update(title='=HYPERLINK("x") #read("/etc/passwd") *굵게*')
    client = as_user(organiser_of(competition))

    pdf = client.get(page_of(competition, "result", "pdf")).content
    book = load_workbook(BytesIO(client.get(page_of(competition, "result", "xlsx")).content))

    assert '#read("/etc/passwd") *굵게*' in words(pdf)
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value} <= {
        "s",
        "n",
    }


@pytest.mark.parametrize(("kind", "format"), [("result", "docx"), ("all", "pdf")])
def test_other_documents_are_not_found(as_user, competition, kind, format):
    assert as_user(organiser_of(competition)).get(page_of(competition, kind, format)).status_code == 404


def test_more_than_a_pdf_takes_leads_back(as_user, competition, monkeypatch):
    monkeypatch.setattr(documents, "MOST_ROWS", 1)
    client = as_user(organiser_of(competition))

    for kind in ("result", "sheets"):
        assert client.get(page_of(competition, kind, "pdf")).url == address("paper", competition)
        assert client.get(page_of(competition, kind, "xlsx")).status_code == 200


def test_nothing_signed_leads_back(as_user):
    competition = make_paper_contest()

    response = as_user(organiser_of(competition)).get(page_of(competition, "sheets", "pdf"))

    assert response.url == address("paper", competition)


def test_others_get_no_papers(as_user, competition):
    for person in (make_user("staff"), organiser_of(make_paper_contest())):
        assert as_user(person).get(page_of(competition, "result", "pdf")).status_code == 403


# For the judge


def own_papers(judge, format="xlsx"):
    return reverse("competitions:judging_papers", args=[judge.competition.slug, format])


def test_a_judge_gets_the_own_signed_sheets_alone(client):
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user(), code="J1", name="김심사")
    for code in ("E1", "E2"):
        sign(make_sheet(competition, code=code, judge=judge), "30", "45.5")
    make_sheet(competition, code="E3", judge=judge)
    other = make_judge(competition, user=make_user(), code="J2")
    sign(make_sheet(competition, code="E4", judge=other), "1", "2")
    entry = competition.entries.get(code="E2")
    Conflict.objects.create(judge=judge, entry=entry, kind="exclusion", ground="relation", at=AT)
    client.force_login(judge.user)

    book = load_workbook(BytesIO(client.get(own_papers(judge)).content))

    cells = {cell.value for row in book.active.iter_rows() for cell in row}
    assert len(book.sheetnames) == 1
    assert "E1" in cells
    assert not cells & {"E2", "E3", "E4"}
    assert "김심사" in words(client.get(own_papers(judge, "pdf")).content)
    assert client.get(own_papers(judge, "docx")).status_code == 404


def test_a_judge_without_a_signed_sheet_is_led_back(client):
    sheet = make_sheet()
    client.force_login(sheet.judge.user)

    assert client.get(own_papers(sheet.judge)).url == reverse("competitions:judging")


def test_who_is_no_judge_gets_no_papers(as_user, competition):
    assert as_user(make_user()).get(own_papers(competition.judges.first())).status_code == 404

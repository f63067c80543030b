"""All score sheets as CSV."""

import csv
import io

import pytest

from accounts.models import AuditRecord
from competitions.actions.bringing_in.score_files import scores_from_bytes
from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.actions.paper import export_rows
from competitions.models import Assignment, Criterion, Entry, Round
from competitions.states import SheetState
from tests.competitions.paper.making import address, make_paper_contest, organiser_of
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db
SHEETS = (
    "round,judge,entry,idea,effect,comment\n"
    "written,J1,E1,30,45.5,좋음\nwritten,J1,E2,0,,\nwritten,J2,E1,12.25,60,\n"
)


@pytest.fixture
def competition():
    competition = make_paper_contest(judges=("J1", "J2"))
    bring_in(competition, SHEETS.encode())
    return competition


def bring_in(competition, raw):
    table = scores_from_bytes(competition, raw)
    return bring_in_scores(competition, table.scores, remarks=table.remarks, by=None, at=AT)


def taken(client, competition, **given):
    answer = client.post(
        address("export_sheets", competition), {"which": "signed", "reason": "감사 자료"} | given
    )
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows_of(raw):
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def test_a_row_for_each_signed_sheet(as_user, competition):
    rows = rows_of(taken(as_user(organiser_of(competition)), competition))

    assert [(row["judge"], row["entry"], row["idea"], row["effect"], row["total"]) for row in rows] == [
        ("J1", "E1", "30", "45.5", "75.5"),
        ("J1", "E2", "0", "", "0"),
        ("J2", "E1", "12.25", "60", "72.25"),
    ]
    sheet = Assignment.objects.get(judge__code="J1", entry__code="E1")
    assert (rows[0]["sha256"], rows[0]["comment"], rows[0]["track"]) == (sheet.signed_sha256, "좋음", "a")
    assert rows[0]["signed_at"].startswith("2026-05-12T")


def test_the_file_brought_in_again_changes_nothing(as_user, competition):
    raw = taken(as_user(organiser_of(competition)), competition)

    brought = bring_in(competition, raw)

    assert (brought.new, brought.changed, brought.unchanged) == (0, 0, 6)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(as_user, competition, start):
    Assignment.objects.update(comment_committee=start, comment_entrant=start)
    Entry.objects.update(title=start)

    rows = rows_of(taken(as_user(organiser_of(competition)), competition))

    assert {row[name][0] for row in rows for name in ("comment", "comment_entrant", "title")} == {"'"}


def test_quotes_and_line_breaks_stay_in_their_cell(as_user, competition):
    Assignment.objects.update(comment_committee='"좋음",\n다시 100% {0}')

    rows = rows_of(taken(as_user(organiser_of(competition)), competition))

    assert {row["comment"] for row in rows} == {'"좋음",\n다시 100% {0}'}


def test_comments_for_oneself_are_not_in_it(as_user, competition):
    Assignment.objects.update(comment_private="나만 보는 말")

    assert "나만 보는 말" not in taken(as_user(organiser_of(competition)), competition).decode()


def test_it_is_filtered_by_judge_and_round(as_user, competition):
    client, judge = as_user(organiser_of(competition)), competition.judges.get(code="J2")
    stage = Round.objects.create(competition=competition, code="stage", name="발표", position=2)
    Criterion.objects.create(round=stage, code="voice", name="전달력", max_points=10)

    assert [row["judge"] for row in rows_of(taken(client, competition, judge=judge.pk))] == ["J2"]
    assert rows_of(taken(client, competition, rounds=[stage.pk])) == []
    assert "voice" in taken(client, competition).decode()
    detail = AuditRecord.objects.filter(verb="sheets.exported").order_by("pk").first().detail
    assert detail == {"reason": "감사 자료", "which": "signed", "judges": ["J2"]}


def test_unsigned_sheets_come_only_when_asked_for(as_user, competition):
    Assignment.objects.filter(entry__code="E2").update(
        state=SheetState.STARTED, signed_at=None, signed_sha256=""
    )
    client = as_user(organiser_of(competition))

    assert len(rows_of(taken(client, competition))) == 2
    assert {row["state"] for row in rows_of(taken(client, competition, which="all"))} == {
        "signed",
        "started",
    }


def test_sheets_of_other_competitions_are_not_in_it(as_user, competition):
    other = make_paper_contest()
    bring_in(other, b"judge,entry,idea\nJ1,E1,9\n")

    assert len(rows_of(taken(as_user(organiser_of(competition)), competition))) == 3


@pytest.mark.parametrize(
    "given", [{"reason": " "}, {"which": "none"}, {"judge": "999999"}, {"rounds": ["x"]}]
)
def test_without_reason_or_with_unknown_choices_nothing_is_sent(as_user, competition, given):
    answer = as_user(organiser_of(competition)).post(
        address("export_sheets", competition), {"which": "signed", "reason": "감사"} | given
    )

    assert answer.status_code == 422
    assert not AuditRecord.objects.filter(verb="sheets.exported").exists()


def test_others_take_nothing(as_user, competition):
    given = {"which": "signed", "reason": "감사"}
    page = address("export_sheets", competition)

    assert as_user(make_user("staff")).post(page, given).status_code == 403
    assert as_user(organiser_of(make_paper_contest())).post(page, given).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_export_query_count(as_user, count, django_assert_num_queries):
    competition = make_paper_contest(entries=count)
    rows = "".join(f"J1,E{number},1\n" for number in range(1, count + 1))
    bring_in(competition, f"judge,entry,idea\n{rows}".encode())
    client = as_user(organiser_of(competition))

    with django_assert_num_queries(9):
        raw = taken(client, competition)

    assert len(rows_of(raw)) == count


def test_rows_are_sent_in_pieces(as_user, competition, monkeypatch):
    monkeypatch.setattr(export_rows, "PIECE", 1)

    answer = as_user(organiser_of(competition)).post(
        address("export_sheets", competition), {"which": "signed", "reason": "감사"}
    )

    assert [piece.count(b"\n") for piece in answer.streaming_content if piece] == [1, 1, 1, 1]

"""Workbooks and tables of sheets brought in: by the act, by the page after a look, and by the command."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core import signing
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from accounts.models import AuditRecord
from competitions.actions.bringing_in.files import BringInRefused
from competitions.actions.bringing_in.score_files import SALT, scores_from_bytes
from competitions.actions.bringing_in.scores import bring_in_scores, try_scores
from competitions.contest_files.sheet_book import HIDDEN
from competitions.models import (
    Assignment,
    Competition,
    Conflict,
    Criterion,
    Judge,
    Measurement,
    Round,
    Score,
    Track,
)
from competitions.results import sheet_sha256, tally
from competitions.states import CompetitionState, SheetState
from tests.competitions.jury import make_accepted_entry, make_judging_competition, make_sheet, sign
from tests.competitions.paper.making import (
    address,
    book_of,
    filled,
    make_paper_contest,
    organiser_of,
    upload,
)
from tests.factories import AT, make_judge, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
GIVEN = {"C7": 30, "D7": 45.5, "F7": "근거가 뚜렷함", "C8": 0}
WIDE = "round,judge,entry,idea,effect,comment\nwritten,J1,E1,30,45.5,좋음\nwritten,J1,E2,0,,\n"


def bring_in(competition, raw, *, ending="", at=AT):
    raw = raw if isinstance(raw, bytes) else raw.encode()
    table = scores_from_bytes(competition, raw, ending=ending)
    return bring_in_scores(competition, table.scores, remarks=table.remarks, by=None, at=at)


def refusals(competition, raw):
    with pytest.raises(BringInRefused) as refusal:
        bring_in(competition, raw)
    return refusal.value.sentences


def stored():
    rows = Score.objects.order_by("assignment__entry__code", "criterion__position")
    return [
        (str(points), comment) if points is not None else None
        for points, comment in rows.values_list("points", "comment")
    ]


def add_measured(competition):
    round_ = Round.objects.create(
        competition=competition, code="speed", name="처리 시간", kind=Round.Kind.MEASURED, position=9
    )
    Criterion.objects.create(round=round_, code="time", name="시간", max_points=10)
    return round_


# A workbook


def test_a_workbook_becomes_signed_sheets_with_sums_and_a_hash():
    competition = make_paper_contest()

    brought = bring_in(competition, filled(book_of(competition), GIVEN))

    sheet = Assignment.objects.get(entry__code="E1")
    assert (brought.new, brought.changed, brought.unchanged) == (4, 0, 0)
    assert (sheet.state, sheet.reached, sheet.reachable) == (SheetState.SIGNED, Decimal("75.5"), 100)
    assert (sheet.comment_committee, sheet.snapshot_id) == ("근거가 뚜렷함", sheet.entry.snapshot_id)
    assert sheet.signed_sha256 == sheet_sha256(sheet)
    assert stored() == [("30.000000", ""), ("45.500000", ""), ("0.000000", ""), None]


def test_the_same_workbook_again_changes_nothing():
    competition = make_paper_contest()
    raw = filled(book_of(competition), GIVEN)
    bring_in(competition, raw)
    before = list(Assignment.objects.values())

    brought = bring_in(competition, raw, at=AT + timedelta(days=1))

    assert (brought.new, brought.changed, brought.unchanged) == (0, 0, 4)
    assert list(Assignment.objects.values()) == before


def test_a_row_left_empty_makes_no_sheet_and_takes_none_away():
    competition = make_paper_contest()
    bring_in(competition, filled(book_of(competition), GIVEN))

    bring_in(competition, filled(book_of(competition), {"C7": 30, "D7": 45.5}))

    assert Assignment.objects.count() == 2


def test_a_changed_remark_is_stored_signed_anew_and_recorded():
    competition = make_paper_contest()
    bring_in(competition, filled(book_of(competition), GIVEN))
    before = Assignment.objects.get(entry__code="E1").signed_sha256

    brought = bring_in(competition, filled(book_of(competition), GIVEN | {"F7": "다시 봄"}))

    sheet = Assignment.objects.get(entry__code="E1")
    assert (brought.changed, sheet.comment_committee) == (1, "다시 봄")
    assert sheet.signed_sha256 == sheet_sha256(sheet) != before
    assert AuditRecord.objects.get(verb="remark.changed_by_file").detail == {"sha256": before}


def test_comments_on_criteria_stay_when_a_workbook_says_nothing_of_them():
    competition = make_paper_contest()
    bring_in(
        competition,
        "round,judge,entry,criterion,points,comment\nwritten,J1,E1,idea,30,뚜렷함\nwritten,J1,E1,effect,45.5,\n",
    )

    brought = bring_in(competition, filled(book_of(competition), {"C7": 30, "D7": 40}))

    assert (brought.changed, brought.unchanged) == (1, 1)
    assert stored() == [("30.000000", "뚜렷함"), ("40.000000", "")]


def test_a_workbook_of_another_competition_is_refused():
    competition, other = make_paper_contest(), make_paper_contest()

    (sentence,) = refusals(competition, filled(book_of(other), GIVEN))

    assert f"of another competition, “{other.slug}”" in sentence
    assert not Assignment.objects.exists()


def test_a_judge_no_longer_on_the_committee_is_named():
    competition = make_paper_contest(judges=("J1", "J2"))
    raw = filled(book_of(competition), GIVEN)
    competition.judges.get(code="J1").delete()

    assert "judge J1, who is on no committee" in refusals(competition, raw)[0]


def test_changed_hidden_identifiers_are_refused():
    competition = make_paper_contest(judges=("J1", "J2"))
    own = signing.dumps({"competition": competition.slug, "judge": "J2", "pages": []}, salt=SALT + ".other")

    def change(raw):
        book = load_workbook(BytesIO(raw))
        book[HIDDEN]["A2"] = own
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    assert (
        "hidden identifiers of this workbook were changed"
        in refusals(competition, change(book_of(competition)))[0]
    )


def test_a_criterion_removed_after_the_workbook_was_made_is_named():
    competition = make_paper_contest()
    raw = filled(book_of(competition), GIVEN)
    Criterion.objects.filter(code="effect").delete()

    (sentence,) = refusals(competition, raw)

    assert "The criterion effect was removed from the round after this workbook was made" in sentence


@pytest.mark.parametrize(("cell", "value"), [("C7", "결시"), ("D7", 60.01), ("C8", -1), ("D8", "NaN")])
def test_one_bad_cell_keeps_everything_out(cell, value):
    competition = make_paper_contest()

    (sentence,) = refusals(competition, filled(book_of(competition), GIVEN | {cell: value}))

    assert sentence.startswith(f"서면 심사!{cell}: ")
    assert not Assignment.objects.exists()


def test_a_workbook_of_one_judge_cannot_score_an_entry_with_a_conflict_found_since():
    competition = make_paper_contest()
    raw = filled(book_of(competition), GIVEN)
    Conflict.objects.create(
        judge=competition.judges.get(), entry=competition.entries.get(code="E1"), kind="exclusion",
        ground="relation", at=AT,
    )  # fmt: skip

    sentences = refusals(competition, raw)

    assert "서면 심사!C7: Judge J1 has a conflict of interest with “E1”" in sentences[0]
    assert not Assignment.objects.exists()


# Tables


def test_a_table_of_sheets_is_taken():
    competition = make_paper_contest()

    brought = bring_in(competition, WIDE)

    assert (brought.new, Assignment.objects.signed().count()) == (4, 2)
    assert Assignment.objects.get(entry__code="E1").comment_committee == "좋음"


def test_a_table_in_korean_with_names_of_criteria_is_taken():
    competition = make_paper_contest()

    bring_in(
        competition, "심사위원,접수번호,제목,창의성,효과,합계\nJ1,E1,작품 1,30,45.5,75.5\n".encode("cp949")
    )

    assert stored() == [("30.000000", ""), ("45.500000", "")]


def test_columns_of_other_tracks_stay_empty():
    competition = make_paper_contest(entries=1)
    other = Track.objects.create(competition=competition, code="b", name="직원", position=2)
    make_accepted_entry(competition, code="E2", track=other)
    Criterion.objects.create(
        round=competition.rounds.get(), track=other, code="spread", name="확산", max_points=20, position=3
    )

    bring_in(competition, "judge,entry,idea,effect,spread\nJ1,E1,1,2,\nJ1,E2,3,4,5\n")

    assert len(stored()) == 5
    assert "not for the track" in refusals(competition, "judge,entry,idea,spread\nJ1,E1,1,2\n")[0]


@pytest.mark.parametrize("state", ["invited", "dropped"])
def test_who_is_not_appointed_does_not_score(state):
    competition = make_paper_contest()
    Judge.objects.update(state=state)

    assert "not an appointed member" in refusals(competition, WIDE)[0]


def test_who_declined_is_on_no_committee():
    competition = make_paper_contest()
    Judge.objects.update(state="declined")

    assert "is on no committee of this competition" in refusals(competition, WIDE)[0]


def test_a_sheet_filled_in_on_the_site_is_not_replaced():
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user(), code="J1")
    sign(make_sheet(competition, judge=judge), "1", "2")

    assert (
        "fills in the sheet of “E1” on this site" in refusals(competition, "judge,entry,idea\nJ1,E1,3\n")[0]
    )


def test_a_required_criterion_without_points_is_told():
    competition = make_paper_contest()

    table = scores_from_bytes(competition, WIDE.encode())

    assert [notice.text() for notice in table.notices] == [
        "Judge J1, entry E2, round written: no points for 효과, which are required. "
        "The sheet is taken and counts as incomplete."
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "locked with a password"),
        (b"PK\3\4 broken", "damaged"),
        (b"%PDF-1.7", "PDF"),
        (b"judge,entry,idea\n", "no rows"),
    ],
)
def test_files_nobody_can_read_are_refused(raw, words):
    assert words in refusals(make_paper_contest(), raw)[0]


# Measured rounds


@pytest.mark.parametrize(
    "text",
    [
        "round,judge,entry,criterion,points,comment\nspeed,,E1,time,7.5,기록지\n",
        "round,entry,criterion,points,comment\nspeed,E1,time,7.5,기록지\n",
    ],
)
def test_rows_without_a_judge_are_points_of_a_measured_round(text):
    competition = make_paper_contest()
    add_measured(competition)

    brought = bring_in(competition, text)

    row = Measurement.objects.get()
    assert (brought.new, row.points, row.note) == (1, Decimal("7.5"), "기록지")
    assert bring_in(competition, text).unchanged == 1
    assert not Assignment.objects.exists()


def test_a_table_of_sheets_may_hold_measured_rounds_too():
    competition = make_paper_contest()
    add_measured(competition)

    bring_in(
        competition,
        "round,judge,entry,idea,effect,time\nwritten,J1,E1,30,40,\nspeed,,E1,,,7\nspeed,,E2,,,8\n",
    )

    outcome = {entry["code"]: entry for entry in tally(competition)["entries"]}
    assert outcome["E1"]["rounds"]["speed"]["score"] == "70"
    assert Measurement.objects.count() == 2


def test_measured_points_of_an_entry_outside_are_refused():
    competition = make_paper_contest()
    round_ = add_measured(competition)
    round_.criteria.update(track=Track.objects.create(competition=competition, code="b", name="직원"))
    text = "round,judge,entry,criterion,points\nspeed,,E1,time,7\n"

    assert "is not in the round speed" in refusals(competition, text)[0]
    competition.entries.update(state="submitted")
    assert "is not accepted" in refusals(competition, text)[0]
    assert not Measurement.objects.exists()


# The page


def test_looking_at_a_file_stores_nothing_and_confirming_does(as_user):
    competition = make_paper_contest()
    client, page = as_user(organiser_of(competition)), address("import_sheets", competition)

    looked = client.post(page, upload(filled(book_of(competition), GIVEN)))

    assert looked.status_code == 200
    assert (looked.context["brought"].new, looked.context["groups"]) == (4, [("written", "J1", 2)])
    assert not Assignment.objects.exists()
    assert not AuditRecord.objects.filter(verb="scores.brought_in").exists()
    done = client.post(page, {"waiting": looked.context["waiting"]})
    assert done.url == address("sheets", competition)
    assert Assignment.objects.signed().count() == 2
    assert client.post(page, {"waiting": looked.context["waiting"]}).status_code == 422


def test_a_refused_file_is_told_and_not_kept(as_user, settings):
    competition = make_paper_contest()
    client = as_user(organiser_of(competition))

    response = client.post(
        address("import_sheets", competition), upload(filled(book_of(competition), {"C7": "결시"}))
    )

    assert response.status_code == 422
    assert len(response.context["problems"]) == 1
    assert not list((settings.UPLOADS_DIR / "tables").glob("*"))


def test_a_file_refused_between_look_and_confirmation_is_told(as_user):
    competition = make_paper_contest()
    client, page = as_user(organiser_of(competition)), address("import_sheets", competition)
    waiting = client.post(page, upload(WIDE, name="sheets.csv")).context["waiting"]
    Competition.objects.update(state=CompetitionState.DECIDED)

    response = client.post(page, {"waiting": waiting})

    assert response.status_code == 422
    assert not Assignment.objects.exists()


def test_without_a_file_the_form_says_so(as_user):
    competition = make_paper_contest()

    response = as_user(organiser_of(competition)).post(address("import_sheets", competition), {})

    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_what_somebody_else_looks_at_is_not_confirmed(as_user):
    competition = make_paper_contest()
    page = address("import_sheets", competition)
    client = as_user(organiser_of(competition))
    waiting = client.post(page, upload(WIDE, name="sheets.csv")).context["waiting"]

    response = as_user(organiser_of(competition)).post(page, {"waiting": waiting})

    assert response.status_code == 422
    assert not Assignment.objects.exists()


def test_trying_leaves_no_trace():
    competition = make_paper_contest()
    add_measured(competition)
    table = scores_from_bytes(competition, WIDE.encode())

    brought = try_scores(competition, table.scores, remarks=table.remarks, by=None, at=AT)

    assert brought.new == 4
    assert not Assignment.objects.exists()
    assert not AuditRecord.objects.exists()


# The command


def command(*arguments):
    out = StringIO()
    call_command("import_scores", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_takes_a_workbook(tmp_path):
    competition = make_paper_contest()
    path = tmp_path / "J1.xlsx"
    path.write_bytes(filled(book_of(competition), GIVEN))

    assert "New: 4, changed: 0, unchanged: 0." in command(competition.slug, path, "--dry-run")
    assert not Assignment.objects.exists()
    assert "New: 4, changed: 0, unchanged: 0." in command(competition.slug, path)
    assert Assignment.objects.signed().count() == 2


def test_the_command_refuses_with_every_place(tmp_path):
    competition = make_paper_contest()
    path = tmp_path / "J1.xlsx"
    path.write_bytes(filled(book_of(competition), {"C7": "-", "C8": 41}))

    with pytest.raises(CommandError) as refusal:
        command(competition.slug, path)

    assert refusal.value.returncode == 1
    assert [line.split(":")[0] for line in str(refusal.value).split("\n")] == ["서면 심사!C7", "서면 심사!C8"]

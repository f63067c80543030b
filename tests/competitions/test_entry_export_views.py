"""Taking entries away as a table."""

import csv
import io

import pytest
from openpyxl import load_workbook

from accounts.models import AuditRecord
from competitions.models import TeamMember
from competitions.states import EntryState
from competitions.views.organise.export import LINES_AT_ONCE
from tests.competitions.screening_pages import address, organiser_of
from tests.competitions.similar_entries import content_with, handed_in
from tests.factories import AT, make_closed_competition, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db


def taken(client, competition, query="", **given):
    answer = client.post(
        address("export", competition, query=query), {"kind": "entries", "format": "csv"} | given
    )
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows_of(raw):
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def people_file(client, competition, **given):
    return rows_of(taken(client, competition, kind="people", reason="시상식 안내", **given))


def test_contents_hold_no_person_and_are_recorded(as_user):
    entry = handed_in("본문입니다.", entrant=make_user(name="숨은이름", email="secret@example.org"))
    client = as_user(organiser_of(entry.competition))

    raw = taken(client, entry.competition)

    [row] = rows_of(raw)
    assert (row["code"], row["title"], row["approach"]) == (entry.code, entry.title, "본문입니다.")
    assert "숨은이름" not in raw.decode()
    assert "secret@example.org" not in raw.decode()
    assert AuditRecord.objects.filter(verb="entries.exported").count() == 1


def test_people_come_with_a_reason_that_is_recorded(as_user):
    leader, member = make_user(name="김대표", email="leader@example.org"), make_user(name="이팀원")
    entry = handed_in(entrant=leader, team="골목길")
    for person, state in ((leader, "accepted"), (member, "accepted"), (make_user(name="박초대"), "invited")):
        TeamMember.objects.create(entry=entry, user=person, state=state, invited_at=AT, answered_at=AT)

    rows = people_file(as_user(organiser_of(entry.competition)), entry.competition)

    assert [(row["role"], row["name"]) for row in rows] == [("leader", "김대표"), ("member", "이팀원")]
    assert rows[0]["email"] == "leader@example.org"
    assert AuditRecord.objects.get(verb="entries.exported_with_people").detail == {"reason": "시상식 안내"}


@pytest.mark.parametrize(
    "given", [{"kind": "people"}, {"kind": "people", "reason": " "}, {"kind": "all"}, {"format": "exe"}]
)
def test_people_without_a_reason_and_unknown_choices_are_refused(as_user, given):
    competition = make_closed_competition()
    given = {"kind": "entries", "format": "csv"} | given

    answer = as_user(organiser_of(competition)).post(address("export", competition), given)

    assert answer.status_code == 422
    assert not AuditRecord.objects.filter(verb__startswith="entries.exported").exists()


def test_a_sealed_export_has_codes_tracks_and_states_alone(as_user):
    competition = make_competition(is_sealed=True)
    entry = handed_in("비밀 본문", competition=competition, team="비밀 팀")
    client = as_user(organiser_of(competition))

    raw = taken(client, competition)
    people = client.post(
        address("export", competition), {"kind": "people", "format": "csv", "reason": "시상식"}
    )

    assert rows_of(raw) == [{"code": entry.code, "track": "a", "state": "submitted"}]
    assert people.status_code == 422


def test_withdrawn_entries_give_neither_text_nor_people(as_user):
    entry = handed_in("비밀 본문", state=EntryState.WITHDRAWN)
    client = as_user(organiser_of(entry.competition))

    assert "비밀 본문" not in taken(client, entry.competition).decode()
    assert people_file(client, entry.competition) == []


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(as_user, start):
    competition = make_closed_competition()
    make_entry(competition, state=EntryState.SUBMITTED, title=start, team=start)

    [row] = rows_of(taken(as_user(organiser_of(competition)), competition))

    assert row["title"].startswith("'")
    assert row["team"].startswith("'")


def test_xlsx_has_the_same_cells_as_texts(as_user):
    content = content_with("=HYPERLINK(1)", links=["https://a.example/"])
    entry = handed_in(content=content)

    raw = taken(as_user(organiser_of(entry.competition)), entry.competition, format="xlsx")

    head, row = load_workbook(io.BytesIO(raw)).active.iter_rows()
    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    assert cells["code"].value == entry.code
    assert (cells["approach"].data_type, cells["approach"].value) == ("s", "'=HYPERLINK(1)")


def test_the_file_holds_what_the_list_finds(as_user):
    competition = make_closed_competition()
    for state in ("submitted", "accepted", "accepted"):
        make_entry(competition, state=state)
    make_entry(competition)
    client = as_user(organiser_of(competition))

    assert len(rows_of(taken(client, competition))) == 3
    assert {row["state"] for row in rows_of(taken(client, competition, "state=accepted"))} == {"accepted"}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [("entries", 8), ("people", 10)])
def test_export_query_count(as_user, count, kind, queries, django_assert_num_queries):
    competition = make_closed_competition()
    for _number in range(count):
        handed_in(competition=competition)
    client = as_user(organiser_of(competition))

    with django_assert_num_queries(queries):
        raw = taken(client, competition, kind=kind, reason="시상식")

    assert len(rows_of(raw)) == count


def test_rows_are_sent_while_they_are_read(as_user):
    competition = make_closed_competition()
    for _number in range(LINES_AT_ONCE + 1):
        make_entry(competition, state=EntryState.SUBMITTED)

    answer = as_user(organiser_of(competition)).post(
        address("export", competition), {"kind": "entries", "format": "csv"}
    )

    assert [piece.count(b"\r\n") for piece in answer.streaming_content] == [LINES_AT_ONCE - 1, 3]

"""Whole entries from a table and an archive: the checks of a submission, all or nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import AuditRecord
from casebook.content import content_sha256
from competitions.actions.bringing_in import entry_attachments
from competitions.actions.bringing_in.competitions import Brought
from competitions.actions.bringing_in.entries import bring_in_entries, try_entries
from competitions.actions.bringing_in.files import BringInRefused, entries_from_bytes
from competitions.actions.bringing_in.packed_files import PackedFiles
from competitions.actions.screening.similar_rounds import compare_waiting
from competitions.examination import waiting
from competitions.models import Attachment, ConsentTerm, Entry, SimilarityFinding, Snapshot
from competitions.receipts import find_snapshot
from competitions.states import EntryState
from tests.competitions.erased_contest import stored_files
from tests.competitions.whole_tables import LARGE, ask, csv_of, xlsx_of, zip_of
from tests.factories import AT, make_competition

pytestmark = pytest.mark.django_db
TEXT = "붙임 글".encode()


@pytest.fixture
def competition():
    return make_competition(closes_at=AT)


def bring(competition, *rows, raw=None, files=None, act=bring_in_entries, **options):
    """Bring in rows (changes of ROW) or a table's bytes, with an archive of {name: bytes}."""
    table, problems = entries_from_bytes(competition, raw or csv_of(*rows or [{}]))
    values = {"by": None, "at": AT, "headers": table.headers, "problems": problems}
    if files is None:
        return act(competition, table.entries, **values | options)
    with PackedFiles(zip_of(files), limits=competition.files_record) as packed:
        return act(competition, table.entries, files=packed, **values | options)


def refusals(competition, *rows, **options):
    with pytest.raises(BringInRefused) as refusal:
        bring(competition, *rows, **options)
    assert not Entry.objects.exists()
    assert stored_files() == []
    return [(problem.line, problem.column) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    "raw",
    [
        csv_of({}),
        csv_of({}, encoding="utf-8-sig"),
        csv_of({}, encoding="cp949"),
        csv_of({}, delimiter=";"),
        csv_of({}, delimiter="\t"),
        xlsx_of({}),
    ],
)
def test_a_whole_entry_comes_in_from_every_kind_of_table(competition, raw):
    assert bring(competition, raw=raw) == Brought(new=1)

    entry = Entry.objects.get()
    case, [prompt] = entry.snapshot.content["case"], entry.snapshot.content["prompts"]
    assert (entry.code, entry.title, entry.summary) == ("E1", "회의록 정리", "회의록을 빨리 정리합니다.")
    assert (entry.state, entry.entrant) == (EntryState.ACCEPTED, None)
    assert (case["problem"], case["approach"]) == ("오래 걸렸습니다.", "프롬프트로 정리합니다.")
    assert (case["effect"]["minutes_before"], case["effect"]["method"]) == ("120", "measured")
    assert [(task["task"], task["before"]) for task in case["before_after"]] == [("회의록", "두 시간")]
    assert prompt["messages"][0]["content"] == "{{회의록}}을 요약해 주세요."
    assert [variable["key"] for variable in prompt["variables"]] == ["회의록"]


def test_its_receipt_can_be_checked(competition):
    bring(competition)

    snapshot = Snapshot.objects.get()
    assert find_snapshot(snapshot.receipt_number) == snapshot
    assert snapshot.content_sha256 == content_sha256(snapshot.content)


def test_entries_may_be_left_to_screening(competition):
    bring(competition, state=EntryState.SUBMITTED)

    entry = Entry.objects.get()
    assert (entry.state, entry.decided_at) == (EntryState.SUBMITTED, None)
    assert AuditRecord.objects.get(verb="entries.brought_in").detail["state"] == "submitted"


def test_the_same_file_again_changes_nothing(competition):
    ask(competition, code="plan", kind="file", name="계획서")
    options = {"files": {"가.txt": TEXT, "나.txt": TEXT}}
    row = {"파일": "가.txt", "계획서": "나.txt", "이메일": "a@example.org"}
    bring(competition, row, **options)
    before = list(Entry.objects.values())

    assert bring(competition, row, **options) == Brought(unchanged=1)
    assert list(Entry.objects.values()) == before
    assert len(stored_files()) == 2


@pytest.mark.parametrize(
    ("row", "files"),
    [
        ({"문제": "다름"}, {"가.txt": TEXT}),
        ({"이메일": "b@example.org"}, {"가.txt": TEXT}),
        ({}, {"가.txt": TEXT + b"!"}),
        ({"파일": ""}, {"가.txt": TEXT}),
    ],
)
def test_the_same_code_with_other_contents_is_refused(competition, row, files):
    bring(competition, {"파일": "가.txt"}, files={"가.txt": TEXT})

    with pytest.raises(BringInRefused) as refusal:
        bring(competition, {"파일": "가.txt"} | row, files=files)

    assert [(each.line, each.column) for each in refusal.value.problems] == [(2, "접수번호")]
    assert len(stored_files()) == 1


def test_files_become_attachments_and_stand_in_the_snapshot(competition, django_capture_on_commit_callbacks):
    ask(competition, code="plan", kind="file", name="계획서")
    with django_capture_on_commit_callbacks() as hints:
        bring(
            competition,
            {"파일": "E1/가.txt", "계획서": "나.txt"},
            files={"E1/가.txt": TEXT, "나.txt": TEXT * 2},
        )

    entry = Entry.objects.get()
    files = list(entry.attachments.order_by("size"))
    assert [(file.name, file.field, file.kind) for file in files] == [
        ("가.txt", "", "txt"),
        ("나.txt", "plan", "txt"),
    ]
    assert [file["id"] for file in entry.snapshot.content["files"]] == [str(file.pk) for file in files]
    assert "files" not in entry.draft
    assert sorted(stored_files()) == sorted(file.path for file in files)
    assert waiting(AT).count() == len(hints) == 2


def test_answers_links_and_consents_are_kept(competition):
    ask(competition)
    ConsentTerm.objects.create(competition=competition, purpose="privacy", version=3, title="동의", text="글")

    bring(
        competition,
        {"연락처": "051", "링크": "https://a.example", "동의": "privacy", "이메일": "a@example.org"},
    )

    entry = Entry.objects.get()
    assert entry.snapshot.content["answers"] == {"phone": "051"}
    assert entry.snapshot.content["links"] == ["https://a.example"]
    assert entry.declared == {"email": "a@example.org", "consents": {"privacy": "3"}}


@pytest.mark.parametrize(
    ("row", "places"),
    [
        ({"문제": ""}, [(2, "문제")]),
        ({"해결 방법": " "}, [(2, "해결 방법")]),
        ({"요약": ""}, [(2, "요약")]),
        ({"프롬프트 1": "", "프롬프트 1 제목": ""}, [(2, "프롬프트 1 제목")]),
        ({"프롬프트 1 제목": ""}, [(2, "프롬프트 1 제목")]),
        ({"minutes_before": "두 시간"}, [(2, "minutes_before")]),
        ({"minutes_before": "-5"}, [(2, "minutes_before")]),
        ({"산출방법": "짐작"}, [(2, "산출방법")]),
        ({"동의": ""}, [(2, "동의")]),
        ({"동의": "entry-privacy"}, [(2, "동의")]),
        ({"제출일시": "2026-05-13 18:00"}, [(2, "제출일시")]),
        ({"링크": "ftp://a.example"}, [(2, "링크")]),
        ({"링크": " ".join(f"https://{n}.example" for n in range(6))}, [(2, "링크")]),
        ({"파일": "없음.txt"}, [(2, "파일")]),
        ({"연락처": "가" * 301}, [(2, "연락처")]),
        ({"연락처": ""}, [(2, "연락처")]),
        ({"문제": "", "요약": "", "minutes_before": "x"}, [(2, "minutes_before"), (2, "요약"), (2, "문제")]),
    ],
)
def test_a_row_is_checked_as_a_submission_is(competition, row, places):
    ask(competition, required="submission")

    assert refusals(competition, {"연락처": "051"} | row) == places


def test_every_bad_row_is_named_and_no_good_one_comes_in(competition):
    rows = [
        {},
        {"접수번호": "E2", "문제": ""},
        {"접수번호": "E3"},
        {"접수번호": "E4", "동의": ""},
        {"접수번호": "E1"},
        {"접수번호": "E6", "문제": "가\x01나"},
    ]

    assert refusals(competition, *rows) == [(3, "문제"), (5, "동의"), (6, "접수번호"), (7, "문제")]


@pytest.mark.parametrize(
    ("fields", "files"),
    [
        ({"most": 1}, {"가.txt": TEXT, "나.txt": TEXT}),
        ({"most": 0}, {"가.txt": TEXT, "나.txt": TEXT}),
        ({"kinds": ["pdf"]}, {"가.txt": TEXT}),
        ({"max_mb": 1}, {"가.txt": LARGE}),
        ({"max_mb": 2, "total_mb": 2}, {"가.txt": LARGE, "나.txt": LARGE}),
    ],
)
def test_files_beyond_the_limits_of_the_call_are_refused(competition, fields, files):
    competition.files = fields
    competition.save()

    places = refusals(competition, {"파일": "; ".join(files)}, files=files)

    assert set(places) == {(2, "파일")}


def test_a_trial_says_what_would_come_and_changes_nothing(competition):
    brought, coming = bring(
        competition, {"파일": "가.txt"}, {"접수번호": "E2"}, files={"가.txt": TEXT}, act=try_entries
    )

    assert brought == Brought(new=2)
    assert [each.entry.code for each in coming] == ["E1", "E2"]
    assert not Entry.objects.exists()
    assert not Attachment.objects.exists()
    assert not AuditRecord.objects.exists()
    assert stored_files() == []


def test_files_go_again_when_the_entries_do_not_come_in(competition, monkeypatch):
    real, calls = entry_attachments.store, []

    def full_disk(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError
        return real(*arguments)

    monkeypatch.setattr(entry_attachments, "store", full_disk)
    with pytest.raises(OSError):
        bring(competition, {"파일": "가.txt;나.txt"}, files={"가.txt": TEXT, "나.txt": TEXT})

    assert stored_files() == []
    assert not Entry.objects.exists()


def test_copies_among_entries_brought_in_are_found(competition):
    text = "회의록을 항목별로 나누고 결정과 할 일을 표로 정리하는 방법을 자세히 적었습니다. " * 10
    bring(competition, {"문제": text}, {"접수번호": "E2", "문제": text})

    assert compare_waiting(at=AT) == 2

    assert {row.kind for row in SimilarityFinding.objects.all()} == {"copy"}


def test_a_formula_cell_stays_text(competition):
    bring(competition, {"문제": '=HYPERLINK("http://evil.example","x")'})

    assert Entry.objects.get().snapshot.content["case"]["problem"].startswith("=HYPERLINK")


def test_a_formula_without_its_result_is_refused(competition):
    with pytest.raises(BringInRefused):
        bring(competition, raw=xlsx_of({"문제": "=A1&B1"}))


def test_paper_rows_need_no_more_than_before(competition):
    raw = "접수번호,작품명,팀명\nE1,회의록,총무팀\n".encode()

    assert bring(competition, raw=raw) == Brought(new=1)

    entry = Entry.objects.get()
    assert (entry.title, entry.team, entry.declared) == ("회의록", "총무팀", {})


def test_late_within_the_declared_grace_is_taken(competition):
    competition.grace_seconds = 600
    competition.save()

    at = (AT + timedelta(seconds=300)).isoformat()

    assert bring(competition, {"제출일시": at}) == Brought(new=1)


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_no_queries_of_their_own(competition, django_assert_num_queries, count):
    rows = [{"접수번호": f"E{number}"} for number in range(count)]
    table, _problems = entries_from_bytes(competition, csv_of(*rows))

    with django_assert_num_queries(11):
        bring_in_entries(competition, table.entries, by=None, at=AT)


def test_numbers_of_a_sheet_are_read_as_they_are_shown(competition):
    bring(competition, raw=xlsx_of({"minutes_before": 85.3}))

    value = Entry.objects.get().snapshot.content["case"]["effect"]["minutes_before"]
    assert Decimal(value) == Decimal("85.3")

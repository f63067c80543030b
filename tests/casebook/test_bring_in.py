import json

import pytest
from django.utils.timezone import now

from casebook.actions.import_file import import_file
from casebook.actions.versions import add_version, ask_review, publish_version
from casebook.book import read_book
from casebook.errors import CasebookError
from casebook.exports import writer
from casebook.imports.problems import ImportRefused
from casebook.models import Case, ImportRun, Prompt, PromptVersion, SearchDocument
from casebook.search.query import search
from tests.casebook.exchanging import wipe
from tests.factories import AT, make_case, make_government, make_prompt, prompt_content

pytestmark = pytest.mark.django_db

HEADER = "kind,external_id,title,summary,work_field,system,user,problem,approach,tags\n"
ROWS = HEADER + (
    "prompt,p-1,민원 답변,초안,민원,공무원입니다,{{민원요지}}에 답해 주세요,,,민원;답변\n"
    "case,c-1,답변 시간 단축,빨라짐,민원,,,오래 걸림,프롬프트 사용,민원\n"
)


@pytest.fixture
def bring(tmp_path):
    def bring(text, *, name="rows.csv", encoding="utf-8", **options):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return import_file(path, by=None, at=AT, **options)

    return bring


def test_import_csv_makes_drafts(bring):
    report = bring(ROWS)

    assert report.counts() == {"created": 2, "changed": 0, "published": 0, "unchanged": 0}
    assert Prompt.objects.get().versions.get().content["variables"][0]["key"] == "민원요지"
    assert not SearchDocument.objects.exists()


def test_import_with_publish_is_found_by_search(bring):
    bring(ROWS, publish=True)

    assert search("민원 답변").documents[0].external_id == "p-1"


def test_import_twice_changes_nothing(bring):
    bring(ROWS, publish=True)
    before = list(PromptVersion.objects.values())

    report = bring(ROWS, publish=True)

    assert report.counts() == {"created": 0, "changed": 0, "published": 0, "unchanged": 2}
    assert list(PromptVersion.objects.values()) == before
    assert ImportRun.objects.count() == 1


def test_import_rows_without_id_twice_changes_nothing(bring):
    rows = "title,user\n하나,내용\n하나,내용\n"

    bring(rows)
    report = bring(rows)

    assert report.counts()["unchanged"] == 2
    assert Prompt.objects.count() == 2


def test_import_changed_row_makes_a_version(bring):
    bring(ROWS)

    report = bring(ROWS.replace("공무원입니다", "친절한 공무원입니다"))

    assert report.counts()["changed"] == 1
    assert Prompt.objects.get().versions.count() == 2


def test_import_of_an_old_file_does_not_revert_an_edit(bring):
    bring(ROWS)
    record = Prompt.objects.get()
    add_version(record, prompt_content(title="고친 제목"), by=None, at=AT)

    report = bring(ROWS)

    assert report.counts()["unchanged"] == 2
    assert record.versions.count() == 2


def test_import_drafts_again_with_publish_publishes_them(bring):
    bring(ROWS)

    report = bring(ROWS, publish=True)

    assert report.counts() == {"created": 0, "changed": 0, "unchanged": 2, "published": 2}


def test_dry_run_reports_and_stores_nothing(bring):
    report = bring(ROWS, publish=True, dry_run=True)

    assert report.counts()["created"] == 2
    assert not Prompt.objects.exists()
    assert not ImportRun.objects.exists()


def test_broken_rows_are_all_listed_and_nothing_is_stored(bring):
    rows = ROWS + "prompt,p-2,,,,,내용,,,\nprompt,p-3,제목,,,,,,,\n"

    with pytest.raises(ImportRefused) as refusal:
        bring(rows)

    assert [problem.line for problem in refusal.value.problems] == [4, 5]
    assert not Prompt.objects.exists()


def test_cp949_is_accepted(bring):
    bring(ROWS, encoding="cp949")

    assert Case.objects.get().title == "답변 시간 단축"


def test_unknown_column_is_reported(bring):
    report = bring("title,user,메모\n제목,내용,버림\n")

    assert len(report.notices) == 1
    assert "메모" in report.notices[0]


def test_foreign_headers_are_mapped(bring):
    bring("act,prompt\nLinux,I want you\n", mapping="title=act,user=prompt")

    assert Prompt.objects.get().title == "Linux"


def test_book_goes_to_an_empty_site_with_every_hash(tmp_path):
    make_government()
    prompt = make_prompt(published=True, work_field="민원")
    second = add_version(prompt, prompt_content(title="둘째 판"), by=None, at=AT, note="고침")
    ask_review(second, by=None, at=AT)
    publish_version(second, by=None, at=AT)
    step = {"text": "초안", "prompt": {"uid": str(prompt.uid), "version": 2}}
    make_case(published=True, steps=[step])
    path = tmp_path / "book.json"
    writer("json")(read_book(), path)
    before = hashes(path)
    wipe()

    report = import_file(path, by=None, at=now(), publish=True)

    again = tmp_path / "again.json"
    writer("json")(read_book(), again)
    assert report.counts()["created"] == 2
    assert Prompt.objects.get().current.number == 2
    assert Case.objects.get().versions.get().prompt_links.get().prompt_version.number == 2
    assert hashes(again) == before
    assert len(before["prompts"][0]["versions"]) == 2


def test_book_of_another_site_keeps_apart_from_a_record_with_the_same_external_id(tmp_path, bring):
    bring(HEADER + "prompt,p-1,남의 것,,,,{{민원요지}},,,\n", publish=True)
    path = tmp_path / "book.json"
    writer("json")(read_book(), path)
    wipe()
    ours = make_prompt(title="우리 것")
    Prompt.objects.filter(pk=ours.pk).update(external_id="p-1")

    report = import_file(path, by=None, at=AT)

    assert report.counts()["created"] == 1
    assert sorted(Prompt.objects.values_list("title", "external_id")) == [
        ("남의 것", None),
        ("우리 것", "p-1"),
    ]


def test_book_with_a_changed_content_is_refused(tmp_path):
    make_prompt(published=True)
    path = tmp_path / "book.json"
    writer("json")(read_book(), path)
    book = json.loads(path.read_text("utf-8"))
    book["prompts"][0]["versions"][0]["content"]["title"] = "바꿈"
    path.write_text(json.dumps(book), "utf-8")

    with pytest.raises(ImportRefused):
        import_file(path, by=None, at=AT)


def test_book_whose_version_differs_here_is_refused(tmp_path):
    record = make_prompt(published=True)
    path = tmp_path / "book.json"
    writer("json")(read_book(), path)
    wipe()
    make_prompt(uid=record.uid)

    with pytest.raises(CasebookError):
        import_file(path, by=None, at=AT)


def hashes(path):
    book = json.loads(path.read_text("utf-8"))
    return {
        kind: [
            {"uid": record["uid"], "versions": [version["content_sha256"] for version in record["versions"]]}
            for record in book[kind]
        ]
        for kind in ("prompts", "cases")
    }

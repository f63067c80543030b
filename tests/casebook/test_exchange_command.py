"""import_casebook and export_casebook with files of other tools, zips and folders."""

import io
import json
import zipfile

import pytest
from django.core.management import call_command

from casebook.models import Collection, CollectionItem, Prompt, PromptTest, PromptVersion
from tests.casebook.exchanging import LOGIC, many, packed, prompty, run_jobs, wipe
from tests.factories import AT, make_case, make_prompt, make_user

pytestmark = pytest.mark.django_db
TOOLS = [
    "csv",
    "xlsx",
    "markdown",
    "prompty",
    "prompt_yml",
    "dotprompt",
    "langfuse",
    "open_webui",
    "librechat",
]
LOSSLESS = {"csv", "xlsx", "markdown", "prompty", "dotprompt", "langfuse", "open_webui"}
MIXED = {
    "가.prompty": prompty("가"),
    "나.prompt.yml": "name: 나\nmessages:\n  - role: user\n    content: '{{글}}을 줄여 주세요.'\n",
    "다.json": json.dumps(
        [
            {"command": "/da", "title": "다", "content": "{{주제}}를 씁니다."},
            {"command": "/ra", "title": "라", "content": "글"},
        ]
    ),
    "폴더/마.csv": "title,user\n마,내용\n",
}


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr("accounts.actions.jobs.send", lambda job_id: None)


@pytest.fixture
def bring(capsys):
    def bring(path, *options):
        """(exit code, what was said, complaints)"""
        try:
            call_command("import_casebook", str(path), *options)
            code = 0
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return bring


def store(path, files):
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, "utf-8")
    return path


def export(tool, out):
    call_command("export_casebook", "--format", tool, "--out", str(out), stdout=io.StringIO())


def titles():
    return set(Prompt.objects.values_list("title", flat=True))


def test_folder_of_mixed_files_comes_in(bring, tmp_path):
    code, _said, _err = bring(store(tmp_path, MIXED))

    assert code == 0
    assert titles() == {"가", "나", "다", "라", "마"}


def test_zip_and_folder_are_the_same_import(bring, tmp_path):
    (tmp_path / "all.zip").write_bytes(packed(MIXED))
    bring(tmp_path / "all.zip")
    (tmp_path / "all.zip").unlink()

    code, said, _err = bring(store(tmp_path, MIXED), "--json")

    assert code == 0
    assert json.loads(said)["counts"] == {"created": 0, "changed": 0, "published": 0, "unchanged": 5}


def test_hidden_files_and_links_are_passed_over(bring, tmp_path):
    folder = store(tmp_path / "in", {"a.prompty": prompty("가"), ".git/config": "x", ".env": "SECRET=1"})
    (tmp_path / "secret.prompty").write_text(prompty("비밀"))
    (folder / "b.prompty").symlink_to(tmp_path / "secret.prompty")

    assert bring(folder)[0] == 0
    assert titles() == {"가"}


def test_one_refused_file_refuses_all_and_is_named(bring, tmp_path):
    (tmp_path / "all.zip").write_bytes(packed(MIXED | {"바.prompty": LOGIC, "사.prompty": LOGIC}))

    code, said, err = bring(tmp_path / "all.zip", "--json")

    assert code == 1
    assert not Prompt.objects.exists()
    assert "바.prompty" in err
    assert "사.prompty" in err
    report = json.loads(said)
    assert [each["place"] for each in report["refused_items"]] == ["바.prompty", "사.prompty"]
    assert len(report["ready"]) == 5


def test_refused_files_are_skipped_when_asked(bring, tmp_path):
    (tmp_path / "all.zip").write_bytes(packed(MIXED | {"바.prompty": LOGIC}))

    code, said, err = bring(tmp_path / "all.zip", "--skip-refused", "--json")

    assert code == 0
    assert len(titles()) == 5
    assert "바.prompty" in err
    assert json.loads(said)["refused_items"][0]["place"] == "바.prompty"


def test_nothing_left_after_skipping_is_a_refusal(bring, tmp_path):
    (tmp_path / "all.zip").write_bytes(packed({"바.prompty": LOGIC}))

    assert bring(tmp_path / "all.zip", "--skip-refused")[0] == 1


def test_one_file_is_refused_with_its_reason(bring, tmp_path):
    (tmp_path / "a.prompty").write_text(LOGIC)

    code, _said, err = bring(tmp_path / "a.prompty")

    assert code == 1
    assert "{% if a %}" in err


def test_dry_run_reports_each_item_and_stores_nothing(bring, tmp_path):
    code, said, _err = bring(store(tmp_path, MIXED), "--dry-run", "--json")

    assert code == 0
    assert [each["outcome"] for each in json.loads(said)["records"]] == ["created"] * 5
    assert {each["place"] for each in json.loads(said)["records"]} == set(MIXED)
    assert not Prompt.objects.exists()


def test_wrong_kind_with_the_right_ending(bring, tmp_path):
    for name, data in {
        "a.prompty": b"%PDF-1.7\n",
        "b.prompt": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "c.prompt.yml": b"<!doctype html><html></html>",
        "d.json": b'{"dependencies": {"react": "1"}}',
        "e.prompty": b"",
        "f.zip": b"PK\x03\x04 not really",
        "g.csv": b"%PDF-1.7\n",
        "h.md": bytes(range(256)),
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        code, _said, err = bring(path)
        assert (code, bool(err.strip())) == (1, True), name
    assert not Prompt.objects.exists()


def test_file_that_is_not_there(bring, tmp_path):
    assert bring(tmp_path / "none.prompty")[0] == 1


@pytest.mark.parametrize("tool", TOOLS)
def test_export_comes_in_again(bring, tmp_path, tool):
    blanks = [{"key": "민원요지", "label": "요지"}]
    made = [
        make_prompt(published=True, title=title, licence="KOGL-1", variables=blanks) for title in ("가", "나")
    ]
    hashes = {each.current.content_sha256 for each in made}
    out = tmp_path / "out.zip"
    export(tool, out)
    wipe()

    code, _said, err = bring(out, "--json")

    assert (code, err) == (0, "")
    if tool in LOSSLESS:
        assert set(PromptVersion.objects.values_list("content_sha256", flat=True)) == hashes


@pytest.mark.parametrize("tool", TOOLS)
def test_export_gives_the_same_bytes_twice(tmp_path, tool):
    make_prompt(published=True)

    for name in ("a.zip", "b.zip"):
        call_command("export_casebook", "--format", tool, "--out", str(tmp_path / name))

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_zip_says_what_it_does_not_hold(tmp_path, capsys):
    make_prompt(published=True, title="공문_초안", licence="KOGL-1")
    make_case(published=True)

    call_command("export_casebook", "--format", "prompt_yml", "--out", str(tmp_path / "a.zip"))

    said = capsys.readouterr().out
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names, page = archive.namelist(), archive.read("LOSSES.md").decode()
    assert names == ["공문_초안.prompt.yml", "LOSSES.md"]
    assert r"공문\_초안" in page
    assert page.count("- ") >= 2
    assert "1" in said.splitlines()[1]


def test_test_cases_leave_with_their_prompt(bring, tmp_path):
    prompt = make_prompt(published=True)
    check = [{"kind": "contains", "value": "도로"}]
    PromptTest.objects.create(prompt=prompt, name="하나", assertions=check, created_at=AT)
    export("prompty", tmp_path / "a.zip")
    PromptTest.objects.all().delete()

    code, said, _err = bring(tmp_path / "a.zip", "--json")

    assert code == 0
    assert json.loads(said)["counts"]["changed"] == 1
    assert PromptTest.objects.get().assertions == check


def test_export_of_what_a_search_finds(tmp_path):
    make_prompt(
        published=True, title="보도자료 초안", messages=[{"role": "user", "content": "보도자료를 씁니다."}]
    )
    make_prompt(published=True, title="회의록", messages=[{"role": "user", "content": "회의를 정리합니다."}])

    call_command(
        "export_casebook", "--format", "json", "--search", "보도자료", "--out", str(tmp_path / "a.json")
    )

    book = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [each["versions"][0]["content"]["title"] for each in book["prompts"]] == ["보도자료 초안"]


def collection_of(owner, *prompts, sharing="private"):
    made = Collection.objects.create(
        title="모음",
        owner=owner,
        sharing=sharing,
        created_at=AT,
        changed_at=AT,
        idempotency_key=f"{owner.pk:032x}",
    )
    for position, prompt in enumerate(prompts):
        CollectionItem.objects.create(collection=made, prompt=prompt, position=position)
    return made


@pytest.mark.parametrize(("own", "count"), [(True, 1), (False, 0)])
def test_export_of_a_collection(as_user, settings, own, count):
    staff = make_user("staff")
    inside, _outside = make_prompt(published=True, title="안"), make_prompt(published=True, title="밖")
    kept = collection_of(staff if own else make_user("staff"), inside)

    as_user(staff).post("/editions/export/", {"format": "json", "collection": str(kept.uid)})
    run_jobs()

    job = staff.jobs.get()
    book = json.loads((settings.MEDIA_ROOT / job.result).read_text("utf-8"))
    assert len(book["prompts"]) == count


def test_page_of_files_says_what_was_chosen(as_user):
    make_prompt(
        published=True, title="보도자료", messages=[{"role": "user", "content": "보도자료를 씁니다."}]
    )
    make_prompt(published=True, title="회의록", messages=[{"role": "user", "content": "회의를 정리합니다."}])

    response = as_user(make_user("staff")).get("/editions/?q=보도자료&kind=prompt")

    assert response.context["selected"] == {"prompts": 1, "cases": 0}
    assert ("q", "보도자료") in response.context["selection"]


def test_export_of_a_list_of_a_tool_is_a_zip_with_its_losses(as_user, settings):
    staff = make_user("staff")
    make_prompt(
        published=True, title="보도자료", licence="KOGL-1", sensitivity="internal", channel="agency_ai"
    )

    as_user(staff).post("/editions/export/", {"format": "librechat", "sensitivity": "internal"})
    run_jobs()

    job = staff.jobs.get()
    assert job.result_name.endswith(".zip")
    with zipfile.ZipFile(settings.MEDIA_ROOT / job.result) as archive:
        assert archive.namelist() == ["prompts.json", "LOSSES.md"]


def test_many_files_of_one_import_are_one_transaction(bring, tmp_path, monkeypatch):
    (tmp_path / "many.zip").write_bytes(many(3))
    monkeypatch.setattr("casebook.actions.bring_in._note_run", lambda *args, **options: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        bring(tmp_path / "many.zip")

    assert not Prompt.objects.exists()

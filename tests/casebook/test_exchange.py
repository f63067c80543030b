import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from accounts.models import Job
from accounts.tasks import run_job
from casebook.exports import FORMATS
from tests.casebook.exchanging import hand_over, upload
from tests.factories import make_prompt, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    """The message is only a hint: these tests run the job themselves."""
    monkeypatch.setattr("accounts.actions.jobs.send", lambda job_id: None)


@pytest.mark.parametrize("name", list(FORMATS))
def test_export_job_makes_a_file(as_user, settings, name):
    make_prompt(published=True, title="보도자료")

    as_user(make_user("staff")).post("/editions/export/", {"format": name})
    run_job(Job.objects.get().pk)

    job = Job.objects.get()
    assert (job.state, job.error) == ("done", "")
    assert (settings.MEDIA_ROOT / job.result).stat().st_size > 100


def test_export_of_unknown_format_is_refused(as_user):
    assert as_user(make_user("staff")).post("/editions/export/", {"format": "exe"}).status_code == 422
    assert not Job.objects.exists()


def test_export_is_closed_to_residents(as_user):
    assert as_user(make_user()).post("/editions/export/", {"format": "json"}).status_code == 403


@pytest.mark.parametrize("role", ["staff", "organiser"])
def test_import_is_closed_to_others(as_user, role):
    assert as_user(make_user(role)).get("/editions/import/").status_code == 403


def test_handing_a_file_over_leads_to_its_preview(as_user):
    client = as_user(make_user("editor"))

    preview = hand_over(client, "title,user\n제목,내용\n", "rows.csv")

    assert preview.job.kind == "preview_import"
    assert preview.file_name == "rows.csv"


@pytest.mark.parametrize(
    "change", [{"mapping": "nonsense"}, {"kind": "song"}, {"file": SimpleUploadedFile("a.exe", b"MZ")}]
)
def test_import_form_refuses_and_keeps_what_was_typed(as_user, change):
    response = as_user(make_user("editor")).post(
        "/editions/import/", upload("title,user\n", "rows.csv") | change
    )

    assert response.status_code == 422
    assert not Job.objects.exists()


def test_import_command_refuses_with_exit_1(tmp_path, capsys):
    path = tmp_path / "rows.csv"
    path.write_text("title,user\n,내용\n")

    with pytest.raises(SystemExit) as stop:
        call_command("import_casebook", str(path))

    assert stop.value.code == 1
    assert "2" in capsys.readouterr().err


def test_import_command_reports_as_json(tmp_path, capsys):
    path = tmp_path / "rows.csv"
    path.write_text("title,user\n제목,내용\n")

    call_command("import_casebook", str(path), "--json", "--dry-run")

    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {"created": 1, "changed": 0, "published": 0, "unchanged": 0}
    assert report["records"][0]["title"] == "제목"


def test_import_command_with_unknown_person_is_wrong_usage(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("title,user\n제목,내용\n")

    with pytest.raises(CommandError) as error:
        call_command("import_casebook", str(path), "--by", "nobody@example.org")

    assert error.value.returncode == 2


def test_export_command_writes_the_same_bytes_twice(tmp_path):
    make_prompt(published=True)

    for name in ("a.json", "b.json"):
        call_command("export_casebook", "--format", "json", "--out", str(tmp_path / name))

    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_export_command_that_cannot_write_says_so(tmp_path):
    with pytest.raises(CommandError):
        call_command("export_casebook", "--format", "json", "--out", str(tmp_path / "missing" / "a.json"))


def test_reindex_command(capsys):
    make_prompt(published=True)

    call_command("reindex")

    assert "1" in capsys.readouterr().out

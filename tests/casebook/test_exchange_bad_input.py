"""Files that mean harm or are broken: a clear reason, nothing stored, memory bounded."""

import io
import json
import random
import tracemalloc
import zipfile

import pytest

from casebook.imports.problems import ImportRefused
from casebook.imports.reading import read_import
from casebook.models import Prompt
from tests.casebook.exchanging import confirm, hand_over, outcomes, packed, prompty
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024
NOISE = random.Random(1).randbytes(15_000).hex()


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr("accounts.actions.jobs.send", lambda job_id: None)


@pytest.fixture
def editor(as_user):
    return as_user(make_user("editor"))


def bomb():
    """300 MB of spaces in a few kilobytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.prompty", "w") as member:
        for _ in range(300):
            member.write(b" " * MEGABYTE)
    return out.getvalue()


def many_names(count=5_001):
    return packed({f"{number}.prompty": "" for number in range(count)})


YAML_BOMB = (
    "---\nname: 폭탄\na: &a [1,1,1,1,1,1,1,1,1]\n"
    + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "---\nuser:\n글\n"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("out.zip", packed({"../../etc/cron.d/a.prompty": prompty()})),
        ("root.zip", packed({"/etc/a.prompty": prompty()})),
        ("bomb.zip", bomb()),
        ("names.zip", many_names()),
        ("empty.zip", packed({})),
        ("damaged.zip", packed({"a.prompty": prompty()})[:-40]),
        ("empty.prompty", " \n"),
        ("binary.prompty", bytes(range(256))),
        ("picture.prompty", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("page.json", "<!doctype html><html></html>"),
        ("other.json", '{"dependencies": {}}'),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600)),
    ],
)
def test_file_is_refused_as_a_whole(editor, name, data):
    preview = hand_over(editor, data, name)

    [reason] = preview.report["summary"]["problems"]
    assert reason
    assert preview.report["items"] == []
    assert editor.get(f"/editions/import/{preview.pk}/").status_code == 200
    confirm(editor, preview)
    assert not Prompt.objects.exists()


def many_blanks(count):
    return prompty("빈칸", " ".join(f"{{{{칸{number}}}}}" for number in range(count)))


@pytest.mark.parametrize(
    ("name", "data", "outcome"),
    [
        ("bomb.prompty", YAML_BOMB, "refused"),
        ("long.prompty", prompty("긴 글", "가" * 144_260), "new"),
        ("longer.prompty", prompty("너무 긴 글", "가" * 200_001), "refused"),
        ("blanks.prompty", many_blanks(500), "new"),
        ("many-blanks.prompty", many_blanks(1_001), "refused"),
        ("key.prompty", "---\nname: 칸\n---\nuser:\n{{" + "가" * 200 + "}}\n", "new"),
        ("space.prompty", "---\nname: 칸\n---\nuser:\n{{민원 요지}}\n", "refused"),
        ("signs.prompty", prompty("방향", "\u202e거꾸로\u200b숨은"), "new"),
        ("nested.zip", packed({"in.zip": packed({"a.prompty": prompty()})}), "refused"),
        ("large.zip", packed({"a.prompty": prompty("큰 것", NOISE * 200)}), "refused"),
    ],
)
def test_item_is_refused_or_comes_in_whole(editor, name, data, outcome):
    preview = hand_over(editor, data, name)

    assert (preview.report["summary"]["problems"], outcomes(preview)) == ([], [outcome])
    assert outcome == "new" or preview.report["items"][0]["reasons"]


def test_zip_of_much_text_is_read_file_by_file(editor):
    """Files that are refused for their size never lie in memory together."""
    data = packed({f"{number}.prompty": NOISE * 120 for number in range(30)})
    tracemalloc.start()
    preview = hand_over(editor, data, "much.zip")
    _now, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert set(outcomes(preview)) == {"refused"}
    assert highest < 60 * MEGABYTE  # of 110


def test_zip_of_countless_names_is_refused_before_they_are_read(tmp_path):
    (tmp_path / "names.zip").write_bytes(many_names(66_000))
    tracemalloc.start()
    with pytest.raises(ImportRefused):
        read_import(tmp_path / "names.zip")
    _now, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert highest < 40 * MEGABYTE  # 66,000 names as Python objects are more


def test_secrets_named_in_a_file_stay_names(editor, monkeypatch):
    monkeypatch.setenv("CASEBOOK_SECRET", "s3cret")

    text = prompty("비밀", "${env:CASEBOOK_SECRET} ${file:/etc/passwd}")
    text = text.replace("api: chat", "api: chat\n  connection:\n    key: ${env:CASEBOOK_SECRET}")
    preview = hand_over(editor, text)
    confirm(editor, preview)

    text = json.dumps(Prompt.objects.get().versions.get().content)
    assert "${env:CASEBOOK_SECRET}" in text
    assert "s3cret" not in text
    assert any("CASEBOOK_SECRET" in notice for notice in preview.report["items"][0]["notices"])


def test_name_of_a_file_is_never_a_path(editor, settings):
    preview = hand_over(editor, prompty(), "../../evil.prompty")

    assert (settings.MEDIA_ROOT / preview.path).resolve().is_relative_to(settings.MEDIA_ROOT / "imports")

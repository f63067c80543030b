import os
from time import monotonic

import pytest

from competitions.files import sandbox
from tests.competitions.files.made import AUTHOR, WORDS, make_docx, make_picture


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(make_docx())
    return str(path)


def test_reading_tells_people_and_text(kept):
    reading = sandbox.read(kept, "docx")

    assert reading.failure == ""
    assert {"what": "author", "value": AUTHOR} in reading.findings
    assert WORDS in reading.text


def test_file_that_is_no_document_is_unreadable(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"PK\3\4 but nothing more")

    assert sandbox.read(str(path), "docx") == sandbox.Reading("unreadable")


def test_file_that_takes_too_long_ends_in_a_timeout(tmp_path):
    path = tmp_path / "never"
    os.mkfifo(path)  # reading it waits for a writer who never comes
    begun = monotonic()

    reading = sandbox.read(str(path), "txt", seconds=2)

    assert reading == sandbox.Reading("timeout")
    assert monotonic() - begun < 10


def test_file_that_takes_too_much_memory_is_unreadable(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1200 * 1024 * 1024)  # a hole: no disk is used

    assert sandbox.read(str(path), "txt", seconds=20).failure == "unreadable"


def test_child_knows_no_secret_of_the_site(monkeypatch, kept):
    monkeypatch.setenv("SECRET_KEY", "never told")
    monkeypatch.setattr(sandbox.subprocess, "run", run := Recorder(sandbox.subprocess.run))

    sandbox.read(kept, "docx")

    assert set(run.given["env"]) == {"PATH", "LANG", "PYTHONDONTWRITEBYTECODE"}


class Recorder:
    def __init__(self, act):
        self.act = act

    def __call__(self, *args, **kwargs):
        self.given = kwargs
        return self.act(*args, **kwargs)


def test_clean_copy_is_written_by_the_child(tmp_path):
    path, copy = tmp_path / "a.jpg", tmp_path / "b.jpg"
    path.write_bytes(make_picture("jpeg"))

    assert sandbox.write_clean_copy(str(path), "jpeg", str(copy)) == ""
    assert sandbox.read(str(copy), "jpeg").findings == []


def test_clean_copy_of_no_picture_is_a_failure(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"nothing")

    assert sandbox.write_clean_copy(str(path), "jpeg", str(tmp_path / "b")) == "unreadable"

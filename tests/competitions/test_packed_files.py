import io
from unicodedata import normalize
from zipfile import ZIP_BZIP2, ZipFile, ZipInfo

import pytest

from competitions.actions.bringing_in import archive_checks
from competitions.actions.bringing_in.files import BringInRefused
from competitions.actions.bringing_in.packed_files import NoFiles, PackedFiles
from competitions.contest_files.call_records import FilesRecord
from competitions.files.errors import NotTaken
from tests.competitions.files.made import make_docx, make_pdf
from tests.competitions.whole_tables import LARGE, locked, zip_of

LIMITS = FilesRecord(max_mb=1, kinds=("txt", "pdf", "docx"))
TEXT = "글".encode() * 10


def opened(archive):
    return PackedFiles(archive, limits=LIMITS)


def refused(archive):
    with pytest.raises(BringInRefused) as refusal, opened(archive):
        pass
    return refusal.value.sentences


def not_taken(files, name):
    with opened(zip_of(files)) as packed, pytest.raises(NotTaken) as reason:
        packed.take(name)
    return str(reason.value)


def test_files_are_found_by_their_name_with_or_without_folder():
    with opened(zip_of({"E1/제안서.txt": TEXT, "b.pdf": make_pdf()})) as packed:
        taken = [packed.take(name) for name in ("E1/제안서.txt", "제안서.TXT", "./b.pdf")]

        assert [(file.name, file.kind, file.size) for file in taken[:2]] == [("제안서.txt", "txt", 30)] * 2
        assert taken[2].kind == "pdf"
        assert taken[0].path.read_bytes() == TEXT


def test_the_kind_is_decided_by_the_content():
    with opened(zip_of({"거짓.txt": make_docx()})) as packed:
        assert packed.take("거짓.txt").name == "거짓.docx"


@pytest.mark.parametrize("encoding", ["", "cp949"])
def test_hangul_names_of_both_encodings(encoding):
    with opened(zip_of({"가온시/붙임 1.txt": TEXT}, encoding=encoding)) as packed:
        assert packed.take("붙임 1.txt").name == "붙임 1.txt"


def test_decomposed_hangul_is_the_same_name():
    with opened(zip_of({normalize("NFD", "한글.txt"): TEXT})) as packed:
        assert packed.take("한글.txt").size == 30


def test_files_no_row_names_are_told():
    with opened(
        zip_of({"a.txt": TEXT, "b.txt": TEXT, "__MACOSX/._a.txt": b"x", "d/Thumbs.db": b"x"})
    ) as packed:
        packed.take("a.txt")

        assert packed.not_asked_for() == ["b.txt"]


def test_what_was_unpacked_is_gone_afterwards():
    with opened(zip_of({"a.txt": TEXT})) as packed:
        path = packed.take("a.txt").path

    assert not path.exists()


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "..\\a.txt", "C:/a.txt", "a/.."])
def test_a_name_that_leads_out_is_refused(name):
    assert len(refused(zip_of({name: TEXT}))) == 1


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert len(refused(zip_of({"a.txt": b"0" * 30_000_000}))) == 1


def test_more_bytes_than_an_archive_may_hold_are_refused(monkeypatch):
    monkeypatch.setattr(archive_checks, "MOST_BYTES", 50)

    assert len(refused(zip_of({"a.txt": TEXT, "b.txt": TEXT}))) == 1


def test_more_files_than_an_archive_may_hold_are_refused(monkeypatch):
    monkeypatch.setattr(archive_checks, "MOST_FILES", 1)

    assert len(refused(zip_of({"a.txt": TEXT, "b.txt": TEXT}))) == 1


def test_a_locked_archive_is_refused():
    assert len(refused(locked(zip_of({"a.txt": TEXT})))) == 1


@pytest.mark.parametrize("other", ["a.txt", "A.TXT", "./a.txt"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(other):
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr(other, TEXT)

    assert len(refused(out)) == 1


def test_an_unusual_packing_is_refused():
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_BZIP2) as archive:
        archive.writestr("a.txt", TEXT)

    assert len(refused(out)) == 1


def test_a_link_in_place_of_a_file_is_refused():
    link = ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16

    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    assert len(refused(out)) == 1


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\3\4" + b"\0" * 40])
def test_what_is_no_archive_is_refused(data):
    assert len(refused(io.BytesIO(data))) == 1


def test_a_file_that_is_longer_than_the_archive_says_is_not_taken():
    data = bytearray(zip_of({"a.txt": TEXT * 10}).getvalue())
    at = data.find(b"PK\1\2") + 24
    data[at : at + 4] = (5).to_bytes(4, "little")

    with opened(io.BytesIO(bytes(data))) as packed, pytest.raises(NotTaken):
        packed.take("a.txt")


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"a.txt": TEXT}, "b.txt"),
        ({"x/a.txt": TEXT, "y/a.txt": TEXT}, "a.txt"),
        ({"a.txt": LARGE}, "a.txt"),
        ({"a.png": b"\x89PNG\r\n\x1a\nbroken"}, "a.png"),
        ({"a.txt": b"<html><script>"}, "a.txt"),
        ({"a.txt": b""}, "a.txt"),
        ({"a.txt": b"MZ\x90\x00" * 10}, "a.txt"),
    ],
)
def test_a_file_that_is_not_taken_says_why(files, name):
    assert not_taken(files, name)


def test_without_an_archive_no_file_is_taken():
    with pytest.raises(NotTaken):
        NoFiles().take("a.txt")

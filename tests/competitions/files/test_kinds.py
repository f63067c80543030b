from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pikepdf
import pytest

from competitions.contest_files.call_records import FILE_KINDS
from competitions.files import archives, kinds, pictures
from competitions.files.errors import NotTaken
from competitions.files.kinds import kind_of
from tests.competitions.files.made import (
    WORDS,
    make_all,
    make_docx,
    make_hwpx,
    make_pdf,
    make_picture,
    make_zip,
)


def refusal_of(data):
    with pytest.raises(NotTaken) as refused:
        kind_of(BytesIO(data))
    return str(refused.value)


def with_part(data, name, part):
    """The archive with a part added or replaced."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return make_zip(parts | {name: part})


def test_every_kind_is_known_by_its_content(tmp_path):
    made = make_all(tmp_path)

    assert {kind: kind_of(BytesIO(data)) for kind, data in made.items()} == {
        kind: kind for kind in FILE_KINDS
    }


def test_empty_file_is_refused():
    assert refusal_of(b"") == kinds.EMPTY


@pytest.mark.parametrize("text", [WORDS.encode(), WORDS.encode("cp949"), b"\xef\xbb\xbfa\tb\r\nc", b"5 < 7"])
def test_plain_text_is_taken(text):
    assert kind_of(BytesIO(text)) == "txt"


@pytest.mark.parametrize("text", [b"a\0b", b"\x1b[31mred", "끝\x85".encode(), b"\xff\xfe\x00", b"MZ\x90\0\3"])
def test_text_with_control_signs_or_of_another_encoding_is_refused(text):
    assert refusal_of(text) == kinds.NO_TEXT


@pytest.mark.parametrize(
    "text",
    [
        " \n<!DOCTYPE html>",
        "<script>alert(1)</script>",
        "<?php",
        "#!/bin/sh",
        "{\\rtf1",
        "<svg ",
        "x %PDF-1.7",
    ],
)
def test_page_or_program_is_no_plain_text(text):
    assert refusal_of(text.encode()) == kinds.NOT_PLAIN


def test_pdf_that_does_not_begin_the_file_is_refused():
    assert refusal_of(b"\n" + make_pdf()) in {kinds.NOT_PLAIN, kinds.NO_TEXT}


def test_pdf_with_data_behind_its_end_is_refused():
    assert refusal_of(make_pdf() + b"<script>") == kinds.TWO_KINDS


def test_pdf_that_is_a_zip_too_is_refused():
    assert refusal_of(make_pdf() + make_zip({"a.txt": "a"})) == kinds.TWO_KINDS


def test_locked_pdf_is_refused():
    locked = make_pdf(encryption=pikepdf.Encryption(owner="a", user="b"))

    assert refusal_of(locked) == archives.LOCKED


def test_pdf_cut_off_is_refused():
    assert refusal_of(make_pdf()[:-20]) == archives.DAMAGED


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
def test_picture_with_data_behind_its_end_is_refused(kind):
    assert refusal_of(make_picture(kind) + b"more") == kinds.AFTER_END


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
def test_picture_that_is_a_zip_too_is_refused(kind):
    assert refusal_of(make_picture(kind) + make_zip({"a.txt": "a"})) == kinds.TWO_KINDS


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
@pytest.mark.parametrize("left", [20, -5])
def test_picture_cut_off_is_refused(kind, left):
    assert refusal_of(make_picture(kind)[:left]) == archives.DAMAGED


def test_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 40 * 30 - 1)

    found = {kind: refusal_of(make_picture(kind)) for kind in ("png", "jpeg", "webp", "gif")}

    assert set(found.values()) == {kinds.TOO_MANY_PIXELS}


def test_old_office_file_is_refused():
    assert refusal_of(kinds.OLD_OFFICE + bytes(600)) == kinds.OLD


def test_locked_office_file_is_refused():
    assert refusal_of(kinds.OLD_OFFICE + bytes(600) + kinds.ENCRYPTED) == archives.LOCKED


def test_locked_hwpx_is_refused(tmp_path):
    locked = with_part(make_hwpx(tmp_path), "META-INF/manifest.xml", "<a><encryption-data/></a>")

    assert refusal_of(locked) == archives.LOCKED


def test_document_with_macros_is_refused():
    assert refusal_of(with_part(make_docx(), "word/vbaProject.bin", b"a")) == archives.MACROS


def test_macro_document_without_its_macros_is_refused():
    types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'

    assert refusal_of(with_part(make_docx(), "[Content_Types].xml", types)) == archives.MACROS


def test_other_zip_is_refused():
    assert refusal_of(make_zip({"a.docx": make_docx()})) == archives.UNKNOWN


def test_document_of_two_kinds_is_refused(tmp_path):
    both = with_part(make_hwpx(tmp_path), "[Content_Types].xml", "<Types/>")

    assert refusal_of(both) == archives.DAMAGED


@pytest.mark.parametrize("name", ["../a", "/a", "a\\b", "WORD/document.xml"])
def test_document_with_a_part_outside_or_twice_is_refused(name):
    # zipfile itself turns other signs, so the name is put in by hand
    data = with_part(make_docx(), "x" * len(name), b"a").replace(b"x" * len(name), name.encode())

    assert refusal_of(data) == archives.DAMAGED


def test_document_with_trailing_bytes_is_refused():
    assert refusal_of(make_docx() + b"more") == archives.HIDDEN


def test_document_with_a_comment_is_refused():
    out = BytesIO(make_docx())
    with ZipFile(out, "a") as archive:
        archive.comment = b"hidden"

    assert refusal_of(out.getvalue()) == archives.HIDDEN


def test_document_behind_another_archive_is_refused():
    assert refusal_of(make_zip({"a": "a"}) + make_docx()) == archives.HIDDEN


def test_damaged_document_is_refused():
    data = bytearray(make_docx())
    data[60:90] = bytes(30)

    assert refusal_of(bytes(data)) == archives.DAMAGED


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)

    assert refusal_of(make_zip(dict.fromkeys("abcd", "a"))) == archives.BOMB


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)

    assert refusal_of(with_part(make_docx(), "a", bytes(1001))) == archives.BOMB


def test_zip_bomb_is_refused():
    bomb = make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": bytes(30 * 1024 * 1024)})

    assert len(bomb) < 50_000
    assert refusal_of(bomb) == archives.BOMB


def test_zip_bomb_that_lies_about_its_size_is_refused():
    size = 3 * 1024 * 1024
    bomb = make_zip({"a.xml": bytes(size)})
    lying = bomb.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))

    assert lying != bomb
    assert refusal_of(lying) == archives.BOMB


def test_entry_that_unpacks_to_less_than_it_declares_is_refused():
    size = 5_000
    lying = make_zip({"a.xml": bytes(size)}).replace(
        size.to_bytes(4, "little"), (6_000).to_bytes(4, "little")
    )

    assert refusal_of(lying) == archives.DAMAGED


def test_stored_entry_that_lies_about_its_size_is_refused():
    packed = make_zip({"a.xml": b"a" * 77}, packing=ZIP_STORED)
    at = packed.index(b"PK\1\2") + 24
    lying = packed[:at] + (78).to_bytes(4, "little") + packed[at + 4 :]

    assert refusal_of(lying) == archives.BOMB

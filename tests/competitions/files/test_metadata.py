from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import hwpx
import openpyxl
import pikepdf
import pptx
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from competitions.files.findings import WHAT
from competitions.files.kinds import kind_of
from competitions.files.metadata import metadata_of, without_metadata
from competitions.files.packages import UnsafeXml
from competitions.files.text import text_of
from tests.competitions.files.made import (
    AUTHOR,
    make_all,
    make_docx,
    make_pdf,
    make_picture,
    make_zip,
)

OPEN = {
    "docx": docx.Document,
    "pptx": pptx.Presentation,
    "xlsx": lambda path: openpyxl.load_workbook(BytesIO(Path(path).read_bytes())),
    "hwpx": hwpx.HwpxDocument.open,
    "pdf": lambda path: PdfReader(path).pages[0],
}


@pytest.fixture
def kept(tmp_path):
    """Return a function that writes bytes and returns the path."""

    def write(data, name="a"):
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return write


@pytest.fixture
def cleaned(kept, tmp_path):
    """Return a function that returns the path of the copy without metadata."""

    def clean(data, kind):
        without_metadata(kept(data), kind, str(tmp_path / "b"))
        return str(tmp_path / "b")

    return clean


def pairs(path, kind):
    return {(each["what"], each["value"]) for each in metadata_of(path, kind)}


def test_docx_tells_its_people(kept):
    assert pairs(kept(make_docx()), "docx") == {
        ("author", AUTHOR),
        ("last_modified_by", AUTHOR),
        ("comment_author", "검토자 갑"),
        ("comment_author", "갑"),
        ("change_author", "고친 이"),
    }


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("pptx", ("author", AUTHOR)),
        ("xlsx", ("author", AUTHOR)),
        ("xlsx", ("comment_author", "검토자 을")),
        ("pdf", ("author", AUTHOR)),
        ("hwpx", ("last_modified_by", "synthetic-fixture-author")),
        ("jpeg", ("gps", "37.50000N 127.00000E")),
        ("png", ("gps", "37.50000N 127.00000E")),
        ("webp", ("gps", "37.50000N 127.00000E")),
        ("jpeg", ("device", "Gaon Phone")),
    ],
)
def test_file_tells_its_people(kept, tmp_path, kind, found):
    assert found in pairs(kept(make_all(tmp_path)[kind]), kind)


def test_every_finding_has_a_label(kept, tmp_path):
    made = make_all(tmp_path)
    found = [each["what"] for kind, data in made.items() for each in metadata_of(kept(data), kind)]

    assert set(found) <= set(WHAT)


def test_clean_copies_tell_nothing_and_stay_of_their_kind(cleaned, tmp_path):
    for kind, data in make_all(tmp_path).items():
        path = cleaned(data, kind)

        assert metadata_of(path, kind) == []
        with open(path, "rb") as file:
            assert kind_of(file) == kind
        OPEN.get(kind, lambda _path: None)(path)


def test_clean_copy_keeps_the_text(cleaned, kept, tmp_path):
    for kind, data in make_all(tmp_path).items():
        before = text_of(kept(data), kind)

        assert text_of(cleaned(data, kind), kind) == before


def test_clean_docx_keeps_two_people_apart(cleaned):
    with ZipFile(cleaned(make_docx(), "docx")) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")

    assert "고친 이" not in everything
    assert "검토자 갑" not in everything
    assert 'w:author="Author 1"' in everything
    assert 'w:author="Author 2"' in everything


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_clean_picture_is_the_same_picture(cleaned, kind):
    data = make_picture(kind, turned=6)

    with Image.open(BytesIO(data)) as before, Image.open(cleaned(data, kind)) as after:
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
        assert not after.getexif().get_ifd(0x8825)
        if kind == "jpeg":
            assert dict(after.getexif()) == {0x0112: 6}


def test_picture_inside_a_document_is_cleaned_too(cleaned, kept):
    document = docx.Document()
    document.add_picture(BytesIO(make_picture("jpeg")))
    out = BytesIO()
    document.save(out)

    assert ("gps", "37.50000N 127.00000E") in pairs(kept(out.getvalue()), "docx")
    assert metadata_of(cleaned(out.getvalue(), "docx"), "docx") == []


def test_name_on_a_note_of_a_pdf_is_found_and_removed(kept, cleaned):
    with pikepdf.open(BytesIO(make_pdf())) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T="검토자 병"
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
        out = BytesIO()
        pdf.save(out)

    assert ("comment_author", "검토자 병") in pairs(kept(out.getvalue()), "pdf")
    assert metadata_of(cleaned(out.getvalue(), "pdf"), "pdf") == []


def test_entities_are_never_read(kept):
    bomb = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a><creator>&x;</creator></a>'

    with pytest.raises(UnsafeXml):
        metadata_of(kept(make_zip({"docProps/core.xml": bomb})), "docx")

import pikepdf
import pytest

from competitions.files import text
from competitions.files.text import text_of
from tests.competitions.files.made import WORDS, make_all


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "hwpx", "txt"])
def test_text_of_a_document(tmp_path, kind):
    path = tmp_path / "a"
    path.write_bytes(make_all(tmp_path)[kind])

    assert WORDS in text_of(str(path), kind)


def test_numbers_of_a_sheet_are_text_but_not_the_places_of_shared_texts(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(make_all(tmp_path)["xlsx"])

    assert text_of(str(path), "xlsx").split() == [*WORDS.split(), "1234"]


def test_text_of_a_pdf(tmp_path):
    page = b"BT /F 12 Tf (Gaon lamp) Tj ET"
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        pdf.pages[0].Contents = pdf.make_stream(page)
        pdf.save(path)

    assert text_of(str(path), "pdf") == "Gaon lamp"


def test_picture_has_no_text(tmp_path):
    assert text_of(str(tmp_path / "never opened"), "png") == ""


def test_text_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "MOST", 10)
    path = tmp_path / "a.txt"
    path.write_text("가" * 100)

    assert text_of(str(path), "txt") == "가" * 10

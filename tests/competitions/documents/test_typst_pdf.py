import io

import pypdf
import pytest

from competitions.documents.qr import qr_svg
from competitions.documents.typst_pdf import pdf

ADDRESS = "https://casebook.example/receipts/R2026-003-000012-01-7K3F/"
TITLE = '#read("/etc/hostname") *굵게* $x$ \\ <b> 똠방 뷁 漢字'
BASE = {
    "language": "ko",
    "issuer": "가온시",
    "page_words": "{n} / {m}쪽",
    "check_address": ADDRESS,
    "check_words": "확인",
    "qr_svg": qr_svg(ADDRESS),
    "qr_alt": "확인 주소의 QR 코드",
}
RECEIPT = BASE | {
    "document_title": "접수증 R2026",
    "heading": "접수증",
    "number": "제 R2026-003-000012-01-7K3F 호",
    "rows": [["제목", TITLE]],
    "hash_label": "SHA-256",
    "hash_groups": ["abcd1234"] * 8,
    "certifies": "접수하였습니다.",
    "issued_words": "2026. 5. 12.",
    "next_heading": "다음",
    "next": ["하나"],
}


def opened(data):
    return pypdf.PdfReader(io.BytesIO(data))


def words(data):
    return " ".join(page.extract_text() for page in opened(data).pages)


def test_receipt_is_tagged_named_and_in_its_language():
    root = opened(pdf("receipt", RECEIPT)).root_object

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ko-KR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert opened(pdf("receipt", RECEIPT)).metadata.title == "접수증 R2026"


def test_receipt_takes_text_as_text():
    text = words(pdf("receipt", RECEIPT))

    assert TITLE in text
    assert RECEIPT["number"] in text
    assert "1 / 1쪽" in text


def test_long_receipt_counts_its_pages():
    rows = [["제목", "긴 제목입니다. " * 40]] * 12

    made = opened(pdf("receipt", RECEIPT | {"rows": rows}))

    last = len(made.pages)
    assert last > 1
    assert f"{last} / {last}쪽" in made.pages[-1].extract_text()


def test_every_sign_of_a_name_has_a_shape():
    """A missing shape would be drawn as an empty box, glyph 0 of the font."""
    made = opened(pdf("receipt", RECEIPT | {"rows": [["이름", "뷁똠쓩 漢字"]]}))

    assert "뷁똠쓩 漢字" in made.pages[0].extract_text()


def test_english_receipt_says_so():
    assert opened(pdf("receipt", RECEIPT | {"language": "en"})).root_object["/Lang"].startswith("en")


def test_unknown_template_is_refused():
    with pytest.raises(ValueError, match="no template"):
        pdf("../receipt", RECEIPT)


def test_missing_data_are_refused():
    with pytest.raises(Exception, match="heading"):
        pdf("receipt", {name: value for name, value in RECEIPT.items() if name != "heading"})

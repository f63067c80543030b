import unicodedata

import pytest

from competitions.files.names import LONGEST, clean_name


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("제안서.pdf", "pdf", "제안서.pdf"),
        (unicodedata.normalize("NFD", "제안서.pdf"), "pdf", "제안서.pdf"),
        ("제안서.exe", "pdf", "제안서.pdf"),
        ("제안서", "hwpx", "제안서.hwpx"),
        ("보고 2026.11", "txt", "보고 2026.11.txt"),
        ("보고서.docx.exe", "docx", "보고서.docx"),
        ("사진.JPEG", "jpeg", "사진.jpeg"),
        ("사진.png", "jpeg", "사진.jpg"),
        (r"C:\문서\제안서.pdf", "pdf", "제안서.pdf"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("제안\u202egpj.exe", "png", "제안gpj.png"),
        ("제\0안\n서\u200b.pdf", "pdf", "제안서.pdf"),
        ('a<b>:"|?*.pdf', "pdf", "a_b______.pdf"),
        ("CON.txt", "txt", "_CON.txt"),
        ("...", "pdf", "file.pdf"),
        ("", "pdf", "file.pdf"),
        ("제안서.zip", "", "제안서.zip"),
    ],
)
def test_name_is_made_safe(name, kind, clean):
    assert clean_name(name, kind) == clean


def test_long_name_keeps_its_ending():
    name = clean_name("가" * 400 + ".pdf", "pdf")

    assert len(name) == LONGEST
    assert name.endswith("가.pdf")

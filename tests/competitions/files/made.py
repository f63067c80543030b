"""Files as office programs and phones make them, made anew for each test."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import hwpx
import openpyxl
import pikepdf
import pptx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.comments import Comment
from PIL import Image

AUTHOR = "가온시 담당자"
WORDS = "가로등 고장 민원"


def make_docx():
    document = docx.Document()
    document.core_properties.author = AUTHOR
    document.core_properties.last_modified_by = AUTHOR
    paragraph = document.add_paragraph(WORDS)
    document.add_comment(paragraph.runs, text="의견", author="검토자 갑", initials="갑")
    inserted = OxmlElement("w:ins")
    for name, value in {"w:id": "9", "w:author": "고친 이", "w:date": "2026-05-12T09:00:00Z"}.items():
        inserted.set(qn(name), value)
    inserted.append(paragraph.add_run("고침")._r)
    paragraph._p.append(inserted)
    return _saved(document.save)


def make_pptx():
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = WORDS
    deck.core_properties.author = AUTHOR
    return _saved(deck.save)


def make_xlsx():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = WORDS, 1234
    book.active["A1"].comment = Comment("의견", "검토자 을")
    book.properties.creator = AUTHOR
    return _saved(book.save)


def make_hwpx(folder):
    document = hwpx.HwpxDocument.new()
    document.add_paragraph(WORDS)
    document.save_to_path(str(folder / "made.hwpx"))
    return (folder / "made.hwpx").read_bytes()


def make_pdf(**saving):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = AUTHOR
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = [AUTHOR]
    return _saved(lambda out: pdf.save(out, **saving))


def make_picture(kind, *, size=(40, 30), turned=1):
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Gaon Phone", turned
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (37.0, 30.0, 0.0), "E", (127.0, 0.0, 0.0)
    more = {} if kind == "gif" else {"exif": exif}
    return _saved(lambda out: Image.new("RGB", size, "teal").save(out, kind, **more))


def make_zip(parts, *, packing=ZIP_DEFLATED):
    def save(out):
        with ZipFile(out, "w", packing) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    return _saved(save)


def make_all(folder):
    """Return {kind: bytes} of every kind that is taken."""
    pictures = {kind: make_picture(kind) for kind in ("png", "jpeg", "webp", "gif")}
    documents = {"docx": make_docx(), "pptx": make_pptx(), "xlsx": make_xlsx(), "hwpx": make_hwpx(folder)}
    return pictures | documents | {"pdf": make_pdf(), "txt": WORDS.encode()}


def _saved(save):
    out = BytesIO()
    save(out)
    return out.getvalue()

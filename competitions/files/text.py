"""The words in a file, for search and for finding entries alike. Order and layout count little there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from competitions.files.kinds import decoded
from competitions.files.packages import parsed
from competitions.files.pdfs import pdf_text

MOST = 1_000_000  # characters
PARTS = {
    "docx": re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    "pptx": re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml"),
    "xlsx": re.compile(r"xl/(sharedStrings|worksheets/sheet\d+)\.xml"),
    "hwpx": re.compile(r"Contents/section\d+\.xml"),
}
LINES = {"p", "si", "row"}
CELLS = {"c"}


def text_of(path: str, kind: str) -> str:
    """Return the text of a document, at most MOST characters; pictures have none."""
    if kind == "pdf":
        text = pdf_text(path, MOST)
    elif kind == "txt":
        text = decoded(Path(path).read_bytes())
    else:
        text = "".join(_package_text(path, kind)) if kind in PARTS else ""
    return _storable(text[:MOST])


def _package_text(path: str, kind: str) -> Iterator[str]:
    with ZipFile(path) as archive:
        for name in sorted(filter(PARTS[kind].fullmatch, archive.namelist()), key=_in_order):
            yield from _words(parsed(archive.read(name)))


def _in_order(name: str) -> tuple[str, int]:
    number = re.search(r"(\d+)\.xml", name)
    return re.sub(r"\d+\.xml", "", name), int(number.group(1)) if number else 0


def _words(root: Any) -> Iterator[str]:
    """Texts with a line for each paragraph; in sheets, numbers too, but not the places of shared texts."""
    for element in root.iter("{*}*"):
        tag = element.tag.rpartition("}")[2]
        if tag in LINES:
            yield "\n"
        elif tag in CELLS:
            yield "\t"
        elif tag == "t" or (tag == "v" and element.getparent().get("t") != "s"):
            yield "".join(element.itertext())


def _storable(text: str) -> str:
    text = text.encode("utf-8", "replace").decode().replace("\0", " ").replace("\r\n", "\n")
    return re.sub(r"\n{3,}", "\n\n", text).strip()

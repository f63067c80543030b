"""Metadata and text of PDF files."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pypdf import PdfReader

from competitions.files.findings import Finding

INFO = {
    "/Author": "author",
    "/Company": "company",
    "/Manager": "manager",
    "/SourceModified": "last_modified_by",
}
XMP = {"dc:creator": "author", "xmpMM:Manager": "manager", "pdfx:Company": "company"}
MOST_PAGES = 1_000


def pdf_findings(path: str, _kind: str) -> list[Finding]:
    found: list[Finding] = []
    with pikepdf.open(path) as pdf:
        info: Any = pdf.trailer.get("/Info", {})
        found += [{"what": what, "value": str(info[name])} for name, what in INFO.items() if name in info]
        found += _xmp(pdf)
        for note in _notes(pdf):
            found.append({"what": "comment_author", "value": str(note.T)})
    return found


def clean_pdf(path: str, _kind: str, out: str) -> None:
    """Write the file without its information, every metadata stream in it, and the names on its notes."""
    with pikepdf.open(path) as pdf:
        for note in _notes(pdf):
            del note["/T"]
        for each in pdf.objects:
            for name in ("/Metadata", "/PieceInfo"):
                if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)) and name in each:
                    del each[name]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        pdf.save(out)


def pdf_text(path: str, most: int) -> str:
    pieces: list[str] = []
    for page in PdfReader(path).pages[:MOST_PAGES]:
        pieces.append(page.extract_text())
        if sum(map(len, pieces)) > most:
            break
    return "\n".join(pieces)


def _xmp(pdf: pikepdf.Pdf) -> list[Finding]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        values = {name: xmp.get(name) for name in XMP}
    return [
        {"what": XMP[name], "value": ", ".join(value) if isinstance(value, list) else str(value)}
        for name, value in values.items()
        if value
    ]


def _notes(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Annotations with an author; a field of a form has its name there instead."""
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            if isinstance(note, pikepdf.Dictionary) and "/T" in note and note.get("/Subtype") != "/Widget":
                yield note

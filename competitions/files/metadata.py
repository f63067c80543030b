"""What a file says about people, and a copy that does not say it."""

from collections.abc import Callable
from pathlib import Path

from competitions.files.findings import Finding, tidy
from competitions.files.packages import clean_package, package_findings
from competitions.files.pdfs import clean_pdf, pdf_findings
from competitions.files.picture_metadata import clean_picture, picture_findings

PACKAGES = ("docx", "pptx", "xlsx", "hwpx")
PICTURES = ("png", "jpeg", "gif", "webp")


def metadata_of(path: str, kind: str) -> list[Finding]:
    """Return what the file says about people: [{"what": a name of findings.WHAT, "value": text}]."""
    return tidy(FIND[kind](path, kind))


def without_metadata(path: str, kind: str, out: str) -> None:
    """Write a copy to `out` in which `metadata_of` finds nothing."""
    CLEAN[kind](path, kind, out)


def _picture_findings(path: str, kind: str) -> list[Finding]:
    return picture_findings(Path(path).read_bytes(), kind)


def _clean_picture(path: str, kind: str, out: str) -> None:
    Path(out).write_bytes(clean_picture(Path(path).read_bytes(), kind))


def _nothing(_path: str, _kind: str) -> list[Finding]:
    return []


def _copy(path: str, _kind: str, out: str) -> None:
    Path(out).write_bytes(Path(path).read_bytes())


FIND: dict[str, Callable[[str, str], list[Finding]]] = {
    **dict.fromkeys(PACKAGES, package_findings),
    **dict.fromkeys(PICTURES, _picture_findings),
    "pdf": pdf_findings,
    "txt": _nothing,
}
CLEAN: dict[str, Callable[[str, str, str], None]] = {
    **dict.fromkeys(PACKAGES, clean_package),
    **dict.fromkeys(PICTURES, _clean_picture),
    "pdf": clean_pdf,
    "txt": _copy,
}

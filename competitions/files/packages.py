"""Metadata of documents that are zip archives of XML: docx, pptx, xlsx, hwpx, and of the pictures inside."""

import re
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lxml import etree

from competitions.files.findings import Finding, Rule, places, rules_of
from competitions.files.picture_metadata import clean_picture, picture_findings

PICTURE = re.compile(r"((word|ppt|xl)/media|BinData)/[^/]+\.(png|jpe?g|gif|webp)", re.IGNORECASE)
OWN_PROPERTIES = "docProps/custom.xml"
CLEANED = re.compile(r"Author \d+")
MARKS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}


class UnsafeXml(Exception):
    """A part declares a document type; no office program writes one."""


def parsed(data: bytes) -> Any:
    """Return the root of a part; entities, document types and the network are never used."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.doctype:
        raise UnsafeXml
    return root


def package_findings(path: str, _kind: str) -> list[Finding]:
    found: list[Finding] = []
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if rules_of(name):
                found += _part_findings(name, archive.read(name))
            elif PICTURE.fullmatch(name):
                found += _of_picture(archive.read(name))
    return found


def clean_package(path: str, _kind: str, out: str) -> None:
    """Write the archive again, entry by entry in its order, so that `mimetype` stays first and unpacked."""
    people: dict[str, str] = {}
    with ZipFile(path) as archive, ZipFile(out, "w") as cleaned:
        for entry in archive.infolist():
            data = archive.read(entry)
            if rules_of(entry.filename):
                data = _clean_part(entry.filename, data, people)
            elif PICTURE.fullmatch(entry.filename):
                data = _cleaned_picture(data)
            entry.extra, entry.comment = b"", b""
            cleaned.writestr(entry, data)


def _part_findings(name: str, data: bytes) -> list[Finding]:
    root = parsed(data)
    return [{"what": rule.what, "value": value} for rule, value, _put in _values(root, name)]


def _clean_part(name: str, data: bytes, people: dict[str, str]) -> bytes:
    root = parsed(data)
    if name == OWN_PROPERTIES:
        del root[:]  # an empty number would be no number
    for rule, value, put in list(_values(root, name)):
        put(people.setdefault(value, f"Author {len(people) + 1}") if rule.is_person else "")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _values(root: Any, name: str) -> Iterator[tuple[Rule, str, Any]]:
    """What is already cleaned is nothing to find."""
    for rule in rules_of(name):
        for value, put in places(root, rule):
            if value.strip() and not (rule.is_person and CLEANED.fullmatch(value)):
                yield rule, value, put


def _picture_kind(data: bytes) -> str:
    return next((kind for mark, kind in MARKS.items() if data.startswith(mark)), "")


def _of_picture(data: bytes) -> list[Finding]:
    try:
        return picture_findings(data, _picture_kind(data))
    except (ValueError, IndexError, KeyError, OSError):
        return []  # an odd picture says nothing we could read


def _cleaned_picture(data: bytes) -> bytes:
    try:
        return clean_picture(data, _picture_kind(data))
    except (ValueError, IndexError, KeyError, OSError):
        return data

"""Our own JSON book read back, every version checked against its hash."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from casebook.content import ContentRefused, clean_case, clean_prompt, content_sha256
from casebook.content.markers import N_
from casebook.exports.book import Book, Record, Version, WorkField
from casebook.exports.json_book import FORMAT, FORMAT_VERSION
from casebook.imports.json_file import parse_json
from casebook.imports.problems import BookRefused, Problem, Term
from casebook.imports.tables import read_bytes

MOST_BYTES = 500 * 1024 * 1024
_KINDS = {"prompt": Term(N_("Prompt")), "case": Term(N_("Case"))}
_CLEAN: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "prompt": clean_prompt,
    "case": clean_case,
}


def is_book(path: Path) -> bool:
    """Say whether the file claims to be our JSON book. Raises TableRefused when it cannot be opened."""
    raw = read_bytes(path, most=MOST_BYTES)
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and f'"{FORMAT}"'.encode() in raw


def read_book(path: Path) -> Book:
    """Return the book with cleaned contents.

    Raises TableRefused when the file is no JSON, BookRefused with every problem otherwise: a version whose
    hash is not that of its content, a content that breaks its shape, a record named twice.
    """
    value, _ = parse_json(read_bytes(path, most=MOST_BYTES))
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BookRefused([Problem(None, "", N_("The file is not a casebook exported from this system."))])
    if value.get("format_version") != FORMAT_VERSION:
        msgid = N_("The casebook has form %(found)s; this site reads form %(known)s. Update this site.")
        params = {"found": value.get("format_version"), "known": FORMAT_VERSION}
        raise BookRefused([Problem(None, "", msgid, params)])
    return _book(value)


def _book(value: Mapping[str, Any]) -> Book:
    found: list[Problem] = []
    try:
        fields = tuple(_work_field(each) for each in value.get("work_fields", ()))
        prompts = tuple(_record("prompt", each, found) for each in value.get("prompts", ()))
        cases = tuple(_record("case", each, found) for each in value.get("cases", ()))
        government = dict(value.get("government", {}))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msgid = N_("The casebook is damaged: a record lacks what it needs (%(reason)s).")
        raise BookRefused([*found, Problem(None, "", msgid, {"reason": str(error)[:200]})]) from error
    found += _repeated((*prompts, *cases))
    if found:
        raise BookRefused(found)
    return Book(government, fields, prompts, cases)


def _work_field(given: Mapping[str, Any]) -> WorkField:
    return WorkField(
        str(given["code"]),
        str(given["name"]),
        str(given.get("name_en") or ""),
        str(given.get("parent") or ""),
    )


def _record(kind: str, given: Mapping[str, Any], found: list[Problem]) -> Record:
    uid = str(given["uid"])
    versions = tuple(_version(kind, uid, each, found) for each in given["versions"])
    current = given.get("current_version")
    if current is not None and current not in [version.number for version in versions]:
        msgid = N_("%(kind)s %(uid)s shows version %(number)s, which is not in the file.")
        found.append(Problem(None, "", msgid, {"kind": _KINDS[kind], "uid": uid, "number": current}))
    return Record(
        kind=kind,
        uid=uid,
        external_id=str(given.get("external_id") or ""),
        slug=str(given.get("slug") or ""),
        state=str(given.get("state") or ""),
        versions=versions,
        current=current,
        url=str(given.get("url") or ""),
    )


def _version(kind: str, uid: str, given: Mapping[str, Any], found: list[Problem]) -> Version:
    number = int(given["number"])
    place = {"kind": _KINDS[kind], "uid": uid, "number": number}
    content = given["content"]
    stated = str(given["content_sha256"])
    try:
        cleaned = _CLEAN[kind](content)
    except ContentRefused as refusal:
        msgid = N_("%(kind)s %(uid)s, version %(number)s: %(reason)s")
        found += [Problem(None, "", msgid, {**place, "reason": each}) for each in refusal.problems]
        cleaned = content
    if content_sha256(content) != stated or cleaned != content:
        msgid = N_("%(kind)s %(uid)s, version %(number)s, was changed after export: its hash differs.")
        found.append(Problem(None, "", msgid, place))
    return Version(number, cleaned, stated, str(given.get("note") or ""), str(given.get("created_at") or ""))


def _repeated(records: tuple[Record, ...]) -> list[Problem]:
    msgid = N_("%(kind)s %(uid)s stands twice in the file.")
    keys = [(record.kind, record.uid) for record in records]
    seen: set[tuple[str, str]] = set()
    return [
        Problem(None, "", msgid, {"kind": _KINDS[kind], "uid": uid})
        for kind, uid in keys
        if (kind, uid) in seen or seen.add((kind, uid))  # type: ignore[func-returns-value]
    ]

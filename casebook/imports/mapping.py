"""Our field names set against a foreign file's headers: "title=act,user=prompt"."""

import unicodedata
from collections.abc import Mapping, Sequence

from casebook.content.markers import N_
from casebook.imports.columns import ALL_COLUMNS
from casebook.imports.problems import Problem, RecordsRefused


def parse_mapping(text: str) -> dict[str, str]:
    """Return ours -> theirs. Raises RecordsRefused when a part is not ours=theirs."""
    mapping: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        ours, equals, theirs = (side.strip() for side in part.partition("="))
        if not (ours and equals and theirs) or ours in mapping:
            msgid = N_("“%(part)s” does not map one field to one column. Write title=act,user=prompt.")
            raise RecordsRefused([Problem(None, "", msgid, {"part": part})])
        mapping[ours] = theirs
    return mapping


def columns_used(headers: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return {our column: header}. A mapped header serves only there. Raises RecordsRefused."""
    theirs = {ours: unicodedata.normalize("NFC", header) for ours, header in mapping.items()}
    problems = [*_unknown_fields(theirs), *_absent_columns(theirs, headers)]
    if problems:
        raise RecordsRefused(problems)
    own = {header: header for header in headers if header in ALL_COLUMNS and header not in theirs.values()}
    return {**own, **theirs}


def unused_columns(headers: Sequence[str], used: Mapping[str, str]) -> list[Problem]:
    msgid = N_("The column “%(name)s” is not known and was left out.")
    taken = set(used.values())
    return [Problem(None, "", msgid, {"name": header}) for header in headers if header not in taken]


def _unknown_fields(theirs: Mapping[str, str]) -> list[Problem]:
    msgid = N_("There is no field “%(name)s” to map to. The fields are: %(known)s.")
    known = ", ".join(ALL_COLUMNS)
    return [
        Problem(None, "", msgid, {"name": ours, "known": known}) for ours in theirs if ours not in ALL_COLUMNS
    ]


def _absent_columns(theirs: Mapping[str, str], headers: Sequence[str]) -> list[Problem]:
    msgid = N_("The file has no column “%(name)s”. Its columns are: %(known)s.")
    known = ", ".join(headers)
    return [
        Problem(None, "", msgid, {"name": header, "known": known})
        for header in theirs.values()
        if header not in headers
    ]

"""What a licence lets others do with a work (Korea Open Government Licence, KOGL)."""

from collections.abc import Mapping
from typing import Any

from casebook.content.markers import N_

NO_DERIVATIVES = frozenset({"KOGL-3", "KOGL-4"})
SOURCE_NAMED = frozenset({"KOGL-1", "KOGL-2", "KOGL-3", "KOGL-4"})
NO_COMMERCE = frozenset({"KOGL-2", "KOGL-4"})


def may_derive(licence: str) -> bool:
    """Whether a changed copy may be made at all. Without a licence it is up to who owns the work."""
    return licence not in NO_DERIVATIVES


def must_name_source(licence: str) -> bool:
    return licence in SOURCE_NAMED


def broken_terms(copy: Mapping[str, Any], original: Mapping[str, Any]) -> list[str]:
    """Return why a copy may not be published under the licence of its original, as sentences to translate."""
    problems = []
    licence = original["licence"]
    if not may_derive(licence):
        problems.append(N_("The original may not be changed and passed on (KOGL type 3 or 4)."))
    if must_name_source(licence) and not copy["attribution"].strip():
        problems.append(N_("Name the original under “Attribution”; its licence asks for it."))
    if licence in NO_COMMERCE and copy["licence"] not in NO_COMMERCE:
        problems.append(
            N_("The original is not for commercial use, so the copy keeps its licence: KOGL type 2.")
        )
    return problems

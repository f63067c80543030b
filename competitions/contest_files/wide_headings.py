"""Headings of a table of score sheets: our names of its columns, in Korean or English, by code or by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competitions.contest_files.numbers import folded

HEADINGS = {
    "round": ("round", "심사 단계", "심사단계", "단계", "심사"),
    "judge": ("judge", "심사위원", "심사위원 코드", "위원", "위원 코드"),
    "entry": ("entry", "접수번호", "응모작", "작품 코드", "작품코드", "코드"),
    "committee": ("comment", "comment_committee", "의견", "심사 의견", "심사의견", "심사평", "비고"),
    "entrant": ("comment_entrant", "응모자 의견", "응모자에게"),
}
# Columns of our own export, and those people add; they say nothing that is stored.
LEFT_OUT = frozenset({
    "track", "title", "state", "saved_at", "signed_at", "sha256", "total", "reachable", "부문", "작품명", "제목",
    "합계", "총점", "연번", "순번", "번호", "no", "no.",
})  # fmt: skip
CRITERION = "criterion:"
LONG = {"criterion", "points"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WideHeadings:
    """canonical: heading of the file -> our name of the column, "criterion:CODE" for points. unknown: left over."""

    canonical: Mapping[str, str]
    unknown: tuple[str, ...]

    @property
    def criteria(self) -> list[str]:
        """The codes of criteria that have a column, in order."""
        return [
            name.removeprefix(CRITERION) for name in self.canonical.values() if name.startswith(CRITERION)
        ]

    @property
    def is_wide(self) -> bool:
        """Say whether a table of these headings is plainly one of sheets."""
        return "entry" in self.canonical.values() and bool(self.criteria)


def wide_headings(headers: Sequence[str], *, criteria: Mapping[str, str]) -> WideHeadings:
    """Return what the headings mean. criteria: a criterion's code or name, folded -> its code."""
    ours = {heading: name for name, headings in HEADINGS.items() for heading in headings}
    canonical, unknown = {}, []
    names = {folded_heading(header) for header in headers}
    if names >= LONG:
        return WideHeadings(canonical={}, unknown=())
    for header in headers:
        name = folded_heading(header)
        if name in ours:
            canonical[header] = ours[name]
        elif name in criteria:
            canonical[header] = CRITERION + criteria[name]
        elif name and name not in LEFT_OUT:
            unknown.append(header)
    return WideHeadings(canonical=canonical, unknown=tuple(unknown))


def folded_heading(header: str) -> str:
    """Return a heading for comparison."""
    return " ".join(folded(header).casefold().split())

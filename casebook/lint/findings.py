"""What lint finds, kept untranslated so that this package needs no Django."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook.content.markers import N_
from casebook.content.problems import place_of
from casebook.lint.rules import RULES

Translate = Callable[[str], str]
BLOCKING, WARNING, HINT = SEVERITIES = ("blocking", "warning", "hint")
SEVERITY_LABELS = {
    BLOCKING: N_("Stops publication"),
    WARNING: N_("Warning"),
    HINT: N_("Hint"),
}


class Term(str):
    """A parameter that is itself an English sentence or word to translate."""


@dataclass(frozen=True)
class Fix:
    """One click that mends it: a label and an act of casebook.lint.fixes with what it needs to know."""

    act: str
    label: str
    needs: Mapping[str, Any] = field(default_factory=dict)
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Translate = str) -> str:
        return translate(self.label) % _shown(self.params, translate)


@dataclass(frozen=True)
class Finding:
    """One thing to mend. path as in Problem; start and end are offsets into that field's text, or None.

    The sentence never holds personal data, only its kind.
    """

    code: str
    path: str
    start: int | None = None
    end: int | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    fix: Fix | None = None

    @property
    def severity(self) -> str:
        return RULES[self.code].severity

    @property
    def msgid(self) -> str:
        return RULES[self.code].msgid

    @property
    def key(self) -> str:
        """The same as long as the text before it stays the same; a page names a finding by it."""
        where = self.params.get("blank") if self.start is None else self.start
        return ":".join(str(part) for part in (self.code, self.path, where) if part is not None)

    def text(self, translate: Translate = str) -> str:
        return translate(self.msgid) % {"field": self.place(translate), **_shown(self.params, translate)}

    def place(self, translate: Translate = str) -> str:
        return place_of(self.path, translate=translate)


def blocks(findings: Iterable[Finding]) -> bool:
    """True when anything found stops publication."""
    return any(finding.severity == BLOCKING for finding in findings)


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """Count by severity; every severity is there."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def with_key(findings: Iterable[Finding], key: str) -> Finding | None:
    return next((finding for finding in findings if finding.key == key), None)


def _shown(params: Mapping[str, object], translate: Translate) -> dict[str, object]:
    return {name: translate(value) if isinstance(value, Term) else value for name, value in params.items()}

"""What is wrong with a prompt, with place, reason and one-click fix. Pure; docs/lint.md lists every finding.

Blocking findings stop publication, never saving.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from accounts import privacy
from casebook.lint.complete import find_gaps, find_length
from casebook.lint.described import find_described
from casebook.lint.fields import texts_of
from casebook.lint.findings import (
    SEVERITIES,
    SEVERITY_LABELS,
    Finding,
    Fix,
    blocks,
    summary,
    with_key,
)
from casebook.lint.fixes import apply_fix
from casebook.lint.links import find_links, whole_of
from casebook.lint.look_alikes import find_look_alikes
from casebook.lint.safety import Detect, find_disagreement, find_personal_data
from casebook.lint.signs import find_signs
from casebook.lint.spelling import find_foreign_blanks, find_spelling, undeclared
from casebook.parts import Link

__all__ = [
    "SEVERITIES",
    "SEVERITY_LABELS",
    "Finding",
    "Fix",
    "apply_fix",
    "blocks",
    "lint",
    "summary",
    "with_key",
]

Content = Mapping[str, Any]
MOST_LOOKED_AT = 2_000_000  # characters of messages; beyond, only their length is found
MOST_OF_ONE_CODE = 1_000


def lint(
    content: Content,
    *,
    uid: str = "",
    known: Mapping[Link, Content] | None = None,
    newer: Mapping[str, int] | None = None,
    detect: Detect = privacy.find,
) -> list[Finding]:
    """Return the findings, blocking ones first, otherwise in the order of the fields looked at.

    content: a cleaned draft (clean_prompt(..., draft=True)); uid: of the prompt itself, to see it include itself.
    known: contents of all parts and steps reachable by (uid, version); None leaves out whether they exist.
    newer: the newest published version by uid.
    """
    length = sum(len(message["content"]) for message in content["messages"])
    if length > MOST_LOOKED_AT:
        return list(find_length(length))
    found = _all(content, uid, known, newer or {}, detect)
    return sorted(_capped(found), key=lambda finding: SEVERITIES.index(finding.severity))


def _all(
    content: Content,
    uid: str,
    known: Mapping[Link, Content] | None,
    newer: Mapping[str, int],
    detect: Detect,
) -> Iterator[Finding]:
    whole = whole_of(content, known or {})
    yield from find_gaps(content, whole.length)
    yield from find_spelling(content, whole)
    yield from (undeclared(key, "parts", None, None) for key in whole.loose)
    yield from find_foreign_blanks(content)
    yield from find_described(content)
    yield from find_look_alikes(content, whole.used_elsewhere)
    yield from find_links(content, uid=uid, known=known, newer=newer, whole=whole)
    yield from find_disagreement(content, known or {})
    yield from find_personal_data(content, detect)
    for path, text in texts_of(content):
        yield from find_signs(text, path)


def _capped(found: Iterator[Finding]) -> Iterator[Finding]:
    """A thousand of one kind say enough."""
    counts: Counter[str] = Counter()
    for finding in found:
        counts[finding.code] += 1
        if counts[finding.code] <= MOST_OF_ONE_CODE:
            yield finding

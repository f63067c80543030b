"""Finds who entered in texts: names, teams, offices, addresses, numbers and links that say it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import unquote

from accounts.privacy import find
from accounts.privacy.folding import Folded, fold
from competitions.redacting.addresses import (
    EXTENSION,
    PERSONAL,
    URL,
    address_patterns,
    number_patterns,
    word_patterns,
)
from competitions.redacting.boundaries import begins_word
from competitions.redacting.copies import texts_of
from competitions.redacting.names import name_patterns
from competitions.redacting.offices import office_patterns, team_patterns
from competitions.redacting.patterns import Pattern
from competitions.redacting.records import Mention, People

PRIVATE = {"email": "email", "phone": "phone"}  # kinds of accounts.privacy


def mentions(content: Mapping[str, Any], people: People) -> list[Mention]:
    """Return every place of the content that says who entered, by place and then in the order of the text."""
    finder = Finder(people)
    return [found for place, text in texts_of(content).items() for found in finder.find(text, place=place)]


class Finder:
    """The patterns of one entry's people, made once for all of its texts."""

    def __init__(self, people: People) -> None:
        self.patterns = [
            (each.what, _compiled(each.body), each.is_word) for each in dict.fromkeys(_patterns(people))
        ]

    def find(self, text: str, *, place: str = "") -> list[Mention]:
        if not text.strip():
            return []
        folded = fold(text)
        spans = [(what, *folded.span(start, end)) for what, start, end in self._known(folded)]
        spans += [(PRIVATE[each.kind], each.start, each.end) for each in find(text) if each.kind in PRIVATE]
        return [Mention(place, what, text[start:end], start, end) for what, start, end in _joined(spans)]

    def _known(self, folded: Folded) -> Iterator[tuple[str, int, int]]:
        yield from self._matches(folded.text)
        for match in _link.finditer(folded.text):
            if _personal.match(match[0]) or any(self._matches(_readable(match[0]))):
                yield "link", match.start(), match.end()

    def _matches(self, text: str) -> Iterator[tuple[str, int, int]]:
        for what, pattern, is_word in self.patterns:
            for match in pattern.finditer(text):
                if match.end() > match.start() and (not is_word or begins_word(text, match.start())):
                    yield what, match.start(), match.end()


def _patterns(people: People) -> Iterator[Pattern]:
    groups: tuple[tuple[Iterable[str], Callable[[str], Iterable[Pattern]]], ...] = (
        (people.names, name_patterns),
        (people.teams, lambda name: team_patterns(name, "team")),
        (people.offices, office_patterns),
        (people.groups, lambda name: team_patterns(name, "group")),
        (people.emails, address_patterns),
        (people.numbers, number_patterns),
        (people.words, word_patterns),
    )
    found = (make(_one_form(value)) for values, make in groups for value in values if value)
    return chain(chain.from_iterable(found), [EXTENSION])


def _one_form(value: str) -> str:
    return unicodedata.normalize("NFC", value).strip()


@lru_cache(maxsize=5_000)
def _compiled(body: str) -> re.Pattern[str]:
    return re.compile(body, re.IGNORECASE)


def _readable(address: str) -> str:
    return unicodedata.normalize("NFC", unquote(address))


def _joined(spans: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Spans that overlap become one, named after the longest of them."""
    found: list[tuple[str, int, int]] = []
    longest = 0
    for what, start, end in sorted(spans, key=lambda span: (span[1], -span[2])):
        if not found or start >= found[-1][2]:
            found.append((what, start, end))
            longest = end - start
            continue
        kept = found[-1]
        name = what if end - start > longest else kept[0]
        longest = max(longest, end - start)
        found[-1] = (name, kept[1], max(kept[2], end))
    return found


_link = re.compile(f"{PERSONAL}|{URL}", re.IGNORECASE)
_personal = re.compile(PERSONAL, re.IGNORECASE)

"""Patterns for e-mail addresses, numbers and web addresses that say who somebody is."""

import re
from collections.abc import Iterator

from competitions.redacting.patterns import Pattern

SHORTEST = 4
SHORTEST_HANDLE = 5
COMMON = frozenset(
    {"admin", "contact", "example", "hello", "manager", "master", "office", "people", "prompt", "staff"}
)
EXTENSION = Pattern(
    "phone",
    r"(?:내선|구내|행정전화|행정망|교환|☎)[ ]?(?:번호|전화)?[ :.]{0,3}[0-9]{3,5}(?:-[0-9]{3,4})?(?![0-9])",
    is_word=False,
)
# Pages of one person.
HOSTS = (
    r"github\.com/|gist\.github\.com/|[a-z0-9-]+\.github\.io|gitlab\.com/|blog\.naver\.com/|cafe\.naver\.com/"
    r"|[a-z0-9-]+\.tistory\.com|velog\.io/@|brunch\.co\.kr/@|medium\.com/@|(?:[a-z]+\.)?linkedin\.com/in/|instagram\.com/"
    r"|facebook\.com/|(?:x|twitter)\.com/|threads\.net/@|youtube\.com/(?:@|c/|user/|channel/)|linktr\.ee/|[a-z0-9-]+\.notion\.site"
    r"|open\.kakao\.com/|pf\.kakao\.com/|t\.me/|about\.me/|keybase\.io/|huggingface\.co/(?!spaces/|datasets/|docs)"
)
URL = r"(?:https?://|www\.)[^\s<>\"'”’」)\]]+"
PERSONAL = rf"(?:https?://)?(?:www\.|m\.)?(?:{HOSTS})[^\s<>\"'”’」)\]]*"


def address_patterns(email: str) -> Iterator[Pattern]:
    """A known address, and its part before the @ as a name of its own where it is long enough to be one."""
    email = email.strip()
    if "@" not in email:
        return
    yield Pattern("email", re.escape(email), is_word=False)
    handle = email.split("@")[0].split("+")[0]
    if len(handle) >= SHORTEST_HANDLE and handle.lower() not in COMMON:
        yield Pattern("email", f"(?<![A-Za-z0-9]){re.escape(handle)}(?![A-Za-z0-9])", is_word=False)


def number_patterns(number: str) -> Iterator[Pattern]:
    """An employee number, with or without hyphens and spaces."""
    signs = [sign for sign in number if sign.isalnum()]
    if len(signs) >= SHORTEST:
        yield Pattern("number", rf"(?<![A-Za-z0-9]){'[ -]?'.join(signs)}(?![A-Za-z0-9])", is_word=False)


def word_patterns(word: str) -> Iterator[Pattern]:
    """What the organiser added: wherever it stands, with any number of spaces for each of its own."""
    parts = [re.escape(part) for part in word.split()]
    if parts:
        yield Pattern("word", r"\s*".join(parts), is_word=False)

"""Patterns for the names of people."""

import re
from collections.abc import Iterator

from competitions.redacting.boundaries import (
    BEFORE_TITLE,
    END,
    LATIN_BEGIN,
    LATIN_END,
    OFFICES,
    PARTICLES,
)
from competitions.redacting.patterns import Pattern
from competitions.redacting.romanised import is_hangul, romanised

TWO = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방")  # surnames of two syllables
# "이 팀장" is this team leader, "전 과장" a former one: with a space they are words.
WORDS_TOO = "이전한현각총부"
GAP = r"[\s.·_\-]{0,2}"
HIDDEN = "[○OoＯ0*Xx×△]"


def name_patterns(name: str) -> Iterator[Pattern]:
    """One person's name: in full, hidden in part, surname or given name before a title, and in Latin letters."""
    name = " ".join(name.split())
    plain = name.replace(" ", "")
    if is_hangul(plain) and 2 <= len(plain) <= 6:
        yield from _korean(plain)
    else:
        yield from _foreign(name)


def parts_of(name: str) -> list[tuple[str, str]]:
    """[(surname, given name)] of a Korean name: 황보람 may be 황 보람 or 황보 람."""
    is_long = len(name) > 2 and name.startswith(TWO)
    sizes = [2] if is_long and len(name) > 3 else [1, 2] if is_long else [1]
    return [(name[:size], name[size:]) for size in sizes]


def _korean(name: str) -> Iterator[Pattern]:
    gap = "" if len(name) == 2 and name[0] in WORDS_TOO else GAP
    yield Pattern("name", gap.join(name) + END)
    for surname, given in parts_of(name):
        yield from _in_part(surname, given)


def _in_part(surname: str, given: str) -> Iterator[Pattern]:
    yield Pattern("name", f"{LATIN_BEGIN}{romanised(surname, given)}{LATIN_END}", is_word=False)
    yield Pattern("name", f"{surname}(?:{HIDDEN}{{1,3}}{given[-1]}?{END}|모(?= ?씨))")
    yield Pattern("name", surname + _before_office(surname))
    if len(given) >= 2:
        yield Pattern("name", given + BEFORE_TITLE)
        yield Pattern("name", f"[\u4e00-\u9fff]{{1,2}}[ ]?{given}{END}")


def _before_office(surname: str) -> str:
    """김 주무관, 김주무관, 김 씨."""
    gap = "" if surname in WORDS_TOO else "[ ]?"
    return f"(?={gap}(?:{OFFICES}|씨)(?:님)?(?:{PARTICLES})?(?![가-힣]))"


def _foreign(name: str) -> Iterator[Pattern]:
    """A name in Latin or other letters: in any case, in both orders, with or without a hyphen."""
    words = [re.escape(word) for word in re.split(r"[\s,._-]+", name) if word]
    if len("".join(words)) < 3:
        return
    gap = "[ ,._-]{0,2}"
    orders = {gap.join(words), gap.join([*words[1:], words[0]]), gap.join([words[-1], *words[:-1]])}
    yield Pattern("name", f"{LATIN_BEGIN}(?:{'|'.join(sorted(orders))}){LATIN_END}", is_word=False)

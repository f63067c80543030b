"""Names of other tools made ours: keys of blanks, short commands, file names."""

import re
import unicodedata
from collections.abc import Collection

from casebook.content.links import COMMAND
from casebook.content.markers import N_
from casebook.content.variables import BLANK_KEY
from casebook.imports.problems import Problem

MOST_KEYS = 2_000  # more than a prompt may have; it is refused for that
_LONGEST_KEY = 100
_NOT_IN_KEY = re.compile(r"[^가-힣A-Za-z0-9_]+")
_NOT_IN_COMMAND = re.compile(r"[^a-z0-9]+")
_NOT_IN_FILE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|%#${}\s]+')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)


class Keys:
    """Keys given to the blank names of one prompt, each name once and always the same."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._taken: set[str] = set()

    def key(self, name: str) -> str:
        """Return the key for a name, making one when the name cannot be a key here."""
        name = unicodedata.normalize("NFC", name).strip()
        if name not in self._keys:
            if len(self._keys) > MOST_KEYS:
                return _fitting(name)
            self._keys[name] = _unused(_fitting(name), self._taken)
            self._taken.add(self._keys[name])
        return self._keys[name]

    def known(self, name: str) -> str | None:
        return self._keys.get(unicodedata.normalize("NFC", name).strip())

    def notices(self) -> list[Problem]:
        """Say which names were changed."""
        msgid = N_("The blank “%(name)s” is called “%(key)s” here.")
        changed = [(name, key) for name, key in self._keys.items() if name != key]
        return [Problem(None, "", msgid, {"name": name[:100], "key": key}) for name, key in changed]


def command_of(name: str) -> str:
    """Return the name as a short command, or '' when it is none."""
    command = name.strip().removeprefix("/").strip()
    return command if COMMAND.fullmatch(command) and len(command) <= 60 else ""


def command_from(text: str) -> str:
    """Make a short command from any text; '' when it has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_COMMAND.sub("-", plain).strip("-")[:50].strip("-")


def file_stem(title: str, taken: Collection[str] = ()) -> str:
    """Return a file name without ending that every system can store; other than those taken (casefolded)."""
    seen = "".join("-" if unicodedata.category(sign)[0] in "CZ" else sign for sign in title)
    stem = _NOT_IN_FILE.sub("-", re.sub("-+", "-", unicodedata.normalize("NFC", seen))).strip("-. ")
    while len(stem.encode()) > 150:
        stem = stem[:-1]
    stem = stem.strip("-. ")
    if not stem or stem.casefold().partition(".")[0] in _RESERVED:
        stem = f"prompt-{stem}".rstrip("-")
    return _unused(stem, taken, joined="-", fold=True)


def _fitting(name: str) -> str:
    if BLANK_KEY.fullmatch(name) and len(name) <= _LONGEST_KEY:
        return name
    letters = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    key = (
        _NOT_IN_KEY.sub("_", unicodedata.normalize("NFC", letters)).strip("_")[: _LONGEST_KEY - 10].strip("_")
    )
    if not key:
        return "blank"
    return key if BLANK_KEY.fullmatch(key) else f"_{key}"


def _unused(name: str, taken: Collection[str], *, joined: str = "_", fold: bool = False) -> str:
    def is_free(candidate: str) -> bool:
        return (candidate.casefold() if fold else candidate) not in taken

    number = 1
    candidate = name
    while not is_free(candidate):
        number += 1
        candidate = f"{name}{joined}{number}"
    return candidate

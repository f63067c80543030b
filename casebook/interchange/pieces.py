"""A message of another tool cut into plain text and blanks, whatever signs that tool uses for them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casebook.blanks import blanks_in, split_text
from casebook.content.markers import N_
from casebook.content.text import normal_text
from casebook.imports.problems import Problem
from casebook.interchange.names import Keys


@dataclass(frozen=True)
class Blank:
    """A place for a value, under the name it has over there."""

    name: str


Piece = str | Blank
MOST_REASONS = 10
MOST_NOTICES = 20


class Template:
    """Collects what a template language does beyond blanks: reasons to refuse, remarks to make."""

    def __init__(self, first_line: int | None = None) -> None:
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def refuse(self, text: str, place: int, msgid: str, **params: object) -> None:
        """Note why the construct at this place of the text cannot come in."""
        if len(self.problems) < MOST_REASONS:
            self.problems.append(Problem(self._line(text, place), "", msgid, params))

    def note(self, text: str, place: int, msgid: str, **params: object) -> None:
        if len(self.notices) < MOST_NOTICES:
            self.notices.append(Problem(self._line(text, place), "", msgid, params))

    def _line(self, text: str, place: int) -> int | None:
        return None if self.first_line is None else self.first_line + text.count("\n", 0, place)


Reader = Callable[[str, Template], Sequence[Piece]]


def our_text(pieces: Iterable[Piece], keys: Keys, notices: list[Problem]) -> str:
    """Write pieces with our blanks. Plain text that looks like a blank here becomes one, and is noted."""
    parts: list[str] = []
    meant: set[str] = set()
    for piece in pieces:
        if isinstance(piece, Blank):
            key = keys.key(piece.name)
            meant.add(key)
            parts.append("{{" + key + "}}")
        else:
            parts.append(piece)
    text = normal_text("".join(parts))
    for key in blanks_in([{"content": text}]):
        if key not in meant:
            msgid = N_("“{{%(name)s}}” was plain text there and is a blank here.")
            notices.append(Problem(None, "", msgid, {"name": key}))
            keys.key(key)
    return text


def written(text: str, blank: Callable[[str], str], plain: Callable[[str, bool], str]) -> str:
    """Write our text in another language.

    blank: how a blank is written there. plain: how words are; its second argument says whether a blank follows.
    """
    pieces = split_text(text)
    last = len(pieces) - 1
    return "".join(
        blank(piece) if kind == "blank" else plain(piece, index < last)
        for index, (kind, piece) in enumerate(pieces)
    )


def shortened(construct: str) -> str:
    """A construct as it is shown in a reason: one line, not long."""
    line = " ".join(construct.split())
    return line if len(line) <= 60 else line[:57] + "…"

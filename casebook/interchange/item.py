"""What comes out of a file and what goes into one: prompts with their tests, remarks and refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made
from typing import Any, Protocol

from casebook.imports.problems import ImportRefused, Problem, Translate

Content = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """Where an item stood: format, file (or member of a zip), place in a list from 1, its name over there."""

    format: str
    file: str = ""
    number: int = 1
    external_id: str = ""
    note: str = ""


@dataclass(frozen=True)
class Item:
    """One prompt, cleaned. notices say what was left out or changed on the way in; nothing is silent."""

    name: str
    content: Content
    tests: tuple[dict[str, Any], ...] = ()
    notices: tuple[Problem, ...] = ()
    source: Source = Source("")


@dataclass(frozen=True)
class Refused:
    """One prompt of a file that cannot come in, with every reason found."""

    name: str
    problems: tuple[Problem, ...]
    source: Source = Source("")


Result = Item | Refused


@dataclass(frozen=True)
class Loss:
    """One field of one item that the file does not hold as it is here. field "" means the whole item."""

    item: str
    field: str
    msgid: str
    params: Mapping[str, object] = made(default_factory=dict)

    def text(self, translate: Translate = str) -> str:
        return Problem(None, "", self.msgid, self.params, self.field).text(translate)


@dataclass(frozen=True)
class Written:
    """A file for another tool.

    losses: what is not in the file. carried: fields that are, but where only this site looks for them.
    """

    data: bytes
    losses: tuple[Loss, ...] = ()
    carried: tuple[Loss, ...] = ()


class Unrecognised(ImportRefused):
    """The file as a whole is no prompt file that can be read; `problems` holds the reason."""


class Module(Protocol):
    """A format: bytes to results, items to bytes. kept: what to carry along beside each item (kept.py)."""

    def read(self, data: bytes, name: str) -> list[Result]: ...

    def write(self, items: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes: ...


def unrecognised(msgid: str, *, line: int | None = None, **params: object) -> Unrecognised:
    return Unrecognised([Problem(line, "", msgid, params)])


def refused(name: str, source: Source, msgid: str, *, line: int | None = None, **params: object) -> Refused:
    return Refused(name, (Problem(line, "", msgid, params),), source)


def from_file(result: Result, file: str) -> Result:
    """The same result, saying that it came from this file."""
    return replace(result, source=replace(result.source, file=file))

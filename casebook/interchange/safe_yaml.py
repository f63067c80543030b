"""YAML of strangers, read with bounds: no tags, no bombs, no repeated names, words stay words.

Values are text, True, False, None, lists and dicts. Numbers stay as they are written (class Plain): a version
"1.10" must not become 1.1. Dates, times and yes/no stay text as well; true and false are the only flags.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from casebook.content.markers import N_
from casebook.imports.problems import Problem

MOST_CHARACTERS = 5 * 1024 * 1024
MOST_DEPTH = 50
MOST_NODES = 200_000  # aliases count as often as they stand for
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_CORE = "tag:yaml.org,2002:"
_TAGS = frozenset({f"{_CORE}{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")})


class Plain(str):
    """A number, as it is written."""

    __slots__ = ()


class YamlRefused(ValueError):
    """`problem` names the line and the reason."""

    def __init__(self, line: int | None, msgid: str, **params: object) -> None:
        self.problem = Problem(line, "", msgid, params)
        super().__init__(self.problem.text())


def load(text: str, *, first_line: int = 1) -> Any:
    """Return the one document of the text, or None when it is empty.

    first_line: number of the text's first line in its file. Raises YamlRefused.
    """
    if len(text) > MOST_CHARACTERS:
        raise YamlRefused(None, N_("The YAML is longer than %(most)s signs."), most=MOST_CHARACTERS)
    try:
        return _Builder(text, first_line).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + mark.line if mark else None
        if mark and _indented_by_tab(text, mark.line):
            raise YamlRefused(line, N_("The line begins with a tab. YAML wants spaces.")) from error
        reason = _ascii(error.problem or error.context or "")
        raise YamlRefused(line, N_("This is not valid YAML: %(reason)s."), reason=reason) from error
    except yaml.YAMLError as error:
        reason = _ascii(str(error).splitlines()[0])
        raise YamlRefused(None, N_("This is not valid YAML: %(reason)s."), reason=reason) from error


class _Builder:
    """Builds values from the parser's events; counts what aliases stand for before they are used."""

    def __init__(self, text: str, first_line: int) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.first_line = first_line
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.nodes = 0

    def document(self) -> Any:
        value = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse(event, N_("A second YAML document begins here; one is expected."))
                value = self._value(next(self.events), 1)
        return value

    def _value(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if depth > MOST_DEPTH:
            raise self._refuse(event, N_("The YAML nests more than %(most)s levels deep."), most=MOST_DEPTH)
        if event.tag and event.tag not in _TAGS and event.tag != "!":
            raise self._refuse(
                event, N_("The tag “%(tag)s” is not allowed."), tag=event.tag.replace(_CORE, "!!")[:60]
            )
        before = self.nodes
        self._count(1, event)
        value = self._built(event, depth)
        if event.anchor:
            self.anchors[event.anchor] = (value, self.nodes - before)
        return value

    def _built(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._sequence(depth))
        return self._mapping(depth)

    def _sequence(self, depth: int) -> Iterator[Any]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self._value(event, depth + 1)

    def _mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            if isinstance(key, dict | list):
                raise self._refuse(event, N_("A name must be text, not a list or a group."))
            name = "" if key is None else _word(key)
            value = self._value(next(self.events), depth + 1)
            if name == "<<" and getattr(event, "style", "") != '"':
                merged = {**_merged(value), **merged}
            elif name in found:
                raise self._refuse(event, N_("The name “%(name)s” stands twice."), name=name[:60])
            else:
                found[name] = value
        return {**merged, **found}

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            raise self._refuse(event, N_("“%(name)s” refers to nothing above it."), name=f"*{event.anchor}")
        value, nodes = self.anchors[event.anchor]
        self._count(nodes, event)
        return value

    def _count(self, nodes: int, event: Any) -> None:
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            raise self._refuse(event, N_("The YAML unfolds to more than %(most)s values."), most=MOST_NODES)

    def _refuse(self, event: Any, msgid: str, **params: object) -> YamlRefused:
        return YamlRefused(self.first_line + event.start_mark.line, msgid, **params)


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.tag == f"{_CORE}str" or event.tag == "!" or not event.implicit[0]:
        return text
    if text in _FLAGS:
        return _FLAGS[text]
    if text in _NULLS:
        return None
    return Plain(text) if _NUMBER.fullmatch(text) else text


def _word(key: Any) -> str:
    return ("true" if key else "false") if isinstance(key, bool) else str(key)


def _merged(value: Any) -> dict[str, Any]:
    parts = value if isinstance(value, list) else [value]
    merged: dict[str, Any] = {}
    for part in reversed(parts):
        merged |= part if isinstance(part, dict) else {}
    return merged


def _indented_by_tab(text: str, number: int) -> bool:
    lines = text.split("\n", number + 1)
    return len(lines) > number and re.match(r" *\t", lines[number]) is not None


def _ascii(text: str) -> str:
    return " ".join(text.split())[:200]

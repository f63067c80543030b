"""One block of keys of a YAML file: its keys, its lines, and what is wrong with them."""

from collections.abc import Sequence

import yaml

from competitions.contest_files.errors import FileProblem, gettext_noop, shown
from competitions.contest_files.words import (
    LIKENESSES,
    LONGEST_CODE,
    close_match,
)

NULL_TAG = "tag:yaml.org,2002:null"


class Block:
    """A block of keys. Faults go to problems; a faulty value reads as empty, 1 or None."""

    broken = False

    def __init__(
        self, node: yaml.Node, *, path: str, keys: Sequence[str], problems: list[FileProblem]
    ) -> None:
        self.path = path
        self.problems = problems
        self.line = node.start_mark.line + 1
        self.values: dict[str, yaml.Node] = {}
        if isinstance(node, yaml.MappingNode):
            self.read_keys(node, keys=keys)
            return
        self.broken = True
        self.refuse(
            None,
            gettext_noop("Keys are expected here, such as “{example}”. The allowed keys are: {allowed}."),
            example=f"{keys[0]}: …",
            allowed=", ".join(keys),
        )

    def read_keys(self, node: yaml.MappingNode, *, keys: Sequence[str]) -> None:
        """Take each known key once; refuse unknown and repeated ones."""
        lines: dict[str, int] = {}
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "…"
            if key in lines:
                self.refuse_at(
                    line,
                    shown(key),
                    gettext_noop("This key already stands on line {first_line}. Keep one of the two."),
                    first_line=lines[key],
                )
                continue
            lines[key] = line
            if key in keys:
                self.values[key] = value
            else:
                self.refuse_unknown(line, key, keys=keys)

    def refuse_unknown(self, line: int, key: str, *, keys: Sequence[str]) -> None:
        """Collect an unknown key with the keys allowed here."""
        self.problems.append(
            FileProblem(
                line,
                self.place(shown(key)),
                gettext_noop("This key is not known. The allowed keys are: {allowed}."),
                {"allowed": ", ".join(keys)},
                self.likeness(key, known=keys),
            )
        )

    def likeness(self, word: str, *, known: Sequence[str]) -> str | None:
        """Return the known word most like this one, for a file's first faults only."""
        if len(self.problems) >= LIKENESSES:
            return None
        return close_match(word[:LONGEST_CODE], known=known)

    def place(self, key: str | None) -> str | None:
        """Return the key path, such as rounds[1].weight."""
        if key is None:
            return self.path or None
        return f"{self.path}.{key}" if self.path else key

    def line_of(self, key: str | None) -> int:
        """Return the line of a key's value, or of the block when the key is not there."""
        node = self.values.get(key) if key else None
        return node.start_mark.line + 1 if node is not None else self.line

    def refuse(self, key: str | None, message_id: str, **params: object) -> None:
        """Collect a fault of a key's value (None: of the block)."""
        self.refuse_at(self.line_of(key), key, message_id, **params)

    def refuse_at(self, line: int, key: str | None, message_id: str, **params: object) -> None:
        """Collect a fault at a line."""
        self.problems.append(FileProblem(line, self.place(key), message_id, params))

    def raw(self, key: str, *, required: bool) -> str | None:
        """Return the text of a value exactly as written; None when missing, empty or faulty."""
        node = self.values.get(key)
        if node is not None and not isinstance(node, yaml.ScalarNode):
            self.refuse(key, gettext_noop("One value is expected here, not a list or further keys."))
            return None
        written = "" if node is None or node.tag == NULL_TAG else str(node.value)
        if written.strip():
            return written
        if required and not self.broken:
            self.refuse(key, gettext_noop("A value is missing here. This key is required."))
        return None

    def marks(self, key: str) -> tuple[yaml.Mark | None, yaml.Mark | None]:
        """Return the marks of a key's value, if it stands in the file."""
        node = self.values.get(key)
        return (node.start_mark, node.end_mark) if node is not None else (None, None)

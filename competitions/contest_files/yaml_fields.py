"""A block of keys of a call: limits, lists of words, references to tracks, and days that count to their end."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Self

import yaml

from competitions.contest_files.errors import FileProblem, gettext_noop, shown
from competitions.contest_files.numbers import plain_decimal, signed_decimal, whole_number
from competitions.contest_files.words import LONGEST_TITLE, close_match, has_control_characters, one_line
from competitions.contest_files.yaml_block import NULL_TAG
from competitions.contest_files.yaml_section import Section


class Fields(Section):
    """A block whose keys may all be missing; what is missing has the default of its record."""

    def block(self, key: str, *, keys: Sequence[str]) -> Self:
        """Return the block below a key; an empty one when the key is missing."""
        node = self.values.get(key)
        if node is None or node.tag == NULL_TAG:
            node = yaml.MappingNode("", [], yaml.Mark("", 0, self.line_of(key) - 1, 0, "", 0))
        return type(self)(node, path=self.place(key) or "", keys=keys, problems=self.problems)

    def has(self, key: str) -> bool:
        """Say whether a key stands in the block with a value."""
        node = self.values.get(key)
        return node is not None and node.tag != NULL_TAG

    def whole(self, key: str, *, default: int, least: int = 0, most: int = 999_999) -> int:
        """Return a whole number between two limits; the default when the key is missing."""
        number = self.whole_or_none(key, least=least, most=most)
        return default if number is None else number

    def whole_or_none(self, key: str, *, least: int = 0, most: int = 999_999) -> int | None:
        """Return a whole number between two limits; None when the key is missing or faulty."""
        written = self.raw(key, required=False)
        if written is None:
            return None
        number = whole_number(written)
        if number is None or not least <= number <= most:
            self.refuse(
                key,
                gettext_noop("“{value}” is not a whole number from {least} to {most}."),
                value=shown(written),
                least=least,
                most=most,
            )
            return None
        return number

    def number(self, key: str) -> Decimal | None:
        """Return a number of any sign, exactly; None when the key is missing or faulty."""
        written = self.raw(key, required=False)
        number = signed_decimal(written) if written is not None else None
        if written is not None and number is None:
            self.refuse(
                key,
                gettext_noop("“{value}” is not a number. Write digits such as 40, 2.5 or -3."),
                value=shown(written),
            )
        return number

    def amount(self, key: str, *, required: bool = False) -> Decimal | None:
        """Return a number of zero or more, exactly; None when missing or faulty."""
        written = self.raw(key, required=required)
        number = plain_decimal(written) if written is not None else None
        if written is not None and number is None:
            self.refuse(
                key,
                gettext_noop("“{value}” is not a number of zero or more. Write digits such as 40 or 2.5."),
                value=shown(written),
            )
        return number

    def words(
        self, key: str, *, allowed: Collection[str] = (), longest: int = LONGEST_TITLE
    ) -> tuple[str, ...]:
        """Return the words of a list, each once; allowed: the only ones taken, none = any."""
        node = self.values.get(key)
        if node is None or node.tag == NULL_TAG:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(key, gettext_noop("A list is expected here. Write it like [first, second]."))
            return ()
        found: list[str] = []
        for number, item in enumerate(node.value, start=1):
            word = self.word(f"{key}[{number}]", item, allowed=allowed, longest=longest)
            if word and word in found:
                self.refuse_word(f"{key}[{number}]", item, gettext_noop("“{value}” stands twice."), word)
            elif word:
                found.append(word)
        return tuple(found)

    def word(self, place: str, node: yaml.Node, *, allowed: Collection[str], longest: int) -> str:
        """Return one word of a list; "" when it is faulty."""
        if not isinstance(node, yaml.ScalarNode) or node.tag == NULL_TAG or not node.value.strip():
            self.refuse_word(place, node, gettext_noop("A single value is expected here."))
            return ""
        word = one_line(node.value)
        if has_control_characters(word) or len(word) > longest:
            self.refuse_word(
                place, node, gettext_noop("“{value}” is too long or holds control characters."), word
            )
            return ""
        if allowed and word not in allowed:
            self.refuse_unknown_word(self.line_of_node(node), place, word, allowed=allowed)
            return ""
        return word

    def refuse_word(self, place: str, node: yaml.Node, message_id: str, word: str = "") -> None:
        """Collect a fault of one word of a list."""
        self.refuse_at(self.line_of_node(node), place, message_id, **({"value": shown(word)} if word else {}))

    def refuse_unknown_word(self, line: int, place: str, word: str, *, allowed: Collection[str]) -> None:
        """Collect a word that is none of those known, with the one it looks like."""
        self.problems.append(
            FileProblem(
                line,
                self.place(place),
                gettext_noop("“{value}” is not known here. Use one of: {allowed}."),
                {"value": shown(word), "allowed": ", ".join(allowed)},
                close_match(word, known=allowed),
            )
        )

    def line_of_node(self, node: yaml.Node) -> int:
        """Return the line of a node."""
        return node.start_mark.line + 1

    def track(self, key: str, *, tracks: Collection[str]) -> str:
        """Return the code of a track of the file; "" when missing or unknown."""
        code = self.title(key, required=False)
        if code and code not in tracks:
            self.refuse_unknown_word(self.line_of(key), key, code, allowed=tracks)
            return ""
        return code

    def end(self, key: str, *, notices: list[FileProblem], required: bool = False) -> datetime | None:
        """Return an instant at which something ends; a day without a time means the end of that day."""
        moment = self.moment(key, required=required)
        if moment is None or moment.has_time:
            return moment.at if moment else None
        notices.append(
            FileProblem(
                self.line_of(key),
                self.place(key),
                gettext_noop("No time is given, so the end of that day (24:00) is meant."),
            )
        )
        return moment.at + timedelta(days=1)

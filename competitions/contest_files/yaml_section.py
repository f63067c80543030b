"""One block of keys of a YAML file, read key by key, every fault collected."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Self

import yaml

from competitions.contest_files.errors import FileProblem, gettext_noop, shown
from competitions.contest_files.moments import Moment, read_moment
from competitions.contest_files.numbers import plain_decimal, whole_number
from competitions.contest_files.words import (
    LONGEST_CODE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    cleaned,
    has_control_characters,
    is_code,
    is_slug,
    one_line,
)
from competitions.contest_files.yaml_block import NULL_TAG, Block

TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Section(Block):
    """A block of keys and the values below them, each read as what it should be."""

    def text(self, key: str, *, longest: int, required: bool = True) -> str:
        """Return a cleaned text, with its line breaks; "" when missing or faulty."""
        written = self.raw(key, required=required)
        if written is None:
            return ""
        if has_control_characters(written):
            self.refuse(key, gettext_noop("The text holds control characters. Retype or remove them."))
            return ""
        text = cleaned(written)
        if len(text) > longest:
            self.refuse(
                key,
                gettext_noop("The text has {length} characters; at most {longest} are taken. Shorten it."),
                length=len(text),
                longest=longest,
            )
            return ""
        return text

    def title(self, key: str, *, longest: int = LONGEST_TITLE, required: bool = True) -> str:
        """Return a text on one line."""
        return one_line(self.text(key, longest=longest, required=required))

    def optional_text(self, key: str, *, longest: int = LONGEST_TEXT) -> str:
        """Return a text that may be missing, with its line breaks."""
        return self.text(key, longest=longest, required=False)

    def code(self, key: str) -> str:
        """Return a code: letters of any script, digits and . _ - @ +."""
        code = self.text(key, longest=LONGEST_CODE)
        if code and not is_code(code):
            self.refuse(
                key,
                gettext_noop("“{value}” cannot be a code. Use letters, digits and . _ - @ + without spaces."),
                value=shown(code),
            )
            return ""
        return code

    def slug(self, key: str, *, longest: int = LONGEST_CODE) -> str:
        """Return a word for addresses: letters of any script, digits, - and _."""
        slug = self.text(key, longest=longest)
        if slug and not is_slug(slug):
            self.refuse(
                key,
                gettext_noop(
                    "“{value}” cannot stand in an address. Use letters, digits, - and _ without spaces."
                ),
                value=shown(slug),
            )
            return ""
        return slug

    def choice(self, key: str, *, allowed: Sequence[str], default: str | None = None) -> str:
        """Return one of the allowed words; the default when the key is missing."""
        written = self.raw(key, required=default is None)
        if written is None:
            return default or ""
        word = cleaned(written)
        if word not in allowed:
            self.problems.append(
                FileProblem(
                    self.line_of(key),
                    self.place(key),
                    gettext_noop("“{value}” is not known here. Use one of: {allowed}."),
                    {"value": shown(word), "allowed": ", ".join(allowed)},
                    self.likeness(word, known=allowed),
                )
            )
            return ""
        return word

    def decimal(self, key: str, *, default: Decimal | None = None) -> Decimal:
        """Return a number above zero, exactly; the default when the key is missing."""
        written = self.raw(key, required=default is None)
        if written is None:
            return default or Decimal(1)
        number = plain_decimal(written)
        if number is None or number <= 0:
            self.refuse(
                key,
                gettext_noop("“{value}” is not a number above zero. Write digits such as 40 or 2.5."),
                value=shown(written),
            )
            return Decimal(1)
        return number

    def count(self, key: str) -> int:
        """Return a whole number of 1 or more."""
        written = self.raw(key, required=True)
        number = whole_number(written) if written is not None else 1
        if number is None or number < 1:
            self.refuse(
                key,
                gettext_noop("“{value}” is not a count. Write a whole number of 1 or more."),
                value=shown(written),
            )
            return 1
        return number

    def truth(self, key: str, *, default: bool) -> bool:
        """Return true or false; the default when the key is missing."""
        written = self.raw(key, required=False)
        if written is None:
            return default
        answer = TRUTHS.get(cleaned(written).lower())
        if answer is None:
            self.refuse(
                key,
                gettext_noop("“{value}” is neither true nor false. Write true or false."),
                value=shown(written),
            )
            return default
        return answer

    def moment(self, key: str, *, required: bool = True) -> Moment | None:
        """Return an instant, in Seoul time unless the file says otherwise; None when faulty."""
        written = self.raw(key, required=required)
        if written is None:
            return None
        moment = read_moment(written)
        if moment is None:
            self.refuse(
                key,
                gettext_noop("“{value}” is not a date the calendar knows. Write it like 2026-05-12 18:00."),
                value=shown(written),
            )
        return moment

    def sections(self, key: str, *, keys: Sequence[str], required: bool) -> list[Self]:
        """Return the blocks of a list; required: at least one."""
        node = self.values.get(key)
        if node is None or node.tag == NULL_TAG:
            node = yaml.SequenceNode("", [], *self.marks(key))
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(
                key,
                gettext_noop("A list is expected here. Start each item with “- ” on a line of its own."),
            )
            return []
        if required and not node.value and not self.broken:
            self.refuse(key, gettext_noop("At least one item is needed here."))
        return [
            type(self)(item, path=f"{self.place(key)}[{number}]", keys=keys, problems=self.problems)
            for number, item in enumerate(node.value, start=1)
        ]


def refuse_repeated(sections: Sequence[Section], *, codes: Sequence[str], key: str = "code") -> None:
    """Collect each code (key: the key it stands under) that an earlier block of the list already has."""
    first_lines: dict[str, int] = {}
    for section, code in zip(sections, codes, strict=True):
        if code and code in first_lines:
            section.refuse(
                key,
                gettext_noop(
                    "The code “{code}” already stands on line {first_line}. Give each a code of its own."
                ),
                code=code,
                first_line=first_lines[code],
            )
        elif code:
            first_lines[code] = section.line_of(key)

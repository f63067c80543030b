"""What one way to write a name looks like."""

from typing import NamedTuple


class Pattern(NamedTuple):
    """body: a regular expression. is_word: it counts only where a word begins; else the body says so itself."""

    what: str
    body: str
    is_word: bool = True

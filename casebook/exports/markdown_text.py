"""User text inside Markdown: it stays text and never becomes a heading, a fence, a picture or HTML."""

import re

_INLINE = re.compile(r"([\\`*_\[\]#|~!])")
_BLOCK_START = re.compile(r"^(\s*)(#|={2,}\s*$|-{2,}\s*$|```|~~~)", re.MULTILINE)
_BACKTICKS = re.compile(r"`+")


def inline(text: str) -> str:
    """One line with every sign of Markdown escaped."""
    return _without_tags(_INLINE.sub(r"\\\1", " ".join(text.split())))


def block(text: str) -> str:
    """Lines of text; lists and emphasis may stay, headings, fences, pictures and tags may not."""
    return _BLOCK_START.sub(r"\1\\\2", _without_tags(text)).replace("![", "!\\[").strip("\n")


def fenced(text: str) -> str:
    """Text kept sign for sign, behind a fence longer than any inside it."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _without_tags(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")

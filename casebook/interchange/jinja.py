"""Jinja as prompt files use it: {{ name }} and plain texts; logic is named and refused.

Read and written the way Jinja2 and the Prompty runtimes do.
"""

import ast
import re

from casebook.content.markers import N_
from casebook.interchange.pieces import Blank, Piece, Template, shortened, written
from casebook.interchange.values import word_set

_OPEN = re.compile(r"\{[{%#]")
_STRING = re.compile(
    r"""\{\{-?\s*("(?:[^"\\]|\\.){0,10000}"|'(?:[^'\\]|\\.){0,10000}')\s*-?\}\}""", re.DOTALL
)
_RAW = re.compile(r"\{%[-+]?\s*raw\s*-?%\}")
_END_RAW = re.compile(r"\{%-?\s*endraw\s*[-+]?%\}")
_NAME = re.compile(r"[^\W\d]\w*(?:\s*\.\s*\w+|\s*\[\s*(?:\d+|'[^'\n]*'|\"[^\"\n]*\")\s*\])*")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RESERVED = word_set("and or not in is if else true True false False none None self super")
_LITERAL = re.compile(r"\{[{%#]")


def read(text: str, template: Template) -> list[Piece]:
    """Cut the text into words and blanks; what Jinja would compute is refused in `template`."""
    pieces: list[Piece] = []
    place = 0
    trim = False
    while (start := _OPEN.search(text, place)) is not None:
        words, piece, end, trim_before, trim_after = _tag(text, start.start(), template)
        before = text[place : start.start()]
        pieces.append(_trimmed(before, left=trim, right=trim_before))
        pieces += [words] if words else []
        pieces += [piece] if piece else []
        place, trim = end, trim_after
    pieces.append(_trimmed(text[place:], left=trim, right=False))
    return [piece for piece in pieces if piece != ""]


def write(text: str) -> str:
    return written(text, _blank, _plain)


def written_key(key: str) -> str:
    """The name under which a blank stands in Jinja, where some words are taken."""
    return f"{key}_" if key in _RESERVED else key


def _tag(text: str, start: int, template: Template) -> tuple[str, Blank | None, int, bool, bool]:
    """Return the plain words or the blank that a tag stands for, its end, and what it trims."""
    literal = _STRING.match(text, start)
    if literal is not None:
        return _string(literal[1]), None, literal.end(), False, False
    raw = _RAW.match(text, start)
    if raw is not None:
        return _raw(text, start, raw.end(), template)
    opening = text[start : start + 2]
    end = text.find(_CLOSE[opening], start + 2)
    if end < 0:
        msgid = N_("“%(construct)s” opens here and never closes.")
        template.refuse(text, start, msgid, construct=opening)
        return "", None, len(text), False, False
    inner = text[start + 2 : end]
    trims = (inner.startswith("-"), inner.endswith("-") and len(inner) > 1)
    body = inner.removeprefix("-").removeprefix("+").removesuffix("-").strip()
    blank = _meaning(text, start, opening, body, template)
    return "", blank, end + 2, *trims


def _meaning(text: str, start: int, opening: str, body: str, template: Template) -> Blank | None:
    construct = shortened(opening + " " + body + " " + _CLOSE[opening])
    if opening == "{#":
        template.note(text, start, N_("A comment in the template was left out."))
        return None
    if opening == "{%":
        msgid = N_("“%(construct)s” is template logic (Jinja). Prompts here have blanks only.")
        template.refuse(text, start, msgid, construct=construct)
        return None
    if _NAME.fullmatch(body) and body not in _RESERVED:
        return Blank(body)
    msgid = N_("“%(construct)s” computes a value (Jinja). Prompts here have blanks only.")
    template.refuse(text, start, msgid, construct=construct)
    return None


def _raw(text: str, start: int, begin: int, template: Template) -> tuple[str, None, int, bool, bool]:
    end = _END_RAW.search(text, begin)
    if end is None:
        template.refuse(
            text, start, N_("“%(construct)s” opens here and never closes."), construct="{% raw %}"
        )
        return "", None, len(text), False, False
    return text[begin : end.start()], None, end.end(), False, False


def _string(literal: str) -> str:
    try:
        return str(ast.literal_eval(literal.replace("\n", "\\n")))
    except (ValueError, SyntaxError):
        return literal[1:-1]


def _blank(key: str) -> str:
    return "{{" + written_key(key) + "}}"


def _plain(text: str, before_blank: bool) -> str:
    escaped = _LITERAL.sub(lambda sign: '{{ "' + sign[0] + '" }}', text)
    if before_blank and escaped.endswith("{"):
        return escaped[:-1] + '{{ "{" }}'
    return escaped


def _trimmed(text: str, *, left: bool, right: bool) -> str:
    text = text.lstrip() if left else text
    return text.rstrip() if right else text

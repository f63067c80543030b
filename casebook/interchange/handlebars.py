r"""Handlebars as Dotprompt uses it: {{name}}, {{role "user"}}, {{history}}, comments, \{{ for plain braces.

Logic, helpers and pictures are named and refused. A partial is kept when the caller knows it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from casebook.content.markers import N_
from casebook.interchange.pieces import Blank, Piece, Template, shortened, written
from casebook.interchange.values import word_set


@dataclass(frozen=True)
class Role:
    name: str


Mark = Piece | Role

_OPEN = re.compile(r"(?<!\\)(\\*+)\{\{")
_NAME = re.compile(r"[^\W\d][\w\-]*(?:[./][\w\-]+)*")
_ROLE = re.compile(r"""role\s+["']?(\w+)["']?""")
_PART = re.compile(r">\s*([가-힣A-Za-z_][가-힣A-Za-z0-9_]*)")
_PART_TAG = re.compile(r"\{\{>[ \t]*+([가-힣A-Za-z_][가-힣A-Za-z0-9_]{0,99}+)[ \t]*+\}\}")
_LONG_END = re.compile(r"--~?\}\}")
_WORDS = word_set(
    "else this history role media section json if unless each with lookup log ifEquals unlessEquals "
    "true false null undefined"
)


def read(text: str, template: Template, *, parts: Collection[str] = ()) -> list[Mark]:
    """Cut the text into words, blanks and role marks. parts: names that may be included by {{> name}}."""
    marks: list[Mark] = []
    place = 0
    trim = False
    while (start := _OPEN.search(text, place)) is not None:
        slashes = len(start[1])
        words = text[place : start.start()] + "\\" * max(0, slashes - 1)
        if slashes == 1:
            marks.append(_trimmed(words + "{{", left=trim))
            place, trim = start.end(), False
            continue
        mark, end, before, after = _tag(text, start.end() - 2, template, parts)
        marks.append(_trimmed(words, left=trim, right=before))
        marks += [mark] if mark else []
        place, trim = end, after
    marks.append(_trimmed(text[place:], left=trim))
    return [mark for mark in marks if mark != ""]


def write(text: str, *, parts: Collection[str] = ()) -> str:
    """Our text as Handlebars; parts named here stay {{> name}}, everything else in braces is plain text."""
    return written(text, _blank, lambda words, before_blank: _plain(words, before_blank, parts))


def written_key(key: str) -> str:
    """The name under which a blank stands in Handlebars, where some words are taken."""
    return f"{key}_" if key in _WORDS else key


def _tag(
    text: str, start: int, template: Template, parts: Collection[str]
) -> tuple[Mark | None, int, bool, bool]:
    """Return what a tag stands for, where it ends, and whether it trims before and after."""
    opening, closing = _fences(text, start)
    end = text.find(closing, start + len(opening))
    if end < 0:
        msgid = N_("“%(construct)s” opens here and never closes.")
        template.refuse(text, start, msgid, construct=opening)
        return None, len(text), False, False
    inner = text[start + len(opening) : end]
    if opening == "{{{{":
        template.refuse(text, start, _reason("#raw"), construct=shortened(opening + inner + closing))
        return None, end + len(closing), False, False
    trims = ("~" in opening or inner.startswith("~"), inner.endswith("~") and len(inner) > 1)
    body = inner.removeprefix("~").removesuffix("~").strip()
    mark = _meaning(text, start, body, template, parts)
    return mark, end + len(closing), *trims


def _fences(text: str, start: int) -> tuple[str, str]:
    if re.match(r"\{\{~?!--", text[start : start + 6]):
        end = _LONG_END.search(text, start)
        return "{{", end[0] if end else "--}}"
    if text.startswith("{{{{", start):
        return "{{{{", "}}}}"
    return ("{{{", "}}}") if text.startswith("{{{", start) else ("{{", "}}")


def _meaning(text: str, start: int, body: str, template: Template, parts: Collection[str]) -> Mark | None:
    if body.startswith("!"):
        if body != "!":
            template.note(text, start, N_("A comment in the template was left out."))
        return None
    role = _ROLE.fullmatch(body)
    if role is not None:
        return Role(role[1])
    if body == "history":
        msgid = N_("The place for an earlier conversation ({{history}}) was left out.")
        template.note(text, start, msgid)
        return None
    part = _PART.fullmatch(body)
    if part is not None and part[1] in parts:
        return "{{> " + part[1] + "}}"
    name = body.removeprefix("&").strip()
    if _NAME.fullmatch(name) and name not in _WORDS and not name.startswith(("this.", "this/")):
        return Blank(name)
    template.refuse(text, start, _reason(body), construct=shortened("{{" + body + "}}"))
    return None


def _reason(body: str) -> str:
    if body.startswith((">", "#>")):
        return N_("“%(construct)s” puts in a part from another file, which is not in this one.")
    if body.startswith(("#", "/", "^", "else", "*")):
        return N_("“%(construct)s” is template logic (Handlebars). Prompts here have blanks only.")
    if body.startswith("media"):
        return N_("“%(construct)s” needs a picture or a file. Prompts here are text.")
    if body.startswith("@"):
        return N_("“%(construct)s” takes a value from the program that runs the prompt.")
    return N_("“%(construct)s” computes a value (Handlebars). Prompts here have blanks only.")


def _blank(key: str) -> str:
    return "{{" + written_key(key) + "}}"


def _plain(text: str, before_blank: bool, parts: Collection[str]) -> str:
    result, place = "", 0
    for tag in _PART_TAG.finditer(text):
        if tag[1] in parts:
            result += _escaped(text[place : tag.start()], before_tag=True) + "{{> " + tag[1] + "}}"
            place = tag.end()
    return result + _escaped(text[place:], before_tag=before_blank)


def _escaped(text: str, *, before_tag: bool) -> str:
    escaped = _OPEN.sub(_literal, text)
    if not before_tag:
        return escaped
    slashes = len(escaped) - len(escaped.rstrip("\\"))
    if slashes:
        return escaped + "\\"
    # A brace before a tag would open {{{; the comment between trims only the space that parts them.
    return escaped + " {{~!}}" if escaped.endswith("{") else escaped


def _literal(match: re.Match[str]) -> str:
    slashes = match[1]
    return (slashes + "\\{{!}}" if slashes else "") + "\\{{"


def _trimmed(text: str, *, left: bool = False, right: bool = False) -> str:
    text = text.lstrip() if left else text
    return text.rstrip() if right else text

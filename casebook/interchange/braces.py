"""Tools that only replace {{name}}: Langfuse, GitHub Models, Open WebUI, LibreChat. All else is plain text there."""

import re
from collections.abc import Callable

from casebook.content.markers import N_
from casebook.imports.problems import Problem
from casebook.interchange.pieces import Blank, Piece, Template, shortened, written

TAG = re.compile(r"\{\{([^{}]{0,4000})\}\}")
NAME = re.compile(r"\w[\w .\-]{0,199}")
_LOGIC = re.compile(r"\{%[^%]{0,500}%\}|\{\{\s*[#/^>!&][^{}]{0,500}\}\}")


def read(text: str, template: Template, blank_of: Callable[[str], Blank | None] | None = None) -> list[Piece]:
    """Cut the text into words and blanks. blank_of: reads what stands between the braces, None for no blank."""
    meaning = blank_of or _blank_of
    pieces: list[Piece] = []
    place = 0
    for tag in TAG.finditer(text):
        blank = meaning(tag[1].strip())
        if blank is None:
            continue
        pieces += [text[place : tag.start()], blank]
        place = tag.end()
    pieces.append(text[place:])
    _note_logic(text, template)
    return [piece for piece in pieces if piece != ""]


def write(text: str, blank: Callable[[str], str] = lambda key: "{{" + key + "}}") -> str:
    return written(text, blank, lambda words, before_blank: words)


def _blank_of(body: str) -> Blank | None:
    return Blank(body) if NAME.fullmatch(body) else None


def _note_logic(text: str, template: Template) -> None:
    msgid = N_("“%(construct)s” is plain text there and here; no tool acts on it.")
    for construct in dict.fromkeys(found[0] for found in _LOGIC.finditer(text)):
        template.notices.append(_note(msgid, construct))
        if len(template.notices) > 20:
            return


def _note(msgid: str, construct: str) -> Problem:
    return Problem(None, "", msgid, {"construct": shortened(construct)})

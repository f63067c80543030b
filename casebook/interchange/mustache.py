"""Mustache: {{name}}, {{{name}}}, {{&name}}; sections and partials are named and refused."""

import re

from casebook.content.markers import N_
from casebook.interchange.pieces import Blank, Piece, Template, shortened

_TAG = re.compile(r"\{\{(\{?)([^{}]{0,2000})\}\}(\}?)")
_NAME = re.compile(r"[^\W\d][\w\- ]*(?:\.[\w\-]+)*")


def read(text: str, template: Template) -> list[Piece]:
    pieces: list[Piece] = []
    place = 0
    for tag in _TAG.finditer(text):
        pieces.append(text[place : tag.start()])
        triple = bool(tag[1] and tag[3])
        place = tag.end() if triple or not tag[3] else tag.end() - 1
        body = tag[2].strip().removeprefix("&").strip()
        if _NAME.fullmatch(body):
            pieces.append(Blank(body))
        elif body.startswith("!"):
            template.note(text, tag.start(), N_("A comment in the template was left out."))
        else:
            msgid = N_("“%(construct)s” is template logic (Mustache). Prompts here have blanks only.")
            template.refuse(text, tag.start(), msgid, construct=shortened(tag[0]))
    pieces.append(text[place:])
    return [piece for piece in pieces if piece != ""]

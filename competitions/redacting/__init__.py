"""Finds who entered in the texts of an entry, and makes a copy without it (docs/blind.md). Pure; knows no Django."""

from competitions.redacting.copies import edited, redacted, shown_part, texts_of
from competitions.redacting.finding import Finder, mentions
from competitions.redacting.records import MASK, WHAT, Mention, People
from competitions.redacting.sentences import masked

__all__ = [
    "MASK",
    "WHAT",
    "Finder",
    "Mention",
    "People",
    "edited",
    "masked",
    "mentions",
    "redacted",
    "shown_part",
    "texts_of",
]

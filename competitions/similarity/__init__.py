"""How alike two entries are, and which passages they share (docs/similarity.md). Pure."""

from competitions.similarity.compare import Comparison, compare
from competitions.similarity.keys import band_keys, passage_keys
from competitions.similarity.passages import Span, shared_passages
from competitions.similarity.texts import text_of_case, text_of_entry

__all__ = [
    "Comparison",
    "Span",
    "band_keys",
    "compare",
    "passage_keys",
    "shared_passages",
    "text_of_case",
    "text_of_entry",
]

"""What differs between two versions, to be read side by side: field by field, line by line, word by word."""

from casebook.diff.contents import FieldDiff, diff_contents
from casebook.diff.lines import Fold, Row, Side, diff_texts, fold
from casebook.diff.words import Piece

__all__ = ["FieldDiff", "Fold", "Piece", "Row", "Side", "diff_contents", "diff_texts", "fold"]

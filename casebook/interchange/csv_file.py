"""CSV of prompts, UTF-8 with its mark so that spreadsheet programs read Hangul."""

from casebook.interchange.item import Result
from casebook.interchange.tables import read_table_items
from casebook.interchange.tables import write_csv as write

__all__ = ["read", "write"]


def read(data: bytes, name: str) -> list[Result]:
    return read_table_items(data, name, format="csv")

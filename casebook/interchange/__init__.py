"""Prompts from other tools and for other tools. docs/interchange.md has what each format holds.

read_file gives every prompt of a file or the reason against it; write_file and write_zip give a file and what it
does not hold. Nothing here touches a database, and no ${env:…} or ${file:…} is ever followed.
"""

from casebook.interchange.archive import ZipRefused, members, read_zip, write_zip
from casebook.interchange.detect import ZIP, detect
from casebook.interchange.formats import FORMATS, Format
from casebook.interchange.item import Item, Loss, Refused, Result, Source, Unrecognised, Written
from casebook.interchange.reading import read_file
from casebook.interchange.writing import what_is_lost, write_file

__all__ = [
    "FORMATS",
    "ZIP",
    "Format",
    "Item",
    "Loss",
    "Refused",
    "Result",
    "Source",
    "Unrecognised",
    "Written",
    "ZipRefused",
    "detect",
    "members",
    "read_file",
    "read_zip",
    "what_is_lost",
    "write_file",
    "write_zip",
]

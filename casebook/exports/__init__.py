"""Ways out of the casebook. A new format is one row here and one module with `write`; see docs/formats.md."""

import importlib
from dataclasses import dataclass
from typing import Literal

from casebook.content.markers import N_
from casebook.exports.book import Write


@dataclass(frozen=True)
class Format:
    """label: for people; extension: of the file handed out; module: imported at first use."""

    label: str
    extension: str
    media_type: str
    module: str
    writes: Literal["file", "directory"]


FORMATS = {
    "json": Format(
        N_("JSON (can be imported again)"), ".json", "application/json", "casebook.exports.json_book", "file"
    ),
    "md": Format(N_("Markdown (one file)"), ".md", "text/markdown", "casebook.exports.markdown_book", "file"),
    "site": Format(
        N_("Web pages (open without a server)"),
        ".zip",
        "application/zip",
        "casebook.exports.site",
        "directory",
    ),
}


class UnknownFormat(ValueError):
    """No export has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no export format {name!r}. Formats: {', '.join(FORMATS)}.")


def writer(name: str) -> Write:
    """Return `write(book, out, *, translate, language)` of a format. Raises UnknownFormat."""
    if name not in FORMATS:
        raise UnknownFormat(name)
    write: Write = importlib.import_module(FORMATS[name].module).write
    return write

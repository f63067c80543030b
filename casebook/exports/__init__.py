"""Ways out of the casebook. A new format is one row here and one module with `write`; see docs/formats.md."""

import importlib
from dataclasses import dataclass
from functools import partial
from typing import Literal

from casebook.content.markers import N_
from casebook.exports.book import Write


@dataclass(frozen=True)
class Format:
    """label: for people; extension: of the file handed out; module: imported at first use.

    tool: the name among casebook.interchange.FORMATS; such files hold prompts, no cases.
    """

    label: str
    extension: str
    media_type: str
    module: str
    writes: Literal["file", "directory"]
    tool: str = ""


def _of_tool(tool: str, label: str, extension: str, media_type: str = "application/zip") -> Format:
    return Format(label, extension, media_type, "casebook.exports.other_tools", "file", tool)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
    "csv": _of_tool("csv", N_("CSV table (prompts, can be imported again)"), ".csv", "text/csv"),
    "xlsx": _of_tool("xlsx", N_("XLSX sheet (prompts, can be imported again)"), ".xlsx", _XLSX),
    "markdown": _of_tool("markdown", N_("Markdown (a file for each prompt, can be imported again)"), ".zip"),
    "prompty": _of_tool("prompty", N_("Prompty (a file for each prompt)"), ".zip"),
    "prompt_yml": _of_tool("prompt_yml", N_("GitHub Models (a file for each prompt)"), ".zip"),
    "dotprompt": _of_tool("dotprompt", N_("Dotprompt (a file for each prompt)"), ".zip"),
    "langfuse": _of_tool("langfuse", N_("Langfuse (prompts)"), ".json", "application/json"),
    "open_webui": _of_tool("open_webui", N_("Open WebUI (prompts)"), ".json", "application/json"),
    "librechat": _of_tool("librechat", N_("LibreChat (prompts)"), ".json", "application/json"),
}


class UnknownFormat(ValueError):
    """No export has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no export format {name!r}. Formats: {', '.join(FORMATS)}.")


def writer(name: str) -> Write:
    """Return `write(book, out, *, translate, language)` of a format. Raises UnknownFormat."""
    if name not in FORMATS:
        raise UnknownFormat(name)
    found = FORMATS[name]
    module = importlib.import_module(found.module)
    write: Write = partial(module.write, tool=found.tool) if found.tool else module.write
    return write

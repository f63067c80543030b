"""The formats this site reads and writes."""

from dataclasses import dataclass

from casebook.content.markers import N_
from casebook.interchange import (
    csv_file,
    dotprompt,
    langfuse,
    librechat,
    markdown,
    mcp_json,
    mcp_list,
    open_webui,
    own_json,
    prompt_yml,
    prompty,
    xlsx_file,
)
from casebook.interchange.item import Module

_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Format:
    """label: msgid. many: one file holds many prompts. keeps: has a place for what only this site knows.

    lists: has names only; such a file cannot come back as prompts.
    """

    label: str
    extension: str
    media_type: str
    module: Module
    many: bool = False
    keeps: bool = False
    steps: bool = False
    lists: bool = False


FORMATS: dict[str, Format] = {
    "json": Format(N_("Casebook JSON"), ".json", _JSON, own_json, many=True, steps=True),
    "markdown": Format(N_("Markdown"), ".md", "text/markdown; charset=utf-8", markdown, steps=True),
    "prompty": Format(N_("Prompty"), ".prompty", _TEXT, prompty, keeps=True),
    "prompt_yml": Format(N_("GitHub Models (.prompt.yml)"), ".prompt.yml", "application/yaml", prompt_yml),
    "dotprompt": Format(N_("Dotprompt"), ".prompt", _TEXT, dotprompt, keeps=True),
    "langfuse": Format(N_("Langfuse"), ".json", _JSON, langfuse, many=True, keeps=True),
    "open_webui": Format(N_("Open WebUI"), ".json", _JSON, open_webui, many=True, keeps=True),
    "librechat": Format(N_("LibreChat"), ".json", _JSON, librechat, many=True),
    "mcp": Format(N_("MCP prompt"), ".json", _JSON, mcp_json),
    "mcp_list": Format(N_("MCP list of prompts"), ".json", _JSON, mcp_list, many=True, lists=True),
    "csv": Format(N_("CSV table"), ".csv", "text/csv; charset=utf-8", csv_file, many=True, steps=True),
    "xlsx": Format(
        N_("XLSX sheet"),
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx_file,
        many=True,
        steps=True,
    ),
}

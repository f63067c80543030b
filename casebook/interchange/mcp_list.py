"""The answer to MCP's prompts/list: names and arguments of many prompts, without their text."""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.interchange.entries import json_bytes
from casebook.interchange.item import Item
from casebook.interchange.mcp_json import list_entry, read

__all__ = ["read", "write"]


def write(items: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    return json_bytes({"prompts": [list_entry(item.content) for item in items]})

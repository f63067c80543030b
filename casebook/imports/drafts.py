"""One row laid out as content, before it is cleaned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook.blanks import complete_variables
from casebook.content.markers import N_
from casebook.content.text import is_blank, normal_text
from casebook.imports.columns import MESSAGE_ROLES
from casebook.imports.problems import Problem, TableRefused
from casebook.imports.values import cell_value, variables_of

_GROUPS = ("advice", "effect", "contact", "award")


@dataclass
class Draft:
    line: int
    content: dict[str, Any] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)  # the columns that became messages, in order
    notices: list[Problem] = field(default_factory=list)

    def column_of(self, path: str) -> str:
        """Name our column behind a path of the content."""
        parts = path.split(".")
        if parts[0] == "messages" and self.roles:
            return self.roles[int(parts[1])] if len(parts) > 1 else "user"
        if parts[0] == "messages":
            return "messages" if self.content.get("messages") else "user"
        return parts[1] if parts[0] in _GROUPS and len(parts) > 1 else parts[0]


def draft_from_row(
    line: int,
    given: Mapping[str, Any],
    columns: Mapping[str, tuple[str, ...]],
    used: Mapping[str, str],
    found: list[Problem],
) -> Draft:
    """Lay out the cells of one row; `given` is keyed by our columns."""
    draft = Draft(line)
    for column, cell in given.items():
        if cell is None or (isinstance(cell, str) and is_blank(cell)):
            continue
        if column not in columns:
            draft.notices.append(_foreign(line, used[column]))
            continue
        try:
            _place(draft, columns[column], cell_value(column, cell))
        except TableRefused as refusal:
            found += [Problem(line, used[column], each.msgid, each.params) for each in refusal.problems]
    if "messages" in columns:
        _finish_prompt(draft, given)
    return draft


def _place(draft: Draft, path: tuple[str, ...], value: Any) -> None:
    if path[0] == "messages" and len(path) == 2:
        return
    if len(path) == 2:
        group = draft.content.setdefault(path[0], {})
        if isinstance(group, dict):
            group[path[1]] = value
    elif isinstance(value, dict):
        draft.content[path[0]] = {**value, **draft.content.get(path[0], {})}
    else:
        draft.content[path[0]] = value


def _finish_prompt(draft: Draft, given: Mapping[str, Any]) -> None:
    texts = [(role, given.get(role)) for role in MESSAGE_ROLES]
    draft.roles = [role for role, text in texts if text is not None and not is_blank(str(text))]
    if draft.roles:
        draft.content["messages"] = [{"role": role, "content": given[role]} for role in draft.roles]
    variables, dropped = variables_of(draft.content.get("variables"))
    msgid = N_("The blanks carry “%(name)s”, which is not known and was left out.")
    draft.notices += [Problem(draft.line, "variables", msgid, {"name": name}) for name in dropped]
    draft.content["variables"] = variables
    if isinstance(variables, list | None) and all(isinstance(each, dict) for each in variables or []):
        draft.content["variables"] = complete_variables(_texts(draft), variables or [])


def _texts(draft: Draft) -> list[dict[str, str]]:
    messages = draft.content.get("messages")
    items = messages if isinstance(messages, list) else []
    texts = [item.get("content") if isinstance(item, dict) else item for item in items]
    return [{"content": normal_text(text)} for text in texts if isinstance(text, str)]


def _foreign(line: int, header: str) -> Problem:
    return Problem(line, header, N_("This column does not belong to this kind of record and was left out."))

"""What a file does not hold, found by reading it back rather than by believing its writer."""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.blanks import split_text
from casebook.content import Problem as ContentProblem
from casebook.content import clean_prompt
from casebook.content.markers import N_
from casebook.interchange.item import Item, Loss, Result
from casebook.interchange.kept import whole_of

ABSENT = N_("%(field)s: the file has no place for it.")
CHANGED = N_("%(field)s: the file holds it only in part or in another form.")
ADDED = N_("%(field)s: the file says something of its own here.")
CARRIED = N_("%(field)s: in the file for this site only; other tools do not read it.")
JOINED = N_("%(field)s: the roles and messages are joined into one text.")
SPACED = N_("%(field)s: spaces inside {{ }} are removed.")
NO_TEXT = N_("The prompt has steps and no text of its own; the file cannot hold it.")
UNREADABLE = N_("The prompt cannot be written in this format: %(reason)s")
_EMPTY: dict[str, Any] = clean_prompt({}, draft=True)


def losses_of(item: Item, back: Result | None) -> list[Loss]:
    """Every field that does not come back as it went out."""
    if not isinstance(back, Item):
        problem = back.problems[0] if back else None
        reason = ContentProblem(problem.path, problem.msgid, problem.params) if problem else ""
        return [Loss(item.name, "", UNREADABLE, {"reason": reason})]
    before, after = whole_of(item.content, item.tests), whole_of(back.content, back.tests)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [Loss(item.name, name, _reason(name, before, after)) for name in names]


def carried_of(item: Item, kept: Mapping[str, Any]) -> list[Loss]:
    """Every field that travels under our own name."""
    return [
        Loss(item.name, name, CARRIED) for name, value in kept.get("fields", {}).items() if value is not None
    ]


def _reason(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if before.get(name) in (None, _EMPTY.get(name)):
        return ADDED
    if name not in after or after[name] == _EMPTY.get(name):
        return ABSENT
    if name == "messages":
        return _text_reason(before[name], after[name])
    return CHANGED


def _text_reason(before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]]) -> str:
    if len(after) == 1 and "\n\n".join(map(_unspaced, before)) == _unspaced(after[0]):
        return JOINED if len(before) > 1 or before[0]["role"] != after[0]["role"] else SPACED
    same = [_unspaced(each) for each in before] == [_unspaced(each) for each in after]
    return SPACED if same and [e["role"] for e in before] == [e["role"] for e in after] else CHANGED


def _unspaced(message: Mapping[str, str]) -> str:
    pieces = split_text(message["content"])
    return "".join("{{" + piece + "}}" if kind == "blank" else piece for kind, piece in pieces)

"""Findings about blanks in the text: broken ones, those of other tools, undescribed and unused ones."""

from collections.abc import Iterator, Mapping
from typing import Any

from casebook.content.markers import N_
from casebook.lint.findings import Finding, Fix
from casebook.lint.fixes import MOST_VARIABLES
from casebook.lint.links import Whole
from casebook.lint.look_alikes import looks_like
from casebook.lint.spelled import LONGEST_KEY, Spelled, spelled
from casebook.writing.foreign_blanks import Foreign, Keys, find_foreign, key_from

Content = Mapping[str, Any]
MOST_BROKEN = 1_000  # in one message
_SHOWN = 40


def find_spelling(content: Content, whole: Whole) -> Iterator[Finding]:
    """Yield findings in the order of the text, then the variables nothing uses."""
    known = {variable["key"] for variable in content["variables"]} | whole.described
    room = len(content["variables"]) < MOST_VARIABLES
    used: set[str] = set()
    keys = {looks_like(variable["key"]): variable["key"] for variable in reversed(content["variables"])}
    rewritten: set[str] = set()
    for number, message in enumerate(content["messages"]):
        path = f"messages.{number}.content"
        for each in _marks(message["content"]):
            if each.kind != "blank":
                yield from _broken(each, path, message["content"], keys, rewritten)
            elif each.name not in used:
                used.add(each.name)
                if each.name not in known:
                    yield undeclared(each.name, path, each.start, each.end, room=room)
    if whole.complete:
        yield from _unused(content, used | whole.used_elsewhere)


def find_foreign_blanks(content: Content) -> Iterator[Finding]:
    """Yield one finding for each foreign blank, at its first place."""
    keys = Keys(content["variables"])
    seen: set[str] = set()
    for number, message in enumerate(content["messages"]):
        for each in find_foreign(message["content"], keys=keys):
            if each.key not in seen:
                seen.add(each.key)
                yield _foreign(each, f"messages.{number}.content", message["content"])


def undeclared(key: str, path: str, start: int | None, end: int | None, *, room: bool = True) -> Finding:
    code = "undeclared_blank" if start is not None else "part_blank"
    fix = Fix("declare", N_("Describe it as one line of text"), {"key": key}) if room else None
    return Finding(code, path, start, end, {"blank": key}, fix)


def _marks(text: str) -> Iterator[Spelled]:
    """All good blanks, and the first thousand broken ones."""
    broken = 0
    for each in spelled(text):
        if each.kind == "part":
            continue
        broken += each.kind != "blank"
        if each.kind == "blank" or broken <= MOST_BROKEN:
            yield each


def _broken(
    each: Spelled, path: str, text: str, keys: Mapping[str, str], rewritten: set[str]
) -> Iterator[Finding]:
    written = text[each.start : each.end]
    if each.kind == "empty":
        yield Finding("empty_blank", path, each.start, each.end)
    elif each.kind == "logic":
        yield Finding("template_logic", path, each.start, each.end, {"logic": written[:_SHOWN]})
    elif each.kind == "long":
        params = {"blank": each.name[:_SHOWN], "length": len(each.name), "most": LONGEST_KEY}
        yield Finding("long_blank", path, each.start, each.end, params)
    elif each.kind in ("half", "unclosed"):
        yield _unclosed(each, path, written)
    elif written not in rewritten:
        rewritten.add(written)
        yield Finding(
            "blank_signs", path, each.start, each.end, {"blank": each.name}, _rewrite(each, written, keys)
        )


def _unclosed(each: Spelled, path: str, written: str) -> Finding:
    fix = None
    if each.kind == "half":
        needs = {"path": path, "end": each.end, "key": each.name}
        fix = Fix("close", N_("Add the missing brace"), needs)
    end = each.end if fix else each.start + min(len(written), _SHOWN)
    return Finding("unclosed_blank", path, each.start, end, {"blank": written[:_SHOWN].strip()}, fix)


def _rewrite(each: Spelled, written: str, keys: Mapping[str, str]) -> Fix | None:
    """keys: those described, by what they look like; "민원 요지" becomes the described 민원요지."""
    if each.name.startswith(">"):
        return None
    key = key_from(each.name.replace("|", ":").partition(":")[0])
    key = keys.get(looks_like(key), key)
    return Fix("rewrite", N_("Write {{%(key)s}}"), {"written": written, "key": key}, {"key": key})


def _foreign(each: Foreign, path: str, text: str) -> Finding:
    params = {"written": text[each.start : each.end][:_SHOWN], "blank": each.key}
    fix = Fix("convert", N_("Convert to {{%(key)s}} everywhere"), {"key": each.key}, {"key": each.key})
    return Finding("foreign_blank", path, each.start, each.end, params, fix)


def _unused(content: Content, used: set[str]) -> Iterator[Finding]:
    for number, variable in enumerate(content["variables"]):
        if variable["key"] not in used:
            fix = Fix("remove", N_("Remove it"), {"path": f"variables.{number}"})
            yield Finding(
                "unused_blank", f"variables.{number}.key", params={"blank": variable["key"]}, fix=fix
            )

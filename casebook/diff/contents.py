"""What differs between two contents, field by field, in the order of the shape; one leaf for each value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casebook.content import PROMPT
from casebook.content.fields import Choice, Flag, Text
from casebook.content.markers import N_
from casebook.content.problems import Translate, place_of
from casebook.content.shapes import Group, Items, Lines, says_nothing
from casebook.diff.items import KEYS, matched, name_of, order_changed
from casebook.diff.lines import Row, Side, diff_texts
from casebook.diff.words import Piece

KINDS = {
    "added": N_("Added"),
    "removed": N_("Removed"),
    "changed": N_("Changed"),
    "moved": N_("Order changed"),
    "renamed": N_("Renamed"),
}
YES, NO = N_("Yes"), N_("No")


@dataclass(frozen=True)
class FieldDiff:
    """One value that differs. path: in the new content, or in the old one when the value is only there.

    Texts have `rows`; short values have `old` and `new`, which are msgids when `coded`.
    item: what the list item around the value is called, such as the key of a blank.
    """

    path: str
    kind: str
    old: str = ""
    new: str = ""
    rows: tuple[Row, ...] = ()
    coded: bool = False
    item: str = ""

    @property
    def label(self) -> str:
        """The kind of difference, as a msgid."""
        return KINDS[self.kind]

    def place(self, translate: Translate = str) -> str:
        """Name the field for people: "Blanks 2 › Label"."""
        return place_of(self.path, translate=translate)

    def words(self, translate: Translate = str) -> tuple[str, str]:
        """The old and the new short value."""
        known = translate if self.coded else str
        return (known(self.old) if self.old else "", known(self.new) if self.new else "")


def diff_contents(old: Mapping[str, Any], new: Mapping[str, Any], shape: Group = PROMPT) -> list[FieldDiff]:
    """Return every difference of two cleaned contents; [] when they say the same.

    shape: PROMPT or CASE. Blanks, parts and tools are matched by name, other items by what they say, then by
    position.
    """
    found: list[FieldDiff] = []
    _group(shape, old, new, "", "", found)
    return found


def _group(
    shape: Group,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    path: str,
    item: str,
    found: list[FieldDiff],
) -> None:
    for name, field in {**shape.fields, **shape.later}.items():
        before, after = (old or {}).get(name), (new or {}).get(name)
        if before == after or (says_nothing(before) and says_nothing(after)):
            continue
        below = f"{path}.{name}" if path else name
        if isinstance(field, Group):
            _group(field, before, after, below, item, found)
        elif isinstance(field, Items):
            _items(field, before or [], after or [], below, found)
        else:
            found.append(_leaf(field, before, after, below, item))


def _leaf(field: Any, before: Any, after: Any, path: str, item: str) -> FieldDiff:
    kind = "added" if says_nothing(before) else "removed" if says_nothing(after) else "changed"
    if isinstance(field, Lines):
        rows = _set_rows(before or [], after or []) if field.tags else _line_rows(before or [], after or [])
        kind = kind if any(row.kind != "equal" for row in rows) else "moved"
        return FieldDiff(path, kind, rows=tuple(rows), item=item)
    if isinstance(field, Choice | Flag):
        words = _flag_words if isinstance(field, Flag) else _choice_words(field)
        kind = "changed" if isinstance(field, Flag) else kind
        return FieldDiff(path, kind, old=words(before), new=words(after), coded=True, item=item)
    if isinstance(before, str | None) and isinstance(after, str | None) and _is_text(field, before, after):
        return FieldDiff(path, kind, rows=tuple(diff_texts(before or "", after or "")), item=item)
    return FieldDiff(path, kind, old=_shown(before), new=_shown(after), item=item)


def _is_text(field: Any, before: str | None, after: str | None) -> bool:
    """Long enough to look for what is alike inside it."""
    return isinstance(field, Text) or max(len(before or ""), len(after or "")) > 12


def _items(
    field: Items, before: Sequence[Any], after: Sequence[Any], path: str, found: list[FieldDiff]
) -> None:
    name = path.rpartition(".")[2]
    together = matched(name, before, after)
    for old, new in together:
        given, place = (after[new], new) if new is not None else (before[old or 0], old)
        below, called = f"{path}.{place}", name_of(given)
        pair = (None if old is None else before[old], None if new is None else after[new])
        if not isinstance(field.field, Group):
            found.append(_leaf(field.field, *pair, below, ""))
            continue
        inner: list[FieldDiff] = []
        _group(field.field, *pair, below, called, inner)
        found += _named(KEYS[name], pair, inner) if name in KEYS else inner
    if order_changed(together):
        was, now = (" · ".join(name_of(each) for each in items) for items in (before, after))
        found.append(FieldDiff(path, "moved", old=was, new=now))


def _named(key: str, pair: tuple[Any, Any], leaves: Sequence[FieldDiff]) -> list[FieldDiff]:
    """Say that an item was renamed; a label that only repeats the name is no difference of its own."""
    repeats = all(item.get("label") == item[key] for item in pair if item)
    found = []
    for leaf in leaves:
        field = leaf.path.rpartition(".")[2]
        if field == key and all(pair):
            found.append(replace(leaf, kind="renamed"))
        elif field != "label" or not repeats:
            found.append(leaf)
    return found


def _line_rows(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    return diff_texts("\n".join(before), "\n".join(after))


def _set_rows(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    """Rows of a list whose order says nothing."""
    rows = []
    for number, text in enumerate(before, 1):
        side = Side(number, (Piece(text, text not in after),))
        rows.append(Row("equal", side, side) if text in after else Row("removed", side, None))
    fresh = [(number, text) for number, text in enumerate(after, 1) if text not in before]
    rows += [Row("added", None, Side(number, (Piece(text, changed=True),))) for number, text in fresh]
    return rows


def _choice_words(field: Choice) -> Callable[[Any], str]:
    labels = field.codes if isinstance(field.codes, Mapping) else {}
    return lambda value: str(labels.get(value, value)) if value else ""


def _flag_words(value: Any) -> str:
    return YES if value else NO


def _shown(value: Any) -> str:
    return "" if value is None else str(value)

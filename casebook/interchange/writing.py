"""Prompts into a file, with an honest list of what the file does not hold."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casebook.content import canonical_json
from casebook.interchange.formats import FORMATS, Format
from casebook.interchange.item import Item, Loss, Result, Unrecognised, Written
from casebook.interchange.kept import difference, whole_of
from casebook.interchange.losses import ABSENT, NO_TEXT, carried_of, losses_of
from casebook.interchange.tables import too_long

_CHECK = "check"
_AT_ONCE = 1_000_000  # bytes of contents


def write_file(format: str, items: Sequence[Item]) -> Written:
    """Write items as one file. A prompt that the format cannot hold at all is left out and listed.

    Raises ValueError when the format holds one prompt a file and several are given: use write_zip then.
    """
    kind = FORMATS[format]
    if len(items) > 1 and not kind.many:
        raise ValueError(f"{format} holds one prompt a file.")
    hindered = [(item, _cannot_hold(kind, format, item)) for item in items]
    left_out = [loss for _, loss in hindered if loss]
    held = [item for item, loss in hindered if not loss]
    if not held:
        return Written(b"", tuple(left_out))
    if kind.lists:
        return Written(kind.module.write(held, [{}] * len(held)), (*left_out, *_only_listed(held)))
    written = _write(kind, held)
    return Written(written.data, (*left_out, *written.losses), written.carried)


def what_is_lost(format: str, item: Item) -> tuple[Loss, ...]:
    """What a file of this format would not hold of the item."""
    return write_file(format, [item]).losses


def _cannot_hold(kind: Format, format: str, item: Item) -> Loss | None:
    if not item.content["messages"] and not kind.steps:
        return Loss(item.name, "", NO_TEXT)
    return too_long(item) if format == "xlsx" else None


def _write(kind: Format, items: Sequence[Item]) -> Written:
    kept: list[dict[str, Any]] = []
    losses: list[Loss] = []
    for batch in _batches(items):
        extras = _to_carry(kind, batch)
        back = _read_back(kind, kind.module.write(batch, extras), len(batch))
        losses += [loss for item, result in zip(batch, back, strict=True) for loss in losses_of(item, result)]
        kept += extras
    carried = [loss for item, extra in zip(items, kept, strict=True) for loss in carried_of(item, extra)]
    return Written(kind.module.write(items, kept), tuple(losses), tuple(carried))


def _batches(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut into lists that a reader takes in one file."""
    batch: list[Item] = []
    size = 0
    for item in items:
        length = len(canonical_json(item.content))
        if batch and size + length > _AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
    yield batch


def _to_carry(kind: Format, items: Sequence[Item]) -> list[dict[str, Any]]:
    """What each item needs beside the format's own fields: what a reading of the bare file lacks."""
    kept = [_first_kept(kind, item) for item in items]
    if not kind.keeps:
        return kept
    back = _read_back(kind, kind.module.write(items, kept), len(items))
    return [_extra(item, result) for item, result in zip(items, back, strict=True)]


def _first_kept(kind: Format, item: Item) -> dict[str, Any]:
    """Parts must be known before the text that names them can be read back."""
    parts = item.content.get("parts")
    return {"fields": {"parts": parts}} if kind.keeps and parts else {}


def _extra(item: Item, back: Result | None) -> dict[str, Any]:
    native: Mapping[str, Any] = {}
    if isinstance(back, Item):
        native = whole_of(back.content, back.tests)
        native = {name: value for name, value in native.items() if name != "parts"}
    return difference(item.content, item.tests, native)


def _read_back(kind: Format, data: bytes, count: int) -> list[Result | None]:
    try:
        results: list[Result | None] = list(kind.module.read(data, _CHECK))
    except Unrecognised:
        results = []
    return results if len(results) == count else [None] * count


def _only_listed(items: Sequence[Item]) -> list[Loss]:
    fields = ("messages", "output_format", "sensitivity", "licence")
    return [Loss(item.name, field, ABSENT) for item in items for field in fields if item.content[field]]

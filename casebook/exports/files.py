"""Files that appear whole or not at all."""

from collections.abc import Iterable
from pathlib import Path


def write_whole(out: Path, chunks: Iterable[str]) -> None:
    """Write beside `out` and move into place, so that a killed export leaves no half file."""
    part = out.with_name(out.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(chunks)
    part.replace(out)

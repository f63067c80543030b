"""A file into prompts, each for itself."""

from pathlib import PurePosixPath

from casebook.content.markers import N_
from casebook.interchange.archive import ZipRefused, members
from casebook.interchange.detect import ZIP, detect
from casebook.interchange.formats import FORMATS
from casebook.interchange.item import Refused, Result, Source, Unrecognised, from_file
from casebook.interchange.texts import check_size

_ENDINGS = (".prompt.yml", ".prompt.yaml")
_NESTED = (b"PK\x03\x04", b"PK\x05\x06")


def read_file(name: str, data: bytes, *, format: str = "") -> list[Result]:
    """Return every prompt of a file, or of every file in a zip: an Item, or Refused with the reasons.

    format: a name of FORMATS, for a file whose format is known; found from the content otherwise.
    Raises Unrecognised when the whole file is no prompt file, ZipRefused when a zip is not safe to open.
    """
    found = format or detect(name, data)
    if found == ZIP:
        return _read_zip(data)
    return [from_file(result, name) for result in FORMATS[found].module.read(data, _stem(name))]


def _read_zip(data: bytes) -> list[Result]:
    results: list[Result] = []
    for name, content in members(data):
        results += _read_member(name, content)
    if not results:
        raise ZipRefused(N_("The zip file holds no files."))
    return results


def _read_member(name: str, content: bytes) -> list[Result]:
    try:
        check_size(content)
        if content.startswith(_NESTED) and detect(name, content) == ZIP:
            return [_refused(name, ZipRefused(N_("A zip inside a zip is not opened. Unpack it first.")))]
        return read_file(name, content)
    except Unrecognised as refusal:
        return [_refused(name, refusal)]


def _refused(name: str, refusal: Unrecognised) -> Refused:
    return Refused(PurePosixPath(name).name, tuple(refusal.problems), Source("", name))


def _stem(name: str) -> str:
    """The file's name without folders and ending: the title of a prompt that has none."""
    last = PurePosixPath(name.replace("\\", "/")).name
    double = next((end for end in _ENDINGS if last.lower().endswith(end)), "")
    return last[: -len(double)] if double else PurePosixPath(last).stem

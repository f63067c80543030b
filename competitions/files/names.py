"""Names of files as people may see and keep them on any computer."""

import re
import unicodedata

LONGEST = 200
ENDINGS = {"jpeg": ("jpg", "jpeg")}
RESERVED = re.compile(r'[<>:"|?*]')
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,4})$")
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(name: str, kind: str = "") -> str:
    """Return the last part of a path in composed Hangul, without control, direction and reserved signs.

    kind: of FILE_KINDS, decides the ending; empty leaves the ending as it is.
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(sign for sign in name if unicodedata.category(sign) not in INVISIBLE)
    name = RESERVED.sub("_", " ".join(name.split())).strip(". ")
    stem, ending = _parts(name, kind)
    stem = ("_" if DEVICE.match(stem) else "") + (stem or "file")
    return f"{stem[: LONGEST - len(ending)].rstrip('. ')}{ending}"


def _parts(name: str, kind: str) -> tuple[str, str]:
    allowed = ENDINGS.get(kind, (kind,))
    found = ENDING.search(name)
    stem = name[: found.start()] if found else name
    if not kind:
        return stem.rstrip(". "), found.group() if found else ""
    ending = found.group(1).lower() if found and found.group(1).lower() in allowed else allowed[0]
    while (again := ENDING.search(stem)) and again.group(1).lower() in allowed:
        stem = stem[: again.start()]
    return stem.rstrip(". "), f".{ending}"

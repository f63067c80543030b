"""What a picture says about who took it and where, and the picture without that, pixel for pixel the same."""

from io import BytesIO

from PIL import ExifTags, Image

from competitions.files.findings import Finding
from competitions.files.pictures import pieces_of

KEPT_JPEG = {"e0", "e2", "ee"}  # JFIF, colour profile, Adobe's colour transform
DROPPED = {
    "png": {"tEXt", "zTXt", "iTXt", "eXIf", "tIME"},
    "webp": {"EXIF", "XMP "},
    "gif": {"fe", "ff:XMP DataXMP"},
}
PEOPLE = {ExifTags.Base.Artist: "author", ExifTags.Base.XPAuthor: "author"}
DEVICE = (ExifTags.Base.Make, ExifTags.Base.Model)
TAKEN = ExifTags.Base.DateTimeOriginal
ORIENTATION = ExifTags.Base.Orientation
TEXTS = {"author": "author", "artist": "author", "creator": "author", "creation time": "taken_at"}


def picture_findings(data: bytes, kind: str) -> list[Finding]:
    """Return what the picture says. Raises OSError or ValueError when it cannot be read."""
    pieces_of(data, kind)
    with Image.open(BytesIO(data), formats=[kind.upper()]) as image:
        exif, info = image.getexif(), dict(image.info)
    found = [_finding(what, exif.get(tag)) for tag, what in PEOPLE.items()]
    found.append(_finding("device", " ".join(_text(exif.get(tag)) for tag in DEVICE)))
    found.append(_finding("taken_at", exif.get_ifd(ExifTags.IFD.Exif).get(TAKEN)))
    found.append(_finding("gps", _place(exif.get_ifd(ExifTags.IFD.GPSInfo))))
    found += [
        _finding(TEXTS[name.lower()], value)
        for name, value in info.items()
        if isinstance(name, str) and name.lower() in TEXTS
    ]
    return [each for each in found if each["value"]]


def clean_picture(data: bytes, kind: str) -> bytes:
    """Return the picture without metadata; only how it must be turned is kept."""
    if kind == "jpeg":
        return _clean_jpeg(data)
    kept = b"".join(
        data[start:end] for name, start, end in pieces_of(data, kind) if name not in DROPPED[kind]
    )
    return _webp_head(kept) if kind == "webp" else kept


def _clean_jpeg(data: bytes) -> bytes:
    with Image.open(BytesIO(data), formats=["JPEG"]) as image:
        turned = image.getexif().get(ORIENTATION, 1)
    kept = [
        data[start:end]
        for name, start, end in pieces_of(data, "jpeg")
        if name in KEPT_JPEG or not (name[0] == "e" or name == "fe")
    ]
    return b"".join([kept[0], _turn(turned), *kept[1:]])


def _turn(turned: int) -> bytes:
    if turned == 1:
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    body = exif.tobytes()
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _webp_head(data: bytes) -> bytes:
    """Set the size anew, and take back the marks of EXIF and XMP in the extended head."""
    head = bytearray(data)
    head[4:8] = (len(data) - 8).to_bytes(4, "little")
    if head[12:16] == b"VP8X":
        head[20] &= ~0b1100 & 0xFF
    return bytes(head)


def _place(gps: dict[int, object]) -> str:
    if not gps:
        return ""
    sides = (
        (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef),
        (ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef),
    )
    return " ".join(f"{_degrees(gps.get(side))}{_text(gps.get(ref))}" for side, ref in sides).strip() or "GPS"


def _degrees(value: object) -> str:
    if not isinstance(value, tuple) or len(value) != 3:
        return ""
    degrees, minutes, seconds = (float(part) for part in value)
    return f"{degrees + minutes / 60 + seconds / 3600:.5f}"


def _finding(what: str, value: object) -> Finding:
    return {"what": what, "value": _text(value).strip()}


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-16-le", "replace").strip("\0")
    return "" if value is None else str(value)

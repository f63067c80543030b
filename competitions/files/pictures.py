"""The pieces of a picture: what is between its first and its last byte, each as (name, start, end).

Walking them finds data behind the end of a picture, and leaving some out removes metadata without any loss of
quality. Sources: PNG 3rd edition; ITU-T T.81 annex B; GIF89a; RFC 9649 (WebP).
"""

from collections.abc import Iterator

Piece = tuple[str, int, int]
MOST_PIXELS = 100_000_000
PNG, JPEG, GIF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", (b"GIF87a", b"GIF89a")
ALONE = {0x01, *range(0xD0, 0xD8)}  # JPEG markers without a length
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def pieces_of(data: bytes, kind: str) -> list[Piece]:
    """Return all pieces of the picture. Raises ValueError or IndexError when it is cut off or not of the kind."""
    return list({"png": _png, "jpeg": _jpeg, "gif": _gif, "webp": _webp}[kind](data))


def pixels_of(data: bytes, kind: str) -> int:
    """Return width x height as the head of the picture declares it, 0 where it declares none."""
    if kind == "png":
        return _int(data, 16, 4) * _int(data, 20, 4)
    if kind == "gif":
        return _small(data, 6, 2) * _small(data, 8, 2)
    if kind == "jpeg":
        frames = [start for name, start, _end in _jpeg(data) if int(name, 16) in FRAMES]
        return max((_int(data, start + 5, 2) * _int(data, start + 7, 2) for start in frames), default=0)
    return _webp_pixels(data)


def _int(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(_cut(data, at, at + size), "big")


def _small(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(_cut(data, at, at + size), "little")


def _cut(data: bytes, start: int, end: int) -> bytes:
    if end > len(data):
        raise ValueError("The picture is cut off.")
    return data[start:end]


def _png(data: bytes) -> Iterator[Piece]:
    yield "head", 0, len(PNG)
    at, name = len(PNG), ""
    while name != "IEND":
        end = at + 12 + _int(data, at, 4)
        name = _cut(data, at, end)[4:8].decode("latin-1")
        yield name, at, end
        at = end


def _jpeg(data: bytes) -> Iterator[Piece]:
    yield "d8", 0, 2
    at, marker = 2, 0
    while marker != 0xD9:
        if _cut(data, at, at + 2)[0] != 0xFF:
            raise ValueError("A marker is missing.")
        marker = data[at + 1]
        end = at + 2
        if marker == 0xFF:  # a fill byte
            end = at + 1
        elif marker not in ALONE and marker != 0xD9:
            end += _int(data, end, 2)
        if marker == 0xDA:
            end = _after_scan(data, end)
        yield f"{marker:x}", at, end
        at = end


def _after_scan(data: bytes, at: int) -> int:
    """Where the coded picture ends: at the next marker that is neither escaped nor a restart."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] == 0 or data[at + 1] in ALONE:
            at += 2
        else:
            return at


def _gif(data: bytes) -> Iterator[Piece]:
    at = 13 + _colours(data, 10)
    yield "head", 0, at
    while _cut(data, at, at + 1) != b";":
        if data[at] == 0x21:
            label = data[at + 1]
            end = _after_blocks(data, at + 2)
            name = f"{label:x}" + (":" + data[at + 3 : at + 14].decode("latin-1") if label == 0xFF else "")
        elif data[at] == 0x2C:
            name, end = "image", _after_blocks(data, at + 11 + _colours(data, at + 9))
        else:
            raise ValueError("An unknown block.")
        yield name, at, end
        at = end
    yield "end", at, at + 1


def _colours(data: bytes, at: int) -> int:
    return 3 << ((data[at] & 7) + 1) if data[at] & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _webp(data: bytes) -> Iterator[Piece]:
    yield "head", 0, 12
    at, whole = 12, 8 + _small(data, 4, 4)
    if whole > len(data):
        raise ValueError("The picture is cut off.")
    while at < whole:
        size = _small(data, at + 4, 4)
        end = at + 8 + size + size % 2
        yield _cut(data, at, end)[:4].decode("latin-1"), at, end
        at = end


def _webp_pixels(data: bytes) -> int:
    name = data[12:16]
    if name == b"VP8X":
        return (1 + _small(data, 24, 3)) * (1 + _small(data, 27, 3))
    if name == b"VP8L":
        bits = _small(data, 21, 4)
        return (1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF))
    return (_small(data, 26, 2) & 0x3FFF) * (_small(data, 28, 2) & 0x3FFF)

"""Calendar files (RFC 5545): one event a date, in UTC, with folded lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LONGEST_LINE = 75  # octets
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A date. uid: the same in every edition of the file. until: None = one moment. reminds: a day before."""

    uid: str
    summary: str
    at: datetime
    until: datetime | None = None
    url: str = ""
    description: str = ""
    reminds: bool = False


def calendar(events: Iterable[Event], *, name: str, product: str, made_at: datetime) -> bytes:
    """Return the file. made_at: when the dates were last what they are; name, product: shown by programs."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_text(product)}//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, made_at=made_at)
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def fold(line: str) -> bytes:
    """Return a content line in pieces of at most 75 octets; no sign is cut in two."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def _event(event: Event, *, made_at: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{_moment(made_at)}",
        f"DTSTART:{_moment(event.at)}",
        f"SUMMARY:{_text(event.summary)}",
        "TRANSP:TRANSPARENT",
    ]
    if event.until:
        lines.append(f"DTEND:{_moment(event.until)}")
    if event.description:
        lines.append(f"DESCRIPTION:{_text(event.description)}")
    if event.url:
        lines.append(f"URL:{_line(event.url)}")
    if event.reminds:
        lines += _alarm(event)
    return [*lines, "END:VEVENT"]


def _alarm(event: Event) -> list[str]:
    words = ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.summary)}")
    return [*words, f"TRIGGER:-P{ONE_DAY.days}D", "END:VALARM"]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return _clean(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\n", "\\n")


def _line(text: str) -> str:
    return _clean(text).replace("\n", "")


def _clean(text: str) -> str:
    return "".join(sign for sign in text if sign == "\n" or (sign.isprintable() or sign == " "))

"""Many people in one process: each keeps its connections, sends what it must twice, and again when it breaks off."""

import asyncio
import contextlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.site import CSRF

PATIENCE = 60
PAUSE = 0.1
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
PLACE = re.compile(rb"\r\nlocation: *(\S*)", re.IGNORECASE)
CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes


@dataclass
class Handed:
    """What one person saw. seconds: the whole way; steps: of each step; twins: the answers to what was sent."""

    session: str
    opened: Answer | None
    seconds: float = 0
    steps: dict = field(default_factory=dict)
    twins: list = field(default_factory=list)

    @property
    def is_taken(self):
        return any(each.status == 302 and each.location.endswith("/receipt/") for each in self.twins)

    @property
    def is_refused(self):
        return bool(self.twins) and all(each.status == 422 for each in self.twins)


class Line:
    """One kept connection. Not answered is asked again: what was stored is recognised by its key."""

    def __init__(self, port, session):
        self.port, self.cookie = port, f"csrftoken={CSRF}; sessionid={session}"
        self.reader = self.writer = None

    async def ask(self, method, path, form=None):
        give_up = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError, EOFError):
                answer = await asyncio.wait_for(self._once(method, path, form), PATIENCE)
                if answer.status < 500 or time.monotonic() > give_up:
                    return answer
            self.close()
            if time.monotonic() > give_up:
                return Answer(0, "", b"")
            await asyncio.sleep(PAUSE)

    async def _once(self, method, path, form):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode(form).encode() if form else b""
        words = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {self.cookie}"]
        words += [f"X-CSRFToken: {CSRF}", "Content-Type: application/x-www-form-urlencoded"]
        words += [f"Content-Length: {len(body)}", "", ""]
        self.writer.write("\r\n".join(words).encode() + body)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        body = await self.reader.readexactly(int(length[1]) if length else 0)
        if CLOSES.search(head):
            self.close()
        place = PLACE.search(head)
        return Answer(int(head.split(b" ", 2)[1]), place[1].decode() if place else "", body)

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


@dataclass(frozen=True, kw_only=True)
class Way:
    """What everybody does: open one page ("": it is open already), then send the form, so many times at once."""

    port: int
    opened: str
    sent: str
    form: Callable[[int], dict]  # of a person's number
    copies: int = 1


def rush(way, sessions, *, clients, halfway=None):
    """Everybody goes the way, `halfway` happens when half of them have. Returns (seconds in all, [Handed])."""
    return asyncio.run(_rush(way, sessions, clients=clients, halfway=halfway))


async def _rush(way, sessions, *, clients, halfway):
    waiting, done = iter(list(enumerate(sessions))), []

    async def client():
        for number, session in waiting:
            done.append(await _hand_in(way, session, way.form(number)))
            if halfway and len(done) == len(sessions) // 2:
                await asyncio.to_thread(halfway)

    start = time.perf_counter()
    await asyncio.gather(*(client() for _number in range(clients)))
    return time.perf_counter() - start, done


async def _hand_in(way, session, form):
    lines = [Line(way.port, session) for _copy in range(way.copies)]
    start = time.perf_counter()
    handed = Handed(session, opened=await lines[0].ask("GET", way.opened) if way.opened else None)
    between = time.perf_counter()
    handed.twins = await asyncio.gather(*(line.ask("POST", way.sent, form) for line in lines))
    handed.seconds = time.perf_counter() - start
    handed.steps = {"open": between - start, "submit": handed.seconds - (between - start)}
    for line in lines:
        line.close()
    return handed

"""A virus scan by clamd, over its INSTREAM command (clamd(8)). The file's bytes go over the socket, not its path."""

import socket
from typing import BinaryIO

PIECE = 64 * 1024
SECONDS = 60.0


class ScannerUnavailable(Exception):
    """clamd gave no verdict: not reachable, too busy, or the file is larger than its StreamMaxLength."""


def virus_in(file: BinaryIO, address: str, *, seconds: float = SECONDS) -> str:
    """Return the name of the virus, "" for a clean file. address: "unix:/path" or "host:port".

    Raises ScannerUnavailable.
    """
    try:
        with _connection(address, seconds) as link:
            link.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                link.sendall(len(piece).to_bytes(4, "big") + piece)
            link.sendall(bytes(4))
            answer = _answer(link)
    except (OSError, ValueError) as error:
        raise ScannerUnavailable(str(error)) from error
    return _verdict(answer)


def _connection(address: str, seconds: float) -> socket.socket:
    if address.startswith("unix:"):
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(seconds)
        try:
            link.connect(address.removeprefix("unix:"))
        except OSError:
            link.close()
            raise
        return link
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _answer(link: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < PIECE:
        piece = link.recv(4096)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(answer: str) -> str:
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerUnavailable(answer)

"""A thread that speaks clamd's INSTREAM, for one file."""

import socket
from contextlib import contextmanager
from threading import Thread


@contextmanager
def clamd(answer, *, path=None):
    """Yield (address, received): what the scanner was sent is in `received` afterwards."""
    server = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    server.bind(str(path) if path else ("127.0.0.1", 0))
    server.listen()
    server.settimeout(20)
    received = bytearray()
    thread = Thread(target=_serve, args=(server, answer, received))
    thread.start()
    yield (f"unix:{path}" if path else f"127.0.0.1:{server.getsockname()[1]}"), received
    thread.join()
    server.close()


def _serve(server, answer, received):
    link, _address = server.accept()
    with link, link.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        while size := int.from_bytes(stream.read(4), "big"):
            received += stream.read(size)
        link.sendall(answer)

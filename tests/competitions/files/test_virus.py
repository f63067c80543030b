from io import BytesIO

import pytest

from competitions.files.virus import PIECE, ScannerUnavailable, virus_in
from tests.competitions.files.clamd import clamd

DATA = bytes(range(256)) * 600  # more than two pieces


@pytest.mark.parametrize("by_file", [True, False])
def test_clean_file(tmp_path, by_file):
    with clamd(b"stream: OK\0", path=tmp_path / "clamd" if by_file else None) as (address, received):
        assert virus_in(BytesIO(DATA), address) == ""

    assert len(DATA) > 2 * PIECE
    assert bytes(received) == DATA


def test_virus_is_named():
    with clamd(b"stream: Eicar-Signature FOUND\0") as (address, _received):
        assert virus_in(BytesIO(DATA), address) == "Eicar-Signature"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"OK\0"])
def test_no_verdict_is_no_clean_file(answer):
    with clamd(answer) as (address, _received), pytest.raises(ScannerUnavailable):
        virus_in(BytesIO(DATA), address)


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd", "127.0.0.1:1", "nonsense"])
def test_scanner_out_of_reach(address):
    with pytest.raises(ScannerUnavailable):
        virus_in(BytesIO(DATA), address, seconds=2)

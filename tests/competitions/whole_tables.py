"""Tables and archives of whole entries, for tests of bringing them in."""

import csv
import io
import struct
from base64 import b64encode
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from competitions.models import FormField

ROW = {
    "접수번호": "E1",
    "작품명": "회의록 정리",
    "요약": "회의록을 빨리 정리합니다.",
    "제출일시": "2026-05-01 10:00",
    "문제": "오래 걸렸습니다.",
    "해결 방법": "프롬프트로 정리합니다.",
    "업무 1": "회의록",
    "업무 1 이전": "두 시간",
    "minutes_before": "120",
    "산출방법": "실측",
    "프롬프트 1 제목": "회의록 정리",
    "프롬프트 1": "{{회의록}}을 요약해 주세요.",
    "동의": "모두",
}

LARGE = b64encode(Random(1).randbytes(1_000_000))  # packs badly, as real files do


def csv_of(*rows, delimiter=",", encoding="utf-8"):
    """Bytes of a table; every row is ROW with changes."""
    rows = [ROW | row for row in rows]
    headings = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_of(*rows):
    book = Workbook()
    rows = [ROW | row for row in rows]
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_of(files, *, encoding=""):
    """An archive of {name: bytes}. encoding "cp949": as Korean Windows writes it, without saying so."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = _InCp949(name) if encoding == "cp949" else ZipInfo(name)
            archive.writestr(info, data, compress_type=ZIP_DEFLATED)
    out.seek(0)
    return out


class _InCp949(ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode("cp949"), self.flag_bits & ~0x800


def locked(archive):
    """The same archive with every file marked as encrypted."""
    data = bytearray(archive.getvalue())
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", data, at + place)
            struct.pack_into("<H", data, at + place, flags | 1)
            at = data.find(mark, at + 4)
    return io.BytesIO(bytes(data))


def ask(competition, **fields):
    return FormField.objects.create(competition=competition, **{"code": "phone", "name": "연락처"} | fields)

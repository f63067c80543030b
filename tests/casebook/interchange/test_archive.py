import io
import struct
import tracemalloc
import unicodedata
import zipfile

import pytest

from casebook.interchange import Item, Refused, ZipRefused, archive, read_file, read_zip, write_zip
from tests.casebook.interchange.contents import FULL, SMALL, item_of

LARGE = "".join(f"{number:x}" for number in range(1_100_000))
PROMPTY = "---\nname: 가\n---\nsystem:\n나\n"


def zipped(*members, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as opened:
        for name, data in members:
            opened.writestr(name, data)
    return out.getvalue()


def reason(data):
    with pytest.raises(ZipRefused) as refusal:
        read_zip(data)
    return refusal.value.problems[0].text()


def link(name):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info


def unmarked(name, encoding):
    """A zip as old Korean programs write it: the name's bytes in their code, nothing said about it."""
    raw = name.encode(encoding)
    placeholder = "x" * len(raw)
    return zipped((placeholder, PROMPTY)).replace(placeholder.encode(), raw)


def test_members():
    assert read_zip(
        zipped(("a.txt", "가"), ("폴더/나.txt", "나"), ("__MACOSX/a", "x"), ("b/.DS_Store", "x"))
    ) == [
        ("a.txt", "가".encode()),
        ("폴더/나.txt", "나".encode()),
    ]


def test_members_of_a_file_on_disk(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("a.txt", "가")))

    assert read_zip(path) == [("a.txt", "가".encode())]


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_names_that_do_not_say_their_code(encoding):
    assert read_zip(unmarked("민원회신.prompty", encoding))[0][0] == "민원회신.prompty"


def test_names_of_apple_are_put_together():
    name = unicodedata.normalize("NFD", "민원.prompty")

    assert read_zip(zipped((name, "x")))[0][0] == "민원.prompty"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../a", "leads out of"),
        ("a/../../b", "leads out of"),
        ("..\\a", "leads out of"),
        ("/etc/passwd", "leads out of"),
        ("C:\\a", "leads out of"),
        (link("a"), "is a link to another file"),
    ],
)
def test_ways_out(name, said):
    assert said in reason(zipped(("good.prompty", PROMPTY), (name, "x")))


def test_password():
    data = bytearray(zipped(("a", "x")))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1

    assert "locked with a password" in reason(bytes(data))


def test_a_bomb_in_one_file():
    assert "unpacks to far more than its size" in reason(zipped(("a", b"\0" * 30_000_000)))


def test_a_bomb_of_many_files(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 3_000)

    assert "The zip file unpacks to more than" in reason(zipped(*[(f"a{n}", "x" * 1_000) for n in range(4)]))


def test_sizes_that_lie():
    data = zipped(("a", b"x" * 20_000_000), compresslevel=1)
    at = data.rindex(b"PK\x01\x02") + 24
    lying = data[:at] + struct.pack("<I", 100) + data[at + 4 :]
    tracemalloc.start()
    with pytest.raises(ZipRefused):
        read_zip(lying)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 30_000_000


def test_too_many_files(monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)

    assert "holds more than 3 files" in reason(zipped(*[(f"a{n}", "x") for n in range(4)]))


def test_a_list_of_contents_as_large_as_the_memory(monkeypatch):
    monkeypatch.setattr(archive, "_MOST_DIRECTORY", 100)

    assert "holds more than" in reason(zipped(("a" * 200, "x")))


def test_too_large_a_file(monkeypatch):
    monkeypatch.setattr(archive, "MOST_PACKED", 10)

    assert "The zip file is larger than" in reason(zipped(("a", "x")))


# Names of their own: the bytes of a zip hold the time at which it was made.
@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"PK\x05\x06", zipped(("a", "x" * 99))[:-30], b"no zip"],
    ids=["head", "end", "cut", "text"],
)
def test_damaged(data):
    assert reason(data) == "The zip file is damaged."


def test_damaged_inside():
    data = bytearray(zipped(("a", "가나다라" * 50)))
    data[40] ^= 0xFF

    assert reason(bytes(data)) == "The zip file is damaged."


def test_each_file_comes_in_or_is_refused_for_itself():
    inner = zipped(("x.prompty", PROMPTY))
    results = read_file(
        "a.zip",
        zipped(
            ("가.prompty", PROMPTY),
            ("나.png", b"\x89PNG..."),
            ("다.zip", inner),
            ("라.prompty", LARGE),
        ),
    )

    assert [type(each) for each in results] == [Item, Refused, Refused, Refused]
    assert [each.source.file for each in results] == ["가.prompty", "나.png", "다.zip", "라.prompty"]
    assert [each.problems[0].text() for each in results[1:]] == [
        "The file is no text: its first bytes are those of a PNG file.",
        "A zip inside a zip is not opened. Unpack it first.",
        "The file is larger than 5 MB, too large for a prompt.",
    ]


def test_empty_zip():
    with pytest.raises(ZipRefused, match="holds no files"):
        read_file("a.zip", zipped())


def test_many_files_do_not_stand_in_memory_at_once():
    data = zipped(*[(f"{n}.txt", bytes([65 + n % 20]) * 1_000_000) for n in range(40)], compresslevel=0)
    tracemalloc.start()
    for _ in archive.members(data):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 15_000_000


def test_write_zip_gives_one_file_each():
    both = [item_of(SMALL), item_of(FULL), item_of(SMALL)]
    written = write_zip(both, "prompty")

    results = read_file("a.zip", written.data)

    assert [each.source.file for each in results] == [
        "민원-회신.prompty",
        "민원-회신-초안.prompty",
        "민원-회신-2.prompty",
    ]
    assert [each.content for each in results] == [each.content for each in both]
    assert written.losses == ()


def test_write_zip_gives_the_same_bytes():
    assert write_zip([item_of(FULL)], "markdown").data == write_zip([item_of(FULL)], "markdown").data


@pytest.mark.parametrize("title", ["../../a", "a/b", "CON", "...", "\u202e가", "가" * 200, "😀", "${HOME}"])
def test_titles_become_safe_names(title):
    item = item_of({**SMALL, "title": title})

    ((name, _),) = read_zip(write_zip([item], "prompty").data)

    assert "/" not in name
    assert 0 < len(name.encode()) < 200
    assert not name.startswith(".")


def test_write_zip_lists_what_is_lost():
    written = write_zip([item_of(SMALL), item_of(FULL)], "prompt_yml")

    assert {loss.item for loss in written.losses} == {FULL["title"]}

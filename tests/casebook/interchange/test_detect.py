"""What a file is, by its content; and what is said of a file that is nothing."""

import io
import zipfile

import pytest

from casebook.interchange import FORMATS, Item, Unrecognised, detect, read_file, write_file
from tests.casebook.interchange.contents import FULL, item_of
from tests.casebook.interchange.reads import messages

PROMPTY = "---\nname: 가\nmodel: {id: m}\n---\nsystem:\n나\n"


def reason(name, data):
    with pytest.raises(Unrecognised) as refusal:
        detect(name, data)
    return refusal.value.problems[0].text()


def packed(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize("format", list(FORMATS))
def test_our_own_files_are_known_by_their_content(format):
    data = write_file(format, [item_of(FULL)]).data
    expected = {"mcp_list": "mcp"}.get(format, format)

    assert detect("a" + FORMATS[format].extension, data) == expected
    if format not in ("prompt_yml",):
        assert detect("이름없음", data) == expected


@pytest.mark.parametrize(
    "data",
    [
        PROMPTY.encode(),
        b"\xef\xbb\xbf" + PROMPTY.encode(),
        PROMPTY.replace("\n", "\r\n").encode(),
        PROMPTY.encode("cp949"),
        PROMPTY.encode("utf-16"),
    ],
    ids=["utf-8", "mark", "crlf", "cp949", "utf-16"],
)
def test_every_way_to_save_a_text(data):
    (item,) = read_file("a.prompty", data)

    assert isinstance(item, Item)
    assert (item.content["title"], messages(item)) == ("가", [("system", "나")])


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", PROMPTY.encode(), "prompty"),
        (
            "a.prompty",
            b"---\ninput: {schema: {a: string}}\nconfig: {}\n---\n{{role 'user'}}{{a}}",
            "dotprompt",
        ),
        ("a.txt", b"---\ninput: {schema: {a: string}}\n---\n{{role 'user'}}{{a}}", "dotprompt"),
        ("a.yml", b"name: a\nmessages: []\n", "prompt_yml"),
        ("a.yml", b"---\nname: a\nmessages: []\n", "prompt_yml"),
        ("a", b"messages:\n- {role: user, content: a}\n", "prompt_yml"),
        ("a.csv", b"title,user\na,b\n", "csv"),
        ("a.zip", packed("a.prompty"), "zip"),
        ("a.prompt", b"Hello {{name}}", "dotprompt"),
        ("a.prompty", b"Hello", "prompty"),
        ("a.prompt", "[역할] 담당자".encode(), "dotprompt"),
        ("a.prompt", b"Role: expert\nTask: sum up\n\nBe brief.", "dotprompt"),
        ("a.prompt", b"Be kind, brief\nBe true, clear\nBe calm, too", "dotprompt"),
    ],
)
def test_detect(name, data, expected):
    assert detect(name, data) == expected


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.prompty", b"", "The file is empty."),
        ("a.prompty", b"\xef\xbb\xbf \r\n", "The file is empty."),
        ("a.prompty", b"\x89PNG\r\n\x1a\n", "first bytes are those of a PNG file"),
        ("a.prompt", b"%PDF-1.7", "first bytes are those of a PDF file"),
        ("a.prompt.yml", b"\xd0\xcf\x11\xe0", "first bytes are those of a HWP, DOC, XLS file"),
        ("a.prompty", b"abc\x00\x01", "it holds signs that only programs write"),
        ("a.prompt", b"<!DOCTYPE html><html>", "a web page or XML"),
        ("a.prompt", b"a,b\n1,2\n3,4\n", "looks like a table or a program"),
        ("a.prompty", b"#!/bin/sh\nls", "looks like a table or a program"),
        ("a.json", b"{", "This is not valid JSON"),
        ("a.json", b"[]", "The list in the file is empty."),
        ("a.json", b"[1]", "The JSON holds no prompts"),
        ("a.json", b'{"x": 1, "y": 2}', "with these names: x, y."),
        ("a.json", b'{"tier1": {}}', "(ATRS); it holds no prompt text"),
        ("a.jsonld", b'{"@context": ""}', "(JSON-LD); it holds no prompt text"),
        ("a.json", b'{"format": "prompt-casebook"}', "Import it as a casebook."),
        ("a.json", b'[{"title": "a", "user": "b"}]', "Import it as a table."),
        ("a.json", b"[" * 100_000, "nests too deeply"),
        ("a.csv", b"agency,id\na,1\n", "The table has no columns “title” and “user”"),
        ("a.yml", b"a: 1\n", "The YAML has no list of messages"),
        ("a.md", b"# Title\n\ntext", "plain text of no known prompt format"),
        ("a.txt", b"---\nlayout: post\n---\ntext", "The front matter is that of no known prompt format."),
        ("a.zip", b"PK\x03\x04damaged", "The zip file is damaged."),
        ("a.docx", packed("word/document.xml"), "a document of an office program"),
        ("a.prompty", b"a" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_what_is_said_of_a_file_that_is_nothing(name, data, said):
    assert said in reason(name, data)


def test_a_named_format_is_not_guessed():
    (item,) = read_file("a.txt", b"{{name}}", format="dotprompt")

    assert messages(item) == [("user", "{{name}}")]


def test_source_names_the_file():
    (item,) = read_file("a.prompty", PROMPTY.encode())

    assert (item.source.format, item.source.file, item.source.number) == ("prompty", "a.prompty", 1)

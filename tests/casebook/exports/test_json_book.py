import json

import pytest

from casebook.exports.book import Book
from casebook.exports.json_book import write
from casebook.imports.book_json import is_book, read_book
from casebook.imports.problems import BookRefused
from tests.casebook.exports.books import PROMPT_UID, book_of


@pytest.fixture
def exported(tmp_path):
    path = tmp_path / "book.json"
    write(book_of(), path)
    return path


def change(path, edit):
    value = json.loads(path.read_text())
    edit(value)
    path.write_text(json.dumps(value))


def problems(path):
    with pytest.raises(BookRefused) as refusal:
        read_book(path)
    return [problem.text() for problem in refusal.value.problems]


def test_shape(exported):
    value = json.loads(exported.read_text())

    assert list(value) == ["format", "format_version", "government", "work_fields", "prompts", "cases"]
    assert (value["format"], value["format_version"]) == ("prompt-casebook", 1)
    assert value["prompts"][0]["current_version"] == 2
    assert [len(version["content_sha256"]) for version in value["prompts"][0]["versions"]] == [64, 64]


def test_round_trip(exported):
    assert is_book(exported)
    assert read_book(exported) == book_of()


def test_empty_book(tmp_path):
    write(Book({"name": "가온시"}), tmp_path / "a.json")

    assert read_book(tmp_path / "a.json") == Book({"name": "가온시"})


def test_streams_from_iterators(tmp_path):
    book = book_of()

    write(Book(book.government, book.work_fields, iter(book.prompts), iter(book.cases)), tmp_path / "a.json")

    assert read_book(tmp_path / "a.json") == book


def test_a_list_of_records_is_no_book(tmp_path):
    (tmp_path / "a.json").write_text('[{"title": "prompt-casebook"}]')

    assert not is_book(tmp_path / "a.json")


def test_changed_content_is_named(exported):
    change(exported, lambda value: value["prompts"][0]["versions"][1]["content"].update(title="바뀜"))

    assert problems(exported) == [
        f"Prompt {PROMPT_UID}, version 2, was changed after export: its hash differs."
    ]


def test_changed_hash_is_named(exported):
    change(exported, lambda value: value["cases"][0]["versions"][0].update(content_sha256="0" * 64))

    assert len(problems(exported)) == 1


def test_content_that_breaks_its_shape(exported):
    change(exported, lambda value: value["prompts"][0]["versions"][0]["content"].update(extra="x"))

    assert f"Prompt {PROMPT_UID}, version 1: “extra” is not a known field. Remove it." in problems(exported)


def test_newer_form(exported):
    change(exported, lambda value: value.update(format_version=2))

    assert problems(exported) == ["The casebook has form 2; this site reads form 1. Update this site."]


def test_record_twice(exported):
    change(exported, lambda value: value["prompts"].append(value["prompts"][0]))

    assert problems(exported) == [f"Prompt {PROMPT_UID} stands twice in the file."]


def test_shown_version_that_is_absent(exported):
    change(exported, lambda value: value["prompts"][0].update(current_version=7))

    assert len(problems(exported)) == 1


@pytest.mark.parametrize("key", ["uid", "versions"])
def test_record_without_what_it_needs(exported, key):
    change(exported, lambda value: value["prompts"][0].pop(key))

    assert len(problems(exported)) == 1


def test_other_json(tmp_path):
    (tmp_path / "a.json").write_text('{"format": "other"}')

    assert problems(tmp_path / "a.json") == ["The file is not a casebook exported from this system."]

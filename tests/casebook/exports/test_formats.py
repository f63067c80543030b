import pytest

from casebook.exports import FORMATS, UnknownFormat, writer
from tests.casebook.exports.books import book_of


@pytest.mark.parametrize("name", FORMATS)
def test_same_book_gives_same_bytes(tmp_path, name):
    ending = FORMATS[name].extension
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"

    for out in (first, second):
        writer(name)(book_of(), out)

    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [first.name, second.name]


@pytest.mark.parametrize("name", FORMATS)
def test_order_of_records_does_not_matter(tmp_path, name):
    book = book_of()
    doubled = [*book.prompts, book.prompts[0].__class__(**{**vars(book.prompts[0]), "uid": "9"})]
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"

    writer(name)(book_of(prompts=tuple(doubled)), first)
    writer(name)(book_of(prompts=tuple(reversed(doubled))), second)

    assert first.read_bytes() == second.read_bytes()


def test_unknown_format_names_the_known_ones():
    with pytest.raises(UnknownFormat, match=r"'pdf'\. Formats: json, md, site"):
        writer("pdf")

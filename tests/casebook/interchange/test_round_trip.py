"""Ours -> a format -> ours: equal, or different exactly where the list of losses says so."""

import pytest
from hypothesis import given, settings

from casebook.content import content_sha256
from casebook.interchange import FORMATS, Item, read_file, what_is_lost, write_file
from casebook.interchange.kept import whole_of
from tests.casebook.interchange.contents import FULL, SMALL, TESTS, item_of, items

LOSSLESS = ["json", "markdown", "prompty", "dotprompt", "langfuse", "open_webui"]
COMPLETE_CONTENT = [*LOSSLESS, "csv", "xlsx"]
READABLE = [name for name, format in FORMATS.items() if not format.lists]


def there_and_back(format, *given_items):
    written = write_file(format, given_items)
    results = read_file(f"a{FORMATS[format].extension}", written.data)
    assert len(results) == len(given_items)
    return written, results


@pytest.mark.parametrize("format", COMPLETE_CONTENT)
@pytest.mark.parametrize("given_content", [SMALL, FULL], ids=["small", "full"])
def test_full_prompt_comes_back_with_its_hash(format, given_content):
    item = item_of(given_content)

    written, (back,) = there_and_back(format, item)

    assert content_sha256(back.content) == content_sha256(item.content)
    assert written.losses == ()


@pytest.mark.parametrize("format", LOSSLESS)
def test_tests_come_back(format):
    item = item_of(FULL, tests=TESTS)

    _, (back,) = there_and_back(format, item)

    assert back.tests == TESTS


@pytest.mark.parametrize("format", READABLE)
@settings(max_examples=60, deadline=None)
@given(item=items())
def test_any_prompt_comes_back_but_for_its_listed_losses(format, item):
    written = write_file(format, [item])
    if not written.data:
        assert [loss.field for loss in written.losses] == [""]
        return

    (back,) = read_file("file" + FORMATS[format].extension, written.data, format=format)

    lost = {loss.field for loss in written.losses}
    if lost == {""}:
        assert format not in LOSSLESS
        return
    assert isinstance(back, Item)
    before, after = whole_of(item.content, item.tests), whole_of(back.content, back.tests)
    assert {name for name in {**before, **after} if before.get(name) != after.get(name)} == lost
    if format in LOSSLESS:
        assert lost == set()


@pytest.mark.parametrize("format", [name for name in COMPLETE_CONTENT if FORMATS[name].many])
def test_many_in_one_file(format):
    both = [item_of(SMALL), item_of(FULL)]

    _, results = there_and_back(format, *both)

    assert [content_sha256(each.content) for each in results] == [
        content_sha256(each.content) for each in both
    ]


@pytest.mark.parametrize("format", list(FORMATS))
def test_same_items_same_bytes(format):
    assert write_file(format, [item_of(FULL)]).data == write_file(format, [item_of(FULL)]).data


def test_one_prompt_a_file():
    with pytest.raises(ValueError, match="one prompt a file"):
        write_file("prompty", [item_of(SMALL), item_of(FULL)])


@pytest.mark.parametrize(
    ("format", "fields"),
    [
        ("prompt_yml", {"command", "tags", "sensitivity", "licence", "variables", "messages", "purpose"}),
        ("librechat", {"messages", "sensitivity", "model", "output_schema"}),
        ("mcp", {"title", "messages", "variables", "model"}),
        ("mcp_list", {"messages", "licence"}),
        ("csv", set()),
    ],
)
def test_losses_are_listed(format, fields):
    losses = what_is_lost(format, item_of(FULL))

    assert fields <= {loss.field for loss in losses}
    assert all(loss.item == FULL["title"] and loss.text() for loss in losses)


def test_tests_are_lost_in_a_table():
    assert [loss.field for loss in what_is_lost("csv", item_of(FULL, tests=TESTS))] == ["tests"]


def test_steps_without_text_need_our_own_formats():
    step = {"title": "하나", "prompt": {"uid": "00000000-0000-4000-8000-000000000001", "version": 1}}
    item = item_of({"title": "순서", "steps": [step]})

    assert write_file("prompty", [item]).data == b""
    assert [loss.text() for loss in what_is_lost("prompty", item)] == [
        "The prompt has steps and no text of its own; the file cannot hold it."
    ]
    for format in ("json", "markdown", "csv", "xlsx"):
        assert what_is_lost(format, item) == ()


def test_what_only_this_site_reads_is_said():
    written = write_file("prompty", [item_of(FULL)])

    fields = {loss.field for loss in written.carried}
    assert {"purpose", "verification_checklist"} <= fields
    assert not fields & {"title", "summary", "tags", "sensitivity", "licence", "model", "command"}


@pytest.mark.parametrize(
    ("format", "before", "after"),
    [("prompty", "시청 민원", "구청 민원"), ("dotprompt", "안녕하십니까", "반갑습니다")],
)
def test_text_changed_in_another_tool_goes_before_what_was_kept(format, before, after):
    item = item_of({**FULL, "messages": [{"role": "user", "content": f"\n\n{before} {{{{ 말투 }}}}"}]})
    data = write_file(format, [item]).data.replace(f"\n{before}".encode(), f"\n{after}".encode())

    (back,) = read_file("a" + FORMATS[format].extension, data)

    assert back.content["messages"][0]["content"] == f"{after} {{{{말투}}}}"
    assert back.content["purpose"] == FULL["purpose"]
    assert "Prompt text was changed after the export from here; the changed text is taken." in [
        notice.text() for notice in back.notices
    ]


@pytest.mark.parametrize("format", ["json", "langfuse", "open_webui", "csv"])
def test_more_than_a_reader_takes_in_one_file(format):
    many = [item_of({**SMALL, "title": f"회신 {number}", "purpose": "가" * 150_000}) for number in range(13)]

    written = write_file(format, many)

    assert len(written.data) > 5 * 1024 * 1024
    assert written.losses == ()

import pytest

from casebook.interchange import read_file, write_file
from tests.casebook.interchange.contents import FULL, SMALL, TESTS, item_of
from tests.casebook.interchange.reads import messages, reasons, said


def test_markdown_reads_well():
    text = write_file("markdown", [item_of(SMALL)]).data.decode()

    assert "\n# 민원 회신\n\n## user\n\n```text\n{{민원요지}}에 답하세요.\n```\n" in text
    assert text.startswith(OURS + "title: 민원 회신\n")


def test_a_changed_text_is_read_and_said():
    data = write_file("markdown", [item_of(FULL, tests=TESTS)]).data.replace("시청".encode(), "구청".encode())

    (item,) = read_file("a.md", data)

    assert messages(item)[0][1].startswith("너는 구청 민원 담당자다.")
    assert said(item) == ["The prompt was changed after the export: its hash differs."]


def test_a_text_with_fences_and_headings():
    text = "```\n## user\n````\n---\n~~~"
    item = item_of({**SMALL, "messages": [text], "variables": []})

    (back,) = read_file("a.md", write_file("markdown", [item]).data)

    assert back.content == item.content


OURS = "---\nprompt_casebook: 1\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\nprompt_casebook: 2\n---\n", "The Markdown file was not written by a casebook of this kind."),
        (
            OURS + "title: a\n---\n## user\n```text\nx",
            "Line 6: The fenced text that opens here never closes.",
        ),
        (OURS + "title: a\n---\n", "The prompt has no text. Write at least one message."),
        (
            OURS + "colour: a\ntitle: b\n---\n## user\n```\nx\n```",
            "“colour” is not a known field. Remove it.",
        ),
        (OURS + "title: [\n---\n", "Line 4: This is not valid YAML"),
    ],
)
def test_refused(text, reason):
    assert reasons("a.md", text)[0].startswith(reason)

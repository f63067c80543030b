import time

import pytest

from accounts.markup import LONGEST, to_html

SIZE = 50_000
HEAVY = [
    "[",
    "![",
    "[a](",
    "[aaaaaaaaaaaaaaaaaaaaaaa ",
    "*",
    "**a",
    "_a",
    "`",
    "<",
    "<a",
    "> ",
    ">",
    "- ",
    "* * ",
]
HEAVY += [
    "---\n",
    "a\n===\n",
    "1. ",
    "|",
    "|a|b|\n|-|-|\n",
    "  - a\n",
    "- > ",
    "\\",
    "&",
    "<!--",
    "[a]: b\n",
    "    ",
]


def test_to_html_keeps_structure():
    assert to_html("# 개요\n\n- 하나\n- **둘**") == (
        "<h2>개요</h2>\n<ul>\n<li>하나</li>\n<li><strong>둘</strong></li>\n</ul>"
    )


def test_to_html_table_heads_have_scope():
    assert '<th scope="col">항목</th>' in to_html("| 항목 | 값 |\n|---|---|\n| 가 | 1 |")


def test_to_html_keeps_line_breaks_and_code():
    assert to_html("가\n나") == "<p>가<br>\n나</p>"
    assert to_html("```\n{{이름}}\n```") == "<pre><code>{{이름}}\n</code></pre>"


def test_to_html_shows_typed_tags_as_text():
    assert to_html("<context>본문</context>") == "<p>&lt;context&gt;본문&lt;/context&gt;</p>"
    assert "<script" not in to_html("<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JaVaScript:x"])
def test_to_html_drops_dangerous_links(address):
    assert to_html(f"[여기]({address})") == '<p><a rel="nofollow noopener">여기</a></p>'


def test_to_html_marks_links():
    assert to_html("[여기](https://example.org/)") == (
        '<p><a href="https://example.org/" rel="nofollow noopener">여기</a></p>'
    )


@pytest.mark.parametrize(
    "source", ["https://example.org/a.png", "//example.org/a.png", "/\\example.org/a.png"]
)
def test_to_html_drops_images_of_other_hosts(source):
    assert to_html(f"![그림]({source})") == '<p><img alt="그림"></p>'


def test_to_html_keeps_own_images():
    assert to_html("![그림](/media/a.png)") == '<p><img alt="그림" src="/media/a.png"></p>'


def test_to_html_of_nothing():
    assert to_html("") == ""
    assert to_html(None) == ""


def test_to_html_too_long_text_is_shown_as_typed():
    text = "<b>가" + "a" * LONGEST
    assert to_html(text) == "<pre>&lt;b&gt;가" + "a" * LONGEST + "</pre>"


@pytest.mark.parametrize("part", HEAVY)
def test_to_html_heavy_text_stays_quick(part):
    started = time.process_time()
    to_html((part * SIZE)[:SIZE])
    assert time.process_time() - started < 5


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_to_html_deep_lists_never_recurse_to_an_error(indent):
    text = "\n".join(indent * level + "- 가" for level in range(300))
    assert "가" in to_html(text)

"""Markdown written by people -> HTML that is safe to show."""

import re
from html import escape
from xml.etree.ElementTree import Element  # only the type; nothing is parsed

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

LONGEST = 100_000
# Measured on 50,000 characters: each "[" is followed to the end of its block (2,000 of them: 15 s),
# underlined headings take quadratic time (8,000 of them: 12 s), quotes and lists recurse once a level.
BRACKET_STEPS = 5_000_000
UNDERLINES = 300
DEEP = re.compile(r"(?m)^(?:[ \t]*>){20}|^(?:[ \t]*[-*+][ \t]+){20}|^[ \t]{80,}\S")
UNDERLINE = re.compile(r"(?m)^[ \t]*(?:=+|-+)[ \t]*$")
BLOCK_END = re.compile(r"\n[ \t]*\n")
BLOCK_TAGS = {"h2", "h3", "h4", "h5", "h6", "p", "hr", "blockquote", "ul", "ol", "li", "pre"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = BLOCK_TAGS | TABLE_TAGS | {"br", "strong", "em", "del", "code", "a", "img"}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "th": {"scope"}}


class ShiftHeadings(Treeprocessor):
    """The page has its own h1, so a text's first level is h2."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch(r"h[1-5]", str(element.tag)):
                element.tag = f"h{int(element.tag[1]) + 1}"
            elif element.tag == "th":
                element.set("scope", "col")


class PlainText(Extension):
    """Tags typed in a text show as typed: prompts use them as marks, and none may become HTML."""

    def extendMarkdown(self, md):
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(ShiftHeadings(md), "shift_headings", 0)


def to_html(text: str) -> str:
    """Return safe HTML; text that is too long or too deep for Markdown is shown as it was typed."""
    text = text or ""
    if _is_heavy(text):
        return _as_typed(text)
    try:
        html = Markdown(extensions=["tables", "fenced_code", "sane_lists", "nl2br", PlainText()]).convert(
            text
        )
    except RecursionError:
        return _as_typed(text)
    return _clean(html)


def _is_heavy(text: str) -> bool:
    bracket_steps = sum(block.count("[") * len(block) for block in BLOCK_END.split(text))
    return (
        len(text) > LONGEST
        or bracket_steps > BRACKET_STEPS
        or len(UNDERLINE.findall(text)) > UNDERLINES
        or bool(DEEP.search(text))
    )


def _as_typed(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    foreign_image = tag == "img" and name == "src" and not re.match(r"/(?![/\\])", value)
    return None if foreign_image else value

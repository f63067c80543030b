"""The frame around every page."""

from casebook.content.markers import N_
from casebook.content.problems import Translate
from casebook.exports.site.markup import Html, el, join, void


def document(
    title: str, body: Html, *, book: str, root: str, language: str, translate: Translate, notice: str = ""
) -> bytes:
    """root: the way back to the top folder, '' or '../'."""
    head = join(
        [
            void("meta", charset="utf-8"),
            void("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("title", title if title == book else f"{title} — {book}"),
            void("link", rel="stylesheet", href=f"{root}style.css"),
        ]
    )
    page = join(
        [
            el("a", translate(N_("Skip to the content")), class_="skip", href="#main"),
            el(
                "header",
                el("p", notice, class_="notice") if notice else None,
                el("a", book, href=f"{root}index.html", class_="brand"),
            ),
            el("main", body, id="main"),
            el("footer", el("a", translate(N_("All of this as JSON")), href=f"{root}book.json")),
        ]
    )
    html = el("html", Html("\n"), el("head", head), Html("\n"), el("body", page), Html("\n"), lang=language)
    return f"<!DOCTYPE html>\n{html}\n".encode()


def labelled(heading: str, *children: object, level: str = "h2") -> Html:
    return el("section", el(level, heading), *children)


def facts_list(facts: list[tuple[str, str]]) -> Html | None:
    rows = [el("div", el("dt", label), el("dd", value)) for label, value in facts]
    return el("dl", *rows) if rows else None


def bullets(items: list[str]) -> Html | None:
    return el("ul", *[el("li", item) for item in items]) if items else None


def words(text: str) -> Html:
    return el("div", text, class_="words")


def exact(*pieces: object) -> Html:
    """Text sign for sign; a browser drops the first line end inside <pre>, so one is given to it."""
    return el("pre", Html("\n"), *pieces)

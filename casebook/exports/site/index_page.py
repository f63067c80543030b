"""The first page: everything by work field."""

from collections.abc import Mapping

from casebook.content.markers import N_
from casebook.content.problems import Translate
from casebook.exports.chapters import Chapter, Page
from casebook.exports.site.layout import labelled
from casebook.exports.site.markup import Html, el, join


def index_body(
    title: str, chapters: list[Chapter], addresses: Mapping[tuple[str, str], str], *, translate: Translate
) -> Html:
    """addresses: (kind, uid) -> address from the first page."""
    cases = sum(len(chapter.cases) for chapter in chapters)
    prompts = sum(len(chapter.prompts) for chapter in chapters)
    counts = translate(N_("Cases: %(cases)s · Prompts: %(prompts)s")) % {"cases": cases, "prompts": prompts}
    parts = [el("h1", title), el("p", counts, class_="summary"), _menu(chapters, translate)]
    for number, chapter in enumerate(chapters, start=1):
        lists = [
            *_listing(translate(N_("Cases")), chapter.cases, addresses),
            *_listing(translate(N_("Prompts")), chapter.prompts, addresses),
        ]
        parts.append(el("section", el("h2", chapter.name, id=f"field-{number}"), *lists))
    return join(parts)


def _menu(chapters: list[Chapter], translate: Translate) -> Html:
    links = [
        el(
            "li",
            el("a", chapter.name, href=f"#field-{number}"),
            f" {_count(chapter)}",
        )
        for number, chapter in enumerate(chapters, start=1)
    ]
    label = translate(N_("Work fields"))
    return el("nav", el("ul", *links, class_="menu"), aria_label=label) if links else Html("")


def _count(chapter: Chapter) -> int:
    return len(chapter.cases) + len(chapter.prompts)


def _listing(heading: str, pages: tuple[Page, ...], addresses: Mapping[tuple[str, str], str]) -> list[Html]:
    items = [
        el(
            "li",
            el("a", page.content["title"], href=addresses[page.record.kind, page.record.uid]),
            el("p", page.content["summary"]) if page.content["summary"] else None,
        )
        for page in pages
    ]
    return [labelled(heading, el("ul", *items, class_="listing"), level="h3")] if items else []

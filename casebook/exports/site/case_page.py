"""The page of a case."""

from collections.abc import Mapping

from casebook.content.labels import FIELD_LABELS
from casebook.content.markers import N_
from casebook.content.problems import Translate
from casebook.exports.chapters import Page
from casebook.exports.facts import case_facts, effect_facts
from casebook.exports.site.layout import facts_list, labelled, words
from casebook.exports.site.markup import Html, el, join

Links = Mapping[str, tuple[str, str]]
_AFTERWORDS = ("data_used", "risks", "failures", "human_review", "prerequisites")
_COLUMNS = ("task", "before", "after", "minutes_before", "minutes_after", "note")


def case_body(page: Page, prompts: Links, *, translate: Translate) -> Html:
    """prompts: uid -> (title, address) of the prompts in this book."""
    content = page.content
    parts: list[Html | None] = [
        el("p", translate(N_("Case")), class_="kind"),
        el("h1", content["title"]),
        el("p", content["summary"], class_="summary") if content["summary"] else None,
        el("p", translate(N_("Version %(number)s")) % {"number": page.number}, class_="version"),
        _section("effect", facts_list(effect_facts(content["effect"], translate=translate)), translate),
        *_texts(page, ("problem", "approach"), translate),
        _steps(page, prompts, translate),
        _before_after(page, translate),
        *_texts(page, _AFTERWORDS, translate),
        facts_list(case_facts(content, translate=translate)),
    ]
    return join([part for part in parts if part])


def _section(name: str, body: Html | None, translate: Translate) -> Html | None:
    return labelled(translate(FIELD_LABELS[name]), body) if body else None


def _texts(page: Page, names: tuple[str, ...], translate: Translate) -> list[Html | None]:
    return [_section(name, words(page.content[name]), translate) for name in names if page.content[name]]


def _steps(page: Page, prompts: Links, translate: Translate) -> Html | None:
    items = []
    for step in page.content["steps"]:
        target = prompts.get(step["prompt"]["uid"]) if step["prompt"] else None
        link = el("p", translate(N_("Prompt")), ": ", el("a", target[0], href=target[1])) if target else None
        items.append(el("li", words(step["text"]) if step["text"] else None, link))
    return _section("steps", el("ol", *items), translate) if items else None


def _before_after(page: Page, translate: Translate) -> Html | None:
    rows = page.content["before_after"]
    if not rows:
        return None
    heading = translate(FIELD_LABELS["before_after"])
    head = el("tr", *[el("th", translate(FIELD_LABELS[name]), scope="col") for name in _COLUMNS])
    body = [el("tr", *[el("td", row[name] or "") for name in _COLUMNS]) for row in rows]
    table = el("table", el("thead", head), el("tbody", *body))
    # A wide table scrolls by keyboard too.
    return labelled(heading, el("div", table, class_="wide", role="region", tabindex="0", aria_label=heading))

"""The page of a prompt."""

from casebook.blanks import split_text
from casebook.content.choices import ROLES
from casebook.content.labels import FIELD_LABELS
from casebook.content.markers import N_
from casebook.content.problems import Translate
from casebook.exports.chapters import Page
from casebook.exports.facts import advice_of, prompt_facts
from casebook.exports.site.layout import bullets, exact, facts_list, labelled, words
from casebook.exports.site.markup import Html, el, join

_TEXTS = ("purpose", "prohibited_inputs", "known_limitations", "ai_disclosure")
_EXAMPLES = ("output_format", "example_input", "example_output")


def prompt_body(page: Page, used_in: list[tuple[str, str]], *, translate: Translate) -> Html:
    """used_in: (title, address) of the cases that use this prompt."""
    content = page.content
    parts: list[Html | None] = [
        el("p", translate(N_("Prompt")), class_="kind"),
        el("h1", content["title"]),
        el("p", content["summary"], class_="summary") if content["summary"] else None,
        el("p", translate(N_("Version %(number)s")) % {"number": page.number}, class_="version"),
        facts_list(prompt_facts(content, translate=translate)),
        _section("advice", bullets(advice_of(content, translate=translate)), translate),
        *[_section(name, words(content[name]), translate) for name in _TEXTS if content[name]],
        _messages(page, translate),
        _variables(page, translate),
        *[_section(name, exact(content[name]), translate) for name in _EXAMPLES if content[name]],
        _section("verification_checklist", bullets(content["verification_checklist"]), translate),
        _used_in(used_in, translate),
    ]
    return join([part for part in parts if part])


def _section(name: str, body: Html | None, translate: Translate) -> Html | None:
    return labelled(translate(FIELD_LABELS[name]), body) if body else None


def _messages(page: Page, translate: Translate) -> Html:
    parts: list[object] = []
    for message in page.content["messages"]:
        pieces = [
            el("mark", f"{{{{{piece}}}}}") if kind == "blank" else piece
            for kind, piece in split_text(message["content"])
        ]
        parts += [el("h3", translate(ROLES[message["role"]])), exact(*pieces)]
    return labelled(translate(FIELD_LABELS["messages"]), *parts)


def _variables(page: Page, translate: Translate) -> Html | None:
    rows = [
        el("div", el("dt", each["label"], " ", el("mark", f"{{{{{each['key']}}}}}")), el("dd", _told(each)))
        for each in page.content["variables"]
    ]
    return labelled(translate(FIELD_LABELS["variables"]), el("dl", *rows)) if rows else None


def _told(variable: dict[str, str]) -> str:
    return " — ".join(filter(None, (variable["help"], variable["example"]))) or "·"


def _used_in(used_in: list[tuple[str, str]], translate: Translate) -> Html | None:
    links = [el("li", el("a", title, href=address)) for title, address in used_in]
    return labelled(translate(N_("Cases that use this prompt")), el("ul", *links)) if links else None

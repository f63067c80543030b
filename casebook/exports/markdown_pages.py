"""One prompt or case as Markdown lines."""

from collections.abc import Iterator, Mapping
from typing import Any

from casebook.content.choices import ROLES
from casebook.content.labels import FIELD_LABELS
from casebook.content.markers import N_
from casebook.content.problems import Translate
from casebook.exports.chapters import Page
from casebook.exports.facts import Facts, advice_of, case_facts, effect_facts, prompt_facts
from casebook.exports.markdown_text import block, fenced, inline

_PROMPT_TEXTS = ("purpose", "prohibited_inputs", "known_limitations", "ai_disclosure")
_EXAMPLES = ("output_format", "example_input", "example_output")
_CASE_TEXTS = ("data_used", "risks", "failures", "human_review", "prerequisites")


def prompt_lines(page: Page, *, translate: Translate) -> Iterator[str]:
    content = page.content
    yield from _head(page, translate(N_("Prompt")), translate)
    yield from _facts(prompt_facts(content, translate=translate))
    yield from _list("advice", advice_of(content, translate=translate), translate)
    yield from _texts(content, _PROMPT_TEXTS, translate)
    for message in content["messages"]:
        yield from ("", f"**{translate(ROLES[message['role']])}**", "", fenced(message["content"]))
    yield from _list("variables", [_variable(each) for each in content["variables"]], translate)
    for name in _EXAMPLES:
        if content[name]:
            yield from ("", f"**{translate(FIELD_LABELS[name])}**", "", fenced(content[name]))
    yield from _list(
        "verification_checklist", [inline(each) for each in content["verification_checklist"]], translate
    )


def case_lines(page: Page, titles: Mapping[str, str], *, translate: Translate) -> Iterator[str]:
    """titles: uid -> title of the prompts in this file, for links."""
    content = page.content
    yield from _head(page, translate(N_("Case")), translate)
    yield from _facts(case_facts(content, translate=translate))
    yield from _texts(content, ("problem", "approach"), translate)
    yield from _steps(content["steps"], titles, translate)
    yield from _before_after(content["before_after"], translate)
    effect = effect_facts(content["effect"], translate=translate)
    if effect:
        yield from ("", f"**{translate(FIELD_LABELS['effect'])}**")
        yield from _facts(effect)
    yield from _texts(content, _CASE_TEXTS, translate)


def _head(page: Page, kind: str, translate: Translate) -> Iterator[str]:
    version = translate(N_("Version %(number)s")) % {"number": page.number}
    yield from ("", f'<a id="{page.record.kind}-{page.record.uid}"></a>', "")
    yield from (f"### {kind}: {inline(page.content['title'])}", "")
    if page.content["summary"]:
        yield from (inline(page.content["summary"]), "")
    yield f"_{version}_"


def _facts(facts: Facts) -> Iterator[str]:
    if facts:
        yield ""
    for label, value in facts:
        yield f"- {label}: {inline(value)}"


def _texts(content: Mapping[str, Any], names: tuple[str, ...], translate: Translate) -> Iterator[str]:
    for name in names:
        if content[name]:
            yield from ("", f"**{translate(FIELD_LABELS[name])}**", "", block(content[name]))


def _list(name: str, items: list[str], translate: Translate) -> Iterator[str]:
    if items:
        yield from ("", f"**{translate(FIELD_LABELS[name])}**", "")
        yield from (f"- {item}" for item in items)


def _variable(variable: Mapping[str, Any]) -> str:
    words = [variable["label"] if variable["label"] != variable["key"] else "", variable["example"]]
    told = " — ".join(inline(word) for word in words if word)
    return f"`{{{{{variable['key']}}}}}`" + (f" {told}" if told else "")


def _steps(steps: list[Any], titles: Mapping[str, str], translate: Translate) -> Iterator[str]:
    if steps:
        yield from ("", f"**{translate(FIELD_LABELS['steps'])}**", "")
    for number, step in enumerate(steps, start=1):
        link = step["prompt"]
        title = titles.get(link["uid"]) if link else None
        linked = f" ([{inline(title)}](#prompt-{link['uid']}))" if title else ""
        yield f"{number}. {inline(step['text'])}{linked}"


def _before_after(rows: list[Any], translate: Translate) -> Iterator[str]:
    if not rows:
        return
    names = ("task", "before", "after", "minutes_before", "minutes_after", "note")
    yield from ("", f"**{translate(FIELD_LABELS['before_after'])}**", "")
    yield "| " + " | ".join(translate(FIELD_LABELS[name]) for name in names) + " |"
    yield "|" + " --- |" * len(names)
    for row in rows:
        yield "| " + " | ".join(inline(row[name] or "") for name in names) + " |"

"""What the pages of a prompt and a case show, worked out from a version's content."""

from dataclasses import dataclass

from django.utils.translation import gettext

from casebook.actions.links import versions_below
from casebook.content import choices, hours_saved_per_month
from casebook.filling.form import FillForm, advice_lines, fill_form
from casebook.models import PromptVersion
from casebook.states import VersionState


@dataclass(frozen=True)
class Step:
    """A step of a prompt of several: `fill` is None when its prompt cannot be used here."""

    number: int
    title: str
    version: PromptVersion | None
    fill: FillForm | None
    needs_person: bool
    gate_label: str
    check: str


def label_of(table, code):
    return gettext(table[code]) if code in table else code


def prompt_page(version, *, sees_drafts=False, tools=()):
    """What the page of a prompt shows. At most one query for each depth of its parts and steps.

    sees_drafts: whether drafts among its parts and steps are shown. tools: OpenTool rows to offer.
    """
    content = version.content
    below = usable(versions_below(content), sees_drafts=sees_drafts)
    known = {link: each.content for link, each in below.items()}
    fill = fill_form(content, known, slug=version.record.slug, number=version.number, tools=tools)
    return {
        "content": content,
        "fill": fill,
        "messages_shown": fill.messages,
        "prompt_steps": prompt_steps(content, below, tools=tools),
        "sensitivity_label": label_of(choices.SENSITIVITIES, content["sensitivity"]),
        "channel_label": label_of(choices.CHANNELS, content["channel"]),
        "licence_label": label_of(choices.LICENCES, content["licence"]),
        "trust_label": label_of(choices.TRUST_LEVELS, content["trust"]),
        "advice": advice_lines(content),
    }


def prompt_steps(content, below, *, tools=()):
    """The steps of a prompt of several, each with the form of the version it pins."""
    known = {link: version.content for link, version in below.items()}
    return [
        _step(number, step, below, known, tools) for number, step in enumerate(content.get("steps", []), 1)
    ]


def _step(number, step, below, known, tools):
    version = below.get((step["prompt"]["uid"], step["prompt"]["version"]))
    fill = None
    if version:
        fill = fill_form(
            version.content,
            known,
            slug=version.record.slug,
            number=version.number,
            form_id=f"step-{number}",
            tools=tools,
        )
    return Step(
        number=number,
        title=step["title"] or (version.content["title"] if version else ""),
        version=version,
        fill=fill,
        needs_person=step["gate"] == "human",
        gate_label=label_of(choices.GATES, step["gate"]),
        check=step["check"],
    )


def usable(below, *, sees_drafts):
    """Without what is not published or was retired; who writes or reviews a prompt sees its drafts too."""
    return {
        link: version
        for link, version in below.items()
        if (sees_drafts or version.state == VersionState.PUBLISHED) and version.record.retired_at is None
    }


def plain_text(messages):
    """All messages as one text to copy; the role stands above each when there are several."""
    if len(messages) == 1:
        return messages[0]["content"]
    return "\n\n".join(f"[{label_of(choices.ROLES, m['role'])}]\n{m['content']}" for m in messages)


def case_page(version):
    content = version.content
    effect = content["effect"]
    return {
        "content": content,
        "effect": effect,
        "hours_saved": hours_saved_per_month(effect),
        "method_label": label_of(choices.METHODS, effect["method"]),
        "stage_label": label_of(choices.STAGES, content["stage"]),
        "licence_label": label_of(choices.LICENCES, content["licence"]),
        "steps": steps_with_prompts(version),
    }


def steps_with_prompts(version):
    """[(text, prompt version or None)] of a case's steps, in two queries."""
    links = version.prompt_links.select_related("prompt_version__record")
    known = {
        (str(link.prompt_version.record.uid), link.prompt_version.number): link.prompt_version
        for link in links
    }
    return [
        (
            step["text"],
            known.get((step["prompt"]["uid"], step["prompt"]["version"])) if step["prompt"] else None,
        )
        for step in version.content["steps"]
    ]

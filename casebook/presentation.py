"""What the pages of a prompt and a case show, worked out from a version's content."""

from dataclasses import dataclass

from django.utils.translation import gettext

from casebook.blanks import split_text
from casebook.content import choices, hours_saved_per_month
from casebook.content.labels import FIELD_LABELS


@dataclass(frozen=True)
class Piece:
    """A stretch of a message: plain text, or a blank with its label."""

    text: str
    blank: str
    label: str


@dataclass(frozen=True)
class Message:
    role_label: str
    pieces: list[Piece]


def label_of(table, code):
    return gettext(table[code]) if code in table else code


def prompt_page(version):
    content = version.content
    labels = {variable["key"]: variable["label"] or variable["key"] for variable in content["variables"]}
    return {
        "content": content,
        "messages_shown": [_message(message, labels) for message in content["messages"]],
        "sensitivity_label": label_of(choices.SENSITIVITIES, content["sensitivity"]),
        "channel_label": label_of(choices.CHANNELS, content["channel"]),
        "licence_label": label_of(choices.LICENCES, content["licence"]),
        "advice": [gettext(FIELD_LABELS[name]) for name, given in content["advice"].items() if given],
    }


def plain_text(messages):
    """All messages as one text to copy; the role stands above each when there are several."""
    if len(messages) == 1:
        return messages[0]["content"]
    return "\n\n".join(f"[{label_of(choices.ROLES, m['role'])}]\n{m['content']}" for m in messages)


def _message(message, labels):
    pieces = [
        Piece(value, "", "") if kind == "text" else Piece("", value, labels.get(value, value))
        for kind, value in split_text(message["content"])
    ]
    return Message(label_of(choices.ROLES, message["role"]), pieces)


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

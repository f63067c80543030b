"""What the fill form of a prompt shows: its blanks as fields, its text with the blanks marked, what to know first.

Nothing here holds a value: values are typed and kept in the browser (static/js/fill.js).
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext

from casebook.blanks import blanks_in, complete_variables, split_text
from casebook.content import choices
from casebook.content.labels import FIELD_LABELS
from casebook.forms.addresses import PLACE, without_prompt
from casebook.parts import PartsRefused, effective_variables, expand

CHECKS_BEFORE_COPY = 3
# Where a prompt may be used -> where the tools run that its page may offer.
OFFERED = {
    "public_ai": ("public_ai", "agency_ai", "on_device"),
    "agency_ai": ("agency_ai", "on_device"),
    "on_device": ("on_device",),
}
YES_NO = {"en": ("Yes", "No"), "": ("예", "아니요")}
_TRUE = frozenset({"true", "yes", "y", "1", "예", "네", "참"})
_FALSE = frozenset({"false", "no", "n", "0", "아니요", "아니오", "거짓"})


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


@dataclass(frozen=True)
class Choice:
    value: str
    chosen: bool


@dataclass(frozen=True)
class Blank:
    """A field of the form. kind: how it is drawn; a choice without options is one line of text."""

    id: str
    key: str
    label: str
    help: str
    kind: str
    required: bool
    default: str
    example: str
    choices: list[Choice]
    max_length: int | None
    pattern: str
    sensitivity: str


@dataclass(frozen=True)
class Offer:
    """A tool to open. filled: its address with a place for the text, or "" when the text is only copied."""

    name: str
    address: str
    filled: str


@dataclass(frozen=True)
class FillForm:
    """One prompt to fill in. `missing`: a part of it is not on this site, so its text is not whole."""

    id: str
    slug: str
    number: int
    sensitivity: str
    channel: str
    blanks: list[Blank]
    messages: list[Message]
    texts: list[dict]
    prohibited: str
    advice: list[str]
    checks: list[str]
    tools: list[Offer]
    missing: bool

    @property
    def must_agree(self):
        """Whether the person confirms having read the advice before the text is handed out."""
        return self.sensitivity != "open"

    @property
    def channel_label(self):
        return gettext(choices.CHANNELS[self.channel])

    @property
    def allows_personal(self):
        return self.sensitivity == "personal" and self.channel != "public_ai"


def fill_form(content, known, *, slug, number, form_id="prompt", tools=()):
    """The form of a version's content; known: contents of its parts by (uid, version); tools: OpenTool rows."""
    texts, variables, missing = _whole(content, known)
    labels = {variable["key"]: variable["label"] or variable["key"] for variable in variables}
    return FillForm(
        id=form_id,
        slug=slug,
        number=number,
        sensitivity=content["sensitivity"],
        channel=content["channel"],
        blanks=[_blank(f"{form_id}-{number}", each, content) for number, each in enumerate(variables, 1)],
        messages=[_message(message, labels) for message in texts],
        texts=texts,
        prohibited=content["prohibited_inputs"],
        advice=advice_lines(content),
        checks=content["verification_checklist"][:CHECKS_BEFORE_COPY],
        tools=[_offer(tool, content["sensitivity"]) for tool in tools_for(content["channel"], tools)],
        missing=missing,
    )


def advice_lines(content):
    return [gettext(FIELD_LABELS[name]) for name, given in content["advice"].items() if given]


def tools_for(channel, tools):
    """Those of the tools that run where the prompt may be used."""
    return [tool for tool in tools if tool.channel in OFFERED.get(channel, ())]


def _offer(tool, sensitivity):
    """Only open information ever stands in an address, which servers and browsers keep."""
    takes_text = sensitivity == "open" and PLACE in tool.url
    return Offer(tool.name, without_prompt(tool.url), tool.url if takes_text else "")


def _whole(content, known):
    """Text with its parts put in, the variables it uses, and whether a part is missing."""
    try:
        texts, variables = expand(content, known), effective_variables(content, known)
    except PartsRefused:
        return content["messages"], complete_variables(content["messages"], content["variables"]), True
    used = set(blanks_in(texts))
    return texts, [each for each in complete_variables(texts, variables) if each["key"] in used], False


def _blank(blank_id, variable, content):
    kind, options = variable["type"], variable["options"]
    if kind == "bool":
        options = YES_NO["en" if content["language"].startswith("en") else ""]
    elif kind not in {"select", "multiselect"} or not options:
        kind, options = ("text" if kind in {"select", "multiselect"} else kind), []
    chosen = _chosen(kind, variable["default"], options)
    return Blank(
        id=blank_id,
        key=variable["key"],
        label=variable["label"] or variable["key"],
        help=variable["help"],
        kind=kind,
        required=variable["required"],
        default=variable["default"],
        example=_example(kind, variable["example"], options),
        choices=[Choice(option, option in chosen) for option in options],
        max_length=variable["max_length"],
        pattern=variable.get("pattern", ""),
        sensitivity=variable.get("sensitivity", ""),
    )


def _chosen(kind, default, options):
    """The options that a default names: one, several with commas between, or a yes in some spelling."""
    if kind == "bool":
        return {yes_or_no(default, options)}
    if kind == "multiselect" and default not in options:
        return {part.strip() for part in re.split(r"[,;\n]", default)}
    return {default}


def yes_or_no(text, options):
    """Return the option that a spelling of yes or no stands for, or ""."""
    folded = text.strip().lower()
    if folded in _TRUE:
        return options[0]
    return options[1] if folded in _FALSE else ""


def _example(kind, example, options):
    return yes_or_no(example, options) if kind == "bool" else example


def _message(message, labels):
    pieces = [
        Piece(value, "", "") if kind == "text" else Piece("", value, labels.get(value, value))
        for kind, value in split_text(message["content"])
    ]
    role_label = choices.ROLES[message["role"]]
    return Message(gettext(role_label), pieces)

"""A prompt filled with the inputs of a test: what is sent to a model, or shown to be copied."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.privacy import BLOCKING, KINDS, find
from casebook.actions.links import versions_below
from casebook.blanks import blanks_in, complete_variables, fill
from casebook.content.choices import CHANNELS
from casebook.content.text import normal_text
from casebook.errors import CasebookError
from casebook.parts import PartsRefused, effective_variables, expand
from casebook.states import VersionState

ORDER = tuple(CHANNELS)  # from the most open to the most closed


@dataclass(frozen=True)
class Template:
    """The messages of a version with its parts put in, the blanks they hold, and where it may be sent."""

    messages: list
    variables: list
    channel: str

    def filled(self, inputs):
        """[{role, content}] with the inputs in their blanks; a blank without a value stays as it is."""
        values = {key: normal_text(value).strip() for key, value in inputs.items()}
        return [
            {"role": message["role"], "content": fill(message["content"], values)}
            for message in self.messages
        ]

    def unfilled(self, inputs):
        """Labels of the blanks that the inputs leave open."""
        return [each["label"] for each in self.variables if not inputs.get(each["key"], "").strip()]


def template_of(version, *, sees_drafts):
    """The template of a version; a query for each depth of its parts. Raises CasebookError."""
    content = version.content
    below = {
        link: each.content
        for link, each in versions_below(content).items()
        if sees_drafts or each.state == VersionState.PUBLISHED
    }
    if not content["messages"]:
        raise CasebookError(
            _("This prompt has only steps. Write test cases for the prompts of its steps instead.")
        )
    try:
        messages, variables = expand(content, below), effective_variables(content, below)
    except PartsRefused as refused:
        raise CasebookError(
            _("A part of the prompt is not on this site or not published: %(name)s. Mend the prompt first.")
            % {"name": refused.name}
        ) from refused
    used = set(blanks_in(messages))
    variables = [each for each in complete_variables(messages, variables) if each["key"] in used]
    channels = [content["channel"], *(part["channel"] for part in below.values())]
    return Template(messages, variables, max(channels, key=ORDER.index))


def plain(messages):
    return "\n\n".join(message["content"] for message in messages)


def personal_kinds(text):
    """(names of the identity numbers in a text, names of other personal data in it); never the values."""
    kinds = list(dict.fromkeys(finding.kind for finding in find(text)))
    return (
        [_(KINDS[kind]) for kind in kinds if kind in BLOCKING],
        [_(KINDS[kind]) for kind in kinds if kind not in BLOCKING],
    )

"""prompts/list and prompts/get: what the page of a prompt gives to people, for programs."""

import unicodedata

import mcp_types as types
from django.conf import settings
from django.utils.translation import gettext as _

from casebook.actions.links import versions_below
from casebook.actions.usage import count_use
from casebook.blanks import fill as fill_blanks
from casebook.errors import CasebookError
from casebook.filling.form import fill_form
from casebook.mcp.values import checked_values
from casebook.mcp.words import blank_description, description, steps_text
from casebook.models import Prompt
from casebook.presentation import prompt_page, usable
from casebook.states import VersionState

PAGE_SIZE = 100
LONGEST_NUMBER = 9


def list_page(cursor):
    """One page in the order of making, so that prompts published meanwhile move no other."""
    rows = list(_published().filter(pk__gt=_after(cursor)).order_by("pk")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    known = _contents_below([prompt.current.content for prompt in shown])
    return types.ListPromptsResult(
        prompts=[_listed(prompt, known) for prompt in shown],
        next_cursor=str(shown[-1].pk) if len(rows) > PAGE_SIZE else None,
    )


def _published():
    return Prompt.objects.published().select_related("current__replacement")


def _after(cursor):
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= LONGEST_NUMBER):
        raise CasebookError(_("This cursor is not one of ours. Begin again without a cursor."))
    return int(cursor)


def _contents_below(contents):
    """Contents of all that the contents hold; a query for each depth, however many they are."""
    together = {
        "parts": [part for content in contents for part in content.get("parts", [])],
        "steps": [step for content in contents for step in content.get("steps", [])],
    }
    below = usable(versions_below(together), sees_drafts=False)
    return {link: version.content for link, version in below.items()}


def _listed(prompt, known):
    version = prompt.current
    form = fill_form(version.content, known, slug=prompt.slug, number=version.number)
    return types.Prompt(
        name=prompt.slug,
        title=prompt.title,
        description=description(version, form),
        arguments=[_argument(blank) for blank in form.blanks],
        _meta=_identity(prompt, version),
    )


def _argument(blank):
    return types.PromptArgument(
        name=blank.key,
        title=blank.label,
        description=blank_description(blank) or None,
        required=blank.required and not blank.default,
    )


def _identity(prompt, version):
    return {
        "uid": str(prompt.uid),
        "version": version.number,
        "sha256": version.content_sha256,
        "url": settings.SITE_URL + prompt.get_absolute_url(),
    }


def filled_prompt(name, given, *, at):
    """The messages with the blanks filled in, and the use counted without a trace of who."""
    version = _version_named(name)
    page = prompt_page(version)
    form = page["fill"]
    if form.missing:
        raise CasebookError(_("A part of this prompt is not published here any more. Choose another prompt."))
    values = checked_values(form.blanks, given)
    texts = [(each["role"], fill_blanks(each["content"], values)) for each in form.texts]
    if page["prompt_steps"]:
        texts.append(("user", steps_text(page["prompt_steps"])))
    count_use(version.record, "copy", at=at)
    return types.GetPromptResult(
        description=description(version, form),
        messages=[_message(role, text) for role, text in without_system(texts)],
        _meta=_identity(version.record, version),
    )


def _version_named(name):
    """A prompt by its name, in the shown version or in the published one that stands after an @."""
    slug, at, number = unicodedata.normalize("NFC", name).partition("@")
    prompt = None if "\x00" in slug else _published().filter(slug=slug).first()
    version = prompt and (_numbered(prompt, number) if at else prompt.current)
    if not version:
        raise CasebookError(_("There is no published prompt of this name. Ask prompts/list for the names."))
    version.record = prompt
    return version


def _numbered(prompt, number):
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        return None
    versions = prompt.versions.filter(state=VersionState.PUBLISHED).select_related("replacement")
    return versions.filter(number=int(number)).first()


def without_system(texts):
    """MCP knows user and assistant only: instructions go in front of the first thing the user says."""
    system = [text for role, text in texts if role == "system"]
    rest = [(role, text) for role, text in texts if role != "system"]
    if not system:
        return rest
    first = next((index for index, (role, _text) in enumerate(rest) if role == "user"), None)
    if first is None:
        return [("user", "\n\n".join(system)), *rest]
    whole = "\n\n".join([*system, rest[first][1]])
    return [*rest[:first], ("user", whole), *rest[first + 1 :]]


def _message(role, text):
    return types.PromptMessage(role=role, content=types.TextContent(text=text))

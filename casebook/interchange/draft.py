"""One prompt on its way in: what is known so far, what was left out, what stands against it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from casebook.blanks import complete_variables, unused_variables
from casebook.content import ContentRefused, clean_prompt
from casebook.content import Problem as ContentProblem
from casebook.content.choices import CLOSED_SENSITIVITIES
from casebook.content.markers import N_
from casebook.content.numbers import decimal_text
from casebook.content.text import is_blank, one_line
from casebook.imports.problems import Problem
from casebook.interchange.item import Item, Refused, Result, Source
from casebook.interchange.kept import put_back
from casebook.interchange.names import Keys, command_of
from casebook.interchange.pieces import Piece, Template, our_text
from casebook.interchange.schema import Input, variable
from casebook.interchange.tests_field import clean_tests
from casebook.interchange.values import references, words

_SUMMARY = 300
_TITLE = 200
_VALUE = 10_000
_FILES = frozenset({"image", "file", "audio", "video"})


class Draft:
    def __init__(self, name: str, source: Source) -> None:
        self.name = one_line(name)
        self.source = source
        self.content: dict[str, Any] = {"messages": [], "variables": []}
        self.tests: list[dict[str, Any]] = []
        self.keys = Keys()
        self.notices: list[Problem] = []
        self.problems: list[Problem] = []
        self.kept: Mapping[str, Any] = {}

    def note(self, msgid: str, *, line: int | None = None, **params: object) -> None:
        self.notices.append(Problem(line, "", msgid, params))

    def refuse(self, msgid: str, *, line: int | None = None, **params: object) -> None:
        self.problems.append(Problem(line, "", msgid, params))

    def take(self, template: Template) -> None:
        """Take over what a template language had to say."""
        self.problems += template.problems
        said = {notice.msgid for notice in self.notices if not notice.params}
        for notice in template.notices:
            if notice.msgid not in said or notice.params:
                self.notices.append(notice)
            said.add(notice.msgid)

    def titled(self, title: str, *, fallback: str = "") -> None:
        """Set the title; a too long one is cut and said so."""
        title = one_line(title) or one_line(fallback) or self.name
        if len(title) > _TITLE:
            self.note(N_("The title has %(length)s characters; the first 200 were kept."), length=len(title))
        self.content["title"] = title[:_TITLE]

    def described(self, text: str) -> None:
        """A short description is the summary, a long one the purpose."""
        if is_blank(text):
            return
        is_short = len(one_line(text)) <= _SUMMARY and "\n" not in text.strip()
        self.content["summary" if is_short else "purpose"] = text

    def commanded(self, command: str) -> None:
        """Set the short command if it can be one here."""
        ours = command_of(command)
        if ours:
            self.content["command"] = ours
        elif command:
            msgid = N_("The command “%(name)s” cannot be one here and was left out.")
            self.note(msgid, name=command[:60])

    def tagged(self, tags: Collection[str]) -> None:
        fitting = [tag for tag in tags if tag and len(one_line(tag)) <= 60]
        if len(fitting) < len([tag for tag in tags if tag]) or len(fitting) > 50:
            self.note(N_("Tags longer than 60 characters, or beyond 50, were left out."))
        self.content["tags"] = [*self.content.get("tags", []), *fitting][:50]

    def modelled(self, name: Any, **numbers: Any) -> None:
        """Set the model and its settings; numbers that are none are noted."""
        model: dict[str, Any] = {"name": words(name)[:200]}
        for setting, value in numbers.items():
            try:
                text = decimal_text(words(value)) if value is not None and words(value) else None
                model[setting] = text if text and _fits(setting, text) else None
            except ValueError:
                model[setting] = None
            if value is not None and model[setting] is None:
                self.unread(f"{setting}: {words(value)[:40]}")
        self.content["model"] = model

    def say(self, role: str, pieces: Sequence[Piece], *, strip: bool = True) -> None:
        """Add a message; an empty one is no message."""
        text = our_text(pieces, self.keys, self.notices)
        text = text.strip("\n") if strip else text
        if not is_blank(text):
            self.content["messages"].append({"role": role, "content": text})

    def declare(self, given: Input) -> None:
        """Add a blank; one that wants a picture or a file refuses the prompt."""
        if given.kind in _FILES:
            msgid = N_("The input “%(name)s” is a file (%(kind)s). Prompts here are text.")
            self.refuse(msgid, name=given.name[:100], kind=given.kind)
            return
        key = self.keys.key(given.name)
        if given.kind in ("array", "object") and not given.options:
            msgid = N_("The input “%(name)s” is a list or an object; here it is long text.")
            self.note(msgid, name=given.name[:100])
        blank = variable(given, key)
        for value in ("default", "example"):
            if len(blank[value]) > _VALUE:
                self.note(N_("A value of “%(name)s” is too long and was left out."), name=key)
                blank[value] = ""
        for each in given.unread:
            self.unread(f"{key}: {each}")
        self.content["variables"].append(blank)

    def unread(self, name: str) -> None:
        """Say that something of the file has no place here."""
        self.note(N_("“%(name)s” has no place here and was left out."), name=name[:100])

    def unread_keys(self, given: Mapping[str, Any], known: Collection[str]) -> None:
        for name, value in given.items():
            if name not in known and value not in (None, "", [], {}):
                self.unread(name)

    def not_resolved(self, value: Any) -> None:
        """Name the references to the outside; nothing here ever follows them."""
        for reference in list(dict.fromkeys(references(value)))[:20]:
            msgid = N_("“%(name)s” refers to a secret or a file outside. It was not followed.")
            self.note(msgid, name=reference[:100])

    def finish(self) -> Result:
        """Clean the prompt, put back what an earlier export from here kept, and say what came of it."""
        if "title" not in self.content:
            self.titled("")
        found: list[ContentProblem] = []
        tests = clean_tests(self.tests, found)
        self.problems += [Problem(None, "", each.msgid, each.params, each.path) for each in found]
        if self.problems:
            return self._refused(self.problems)
        try:
            native = clean_prompt(self._whole_content())
            content, tests = put_back(native, tests, self.kept, self.notices)
        except ContentRefused as refusal:
            return self._refused(
                [Problem(None, "", each.msgid, each.params, each.path) for each in refusal.problems]
            )
        self._note_unused(content)
        notices = (*self.notices, *self.keys.notices())
        return Item(self.name or content["title"], content, tuple(tests), notices, self.source)

    def _whole_content(self) -> dict[str, Any]:
        content = dict(self.content)
        content["variables"] = _each_once(complete_variables(content["messages"], content["variables"]))
        if content.get("sensitivity") in CLOSED_SENSITIVITIES and "channel" not in content:
            content["channel"] = "agency_ai"
            if not self.kept:
                self.note(N_("The information is not public, so the prompt is for AI run by the agency."))
        return content

    def _note_unused(self, content: Mapping[str, Any]) -> None:
        if self.kept:
            return
        for key in unused_variables(content["messages"], content["variables"]):
            self.note(N_("The blank “%(name)s” is declared, but the text never uses it."), name=key)

    def _refused(self, problems: Sequence[Problem]) -> Refused:
        return Refused(self.name, tuple(problems), self.source)


def _fits(setting: str, number: str) -> bool:
    return not number.startswith("-") and not (setting == "max_tokens" and "." in number)


def _each_once(variables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[str, dict[str, Any]] = {}
    for each in variables:
        seen.setdefault(each["key"], each)
    return list(seen.values())

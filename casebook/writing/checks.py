"""What a draft looks like and what is found in it, for the page of its author."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from casebook.actions.links import versions_below
from casebook.actions.near_duplicates import near_duplicates
from casebook.blanks import blanks_in, split_text
from casebook.content import choices
from casebook.lint import SEVERITIES, SEVERITY_LABELS, lint
from casebook.models import Prompt
from casebook.parts import PartsRefused, expand, included, links_of
from casebook.states import VersionState

MOST_SHOWN = 200_000  # characters of a preview
MOST_FOUND = 100  # findings of one severity on the page


@dataclass(frozen=True)
class Shown:
    """A message of the preview; pieces are ("text", words) and ("blank", key)."""

    role: str
    pieces: list


@dataclass(frozen=True)
class Found:
    """A finding in words. target: id of the element to go to; start, end: place in its text."""

    key: str
    place: str
    text: str
    target: str
    start: int | None
    end: int | None
    fix: str


@dataclass
class Checks:
    content: dict
    below: dict = field(default_factory=dict)  # (uid, version) -> PromptVersion
    newest: dict = field(default_factory=dict)  # uid -> number of its newest published version
    findings: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    blanks: list = field(default_factory=list)  # of the text with its parts
    held: list = field(default_factory=list)  # of its parts alone
    refused: str = ""  # why the parts cannot be put in
    cut: bool = False

    def counts(self):
        """[(severity, label, number)] of those there are."""
        numbers = [(name, sum(finding.severity == name for finding in self.findings)) for name in SEVERITIES]
        return [(name, _(SEVERITY_LABELS[name]), number) for name, number in numbers if number]

    def groups(self, target):
        """[(severity, label, findings in words, how many more)]; target: function of a path."""
        return [
            (name, label, [_words(each, target) for each in self._of(name)[:MOST_FOUND]], number - MOST_FOUND)
            for name, label, number in self.counts()
        ]

    def blocking(self, target):
        """(id of the element, sentence) of what stops publication."""
        found = [_words(each, target) for each in self._of(SEVERITIES[0])[:MOST_FOUND]]
        return [(each.target, f"{each.place}: {each.text}") for each in found]

    def _of(self, severity):
        return [finding for finding in self.findings if finding.severity == severity]


def check_draft(content, *, by, uid=""):
    """Look at cleaned content. A query for each depth of its parts and steps, one for their newest versions."""
    below = _seen_by(by, versions_below(content))
    known = {link: version.content for link, version in below.items()}
    newest = newest_versions({uid for uid, _number in links_of(content)})
    checks = Checks(content, below, newest, lint(content, uid=uid, known=known, newer=newest))
    try:
        messages = expand(content, known)
    except PartsRefused as refused:
        checks.refused, messages = _refusal(refused), content["messages"]
    else:
        checks.held = blanks_in(expand(_parts_alone(content), known))
    checks.blanks = blanks_in(messages)
    checks.messages, checks.cut = _shown(messages)
    checks.steps = _steps(content, below)
    return checks


def _parts_alone(content):
    texts = (included(part["name"]) for part in content.get("parts", []))
    return content | {"messages": [{"role": "user", "content": text} for text in texts]}


def newest_versions(uids):
    if not uids:
        return {}
    rows = Prompt.objects.published().filter(uid__in=uids).values_list("uid", "current__number")
    return {str(uid): number for uid, number in rows}


def alike(content, record, *, by):
    """[(prompt, percent)] very like a prompt that nobody has seen yet; nothing for later versions."""
    if (record and record.current_id is not None) or not content["messages"]:
        return []
    found = near_duplicates(content, exclude=record, visible_to=by)
    return [(prompt, round(100 * likeness)) for prompt, likeness in found]


def _seen_by(user, below):
    """What is published, and one's own drafts: a number typed by hand opens nobody else's."""
    return {
        link: version
        for link, version in below.items()
        if version.state == VersionState.PUBLISHED or version.created_by_id == user.pk
    }


def _shown(messages):
    left, shown = MOST_SHOWN, []
    for message in messages:
        text = message["content"][:left]
        left -= len(text)
        role = choices.ROLES[message["role"]]
        shown.append(Shown(_(role), split_text(text)))
    return shown, sum(len(message["content"]) for message in messages) > MOST_SHOWN


def _steps(content, below):
    named = [
        (step, below.get((step["prompt"]["uid"], step["prompt"]["version"])))
        for step in content.get("steps", [])
    ]
    gates = {code: _(label) for code, label in choices.GATES.items()}
    return [
        {
            "title": step["title"] or (version.content["title"] if version else ""),
            "version": version,
            "gate": gates[step["gate"]],
            "check": step["check"],
        }
        for step, version in named
    ]


def _refusal(refused):
    sentences = {
        "cycle": _("The part “%(name)s” leads back to itself. Take it out."),
        "missing": _("The part “%(name)s” is not on this site or not published."),
        "depth": _("The part “%(name)s” lies too deep: parts in parts in parts."),
        "size": _("With its parts the prompt becomes too long to show."),
    }
    return sentences[refused.reason] % {"name": refused.name}


def _words(finding, target):
    return Found(
        key=finding.key,
        place=finding.place(_),
        text=finding.text(_),
        target=target(finding.path),
        start=finding.start,
        end=finding.end,
        fix=finding.fix.text(_) if finding.fix else "",
    )

"""Refusals of content, kept untranslated so that this package needs no Django."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from casebook.content.labels import FIELD_LABELS

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Problem:
    """One thing wrong. path is dotted with items counted from 0 ("messages.0.content"), '' is the whole."""

    path: str
    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Translate = str) -> str:
        return translate(self.msgid) % {"field": place_of(self.path, translate=translate), **self.params}


class ContentRefused(ValueError):
    """The content breaks its shape or a rule; `problems` holds every reason found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(problem.text() for problem in self.problems))


def place_of(path: str, *, translate: Translate = str) -> str:
    """Name a path for people: "steps.1.text" -> "Steps 2 › Text"."""
    names: list[str] = []
    for part in path.split("."):
        if part.isdecimal() and names:
            names[-1] = f"{names[-1]} {int(part) + 1}"
        else:
            names.append(translate(FIELD_LABELS[part]) if part in FIELD_LABELS else part)
    return " › ".join(names)

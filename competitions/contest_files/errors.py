"""Everything wrong with a file, as sentences that name the place and the remedy."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Translate = Callable[[str], str]

LISTED_VALUES = 10
SHOWN_CHARACTERS = 60


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation under the name that makemessages looks for."""
    return text


def untranslated(text: str) -> str:
    """Leave a sentence in English."""
    return text


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One fault (or notice) of a file.

    line: 1 is the first line of the file, None = the file as a whole.
    column: a column's name or a YAML key path such as rounds[1].weight, counted from 1.
    message_id: an English format string; params: what fills it.
    suggestion: an allowed value that looks like the one found.
    """

    line: int | None
    column: str | None
    message_id: str
    params: Mapping[str, object] = field(default_factory=dict)
    suggestion: str | None = None

    def text(self, translate: Translate = untranslated) -> str:
        """Return the sentence with its place, in the language of translate."""
        problem = self.sentence(translate)
        return translate(self.place_format()).format(line=self.line, column=self.column, problem=problem)

    def sentence(self, translate: Translate = untranslated) -> str:
        """Return the sentence alone, in the language of translate."""
        problem = translate(self.message_id).format(**self.params)
        if self.suggestion is None:
            return problem
        hint = translate(gettext_noop("Did you mean “{suggestion}”?"))
        return f"{problem} {hint.format(suggestion=self.suggestion)}"

    def place_format(self) -> str:
        """Return the format string that puts the place before the sentence."""
        if self.line is None and self.column is None:
            return "{problem}"
        if self.line is None:
            return gettext_noop("{column}: {problem}")
        if self.column is None:
            return gettext_noop("Line {line}: {problem}")
        return gettext_noop("Line {line}, {column}: {problem}")


class FileRefused(ValueError):
    """A file cannot be taken as it is; nothing of it was. problems: every fault found."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.sentences()))

    def sentences(self, translate: Translate = untranslated, *, at_most: int = 50) -> list[str]:
        """Return the sentences, with a last one counting what at_most left out."""
        shown = [problem.text(translate) for problem in self.problems[:at_most]]
        left_out = len(self.problems) - len(shown)
        if left_out:
            more = translate(gettext_noop("And more of this kind: {count} further problems."))
            shown.append(more.format(count=left_out))
        return shown


def shown(value: object) -> str:
    """Shorten a value to what fits in a sentence."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def listed(values: Sequence[str]) -> str:
    """Join the first ten values for a sentence."""
    more = ", …" if len(values) > LISTED_VALUES else ""
    return ", ".join(values[:LISTED_VALUES]) + more

"""What is wrong with a file and where, kept untranslated so that this package needs no Django."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from casebook.content.markers import N_
from casebook.content.problems import Problem as ContentProblem
from casebook.content.problems import place_of

Translate = Callable[[str], str]


class Term(str):
    """A parameter that is itself an English msgid."""

    __slots__ = ()


@dataclass(frozen=True)
class Problem:
    """line: line of a text file, row of a sheet or item of a JSON list, from 1; None means the whole file.

    path: the content field concerned, for sentences that name it by %(field)s.
    """

    line: int | None
    column: str
    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)
    path: str = ""

    def text(self, translate: Translate = str) -> str:
        params = {"field": place_of(self.path, translate=translate)}
        params |= {name: _shown(value, translate) for name, value in self.params.items()}
        sentence = translate(self.msgid) % params
        if self.line is None:
            return sentence
        if not self.column:
            return translate(N_("Line %(line)s: %(sentence)s")) % {"line": self.line, "sentence": sentence}
        place = {"line": self.line, "column": self.column, "sentence": sentence}
        return translate(N_("Line %(line)s, column “%(column)s”: %(sentence)s")) % place


def _shown(value: object, translate: Translate) -> str:
    if isinstance(value, ContentProblem):
        return value.text(translate)
    return translate(value) if isinstance(value, Term) else str(value)


class ImportRefused(ValueError):
    """A file is refused; `problems` holds every reason found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(problem.text() for problem in self.problems))


class TableRefused(ImportRefused):
    """The file cannot be read as a table."""


class RecordsRefused(ImportRefused):
    """The table is whole, but its records break a rule."""


class BookRefused(ImportRefused):
    """The file is not a whole and unchanged casebook."""


def refuse_table(msgid: str, *, line: int | None = None, **params: object) -> TableRefused:
    return TableRefused([Problem(line, "", msgid, params)])

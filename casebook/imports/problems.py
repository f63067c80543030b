"""What is wrong with a file and where, kept untranslated so that this package needs no Django."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from casebook.content.markers import N_

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Problem:
    """line: line of a text file, row of a sheet or item of a JSON list, from 1; None means the whole file."""

    line: int | None
    column: str
    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Translate = str) -> str:
        sentence = translate(self.msgid) % self.params if self.params else translate(self.msgid)
        if self.line is None:
            return sentence
        if not self.column:
            return translate(N_("Line %(line)s: %(sentence)s")) % {"line": self.line, "sentence": sentence}
        place = {"line": self.line, "column": self.column, "sentence": sentence}
        return translate(N_("Line %(line)s, column “%(column)s”: %(sentence)s")) % place


class ImportRefused(ValueError):
    """A file is refused; `problems` holds every reason found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(problem.text() for problem in self.problems))


class TableRefused(ImportRefused):
    """The file cannot be read as a table."""


class BookRefused(ImportRefused):
    """The file is not a whole and unchanged casebook."""


def refuse_table(msgid: str, *, line: int | None = None, **params: object) -> TableRefused:
    return TableRefused([Problem(line, "", msgid, params)])

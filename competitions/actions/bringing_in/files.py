"""Bytes of a file -> the records that bring_in.py stores, with every refusal in the reader's language."""

from decimal import Decimal

from django.utils.translation import gettext as _

from casebook.imports.tables import TableRefused, table_from_bytes
from competitions.actions.calls.records import question_record
from competitions.actions.entries.consents import terms_of
from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.entries_table import read_good_entries
from competitions.contest_files.errors import FileRefused
from competitions.contest_files.numbers import plain_text
from competitions.contest_files.pool_table import read_pool
from competitions.contest_files.yaml_nodes import decoded
from competitions.errors import CompetitionError

MOST_SENTENCES = 50


class BringInRefused(CompetitionError):
    """A file is not taken; `sentences` name every place and remedy. Nothing of it was stored.

    problems: every FileProblem, also those `sentences` only counts; empty when no table could be read.
    """

    def __init__(self, sentences, problems=()):
        self.sentences = list(sentences)
        self.problems = tuple(problems)
        super().__init__("\n".join(self.sentences))


def refused(problems):
    """Return the error for FileProblems, in the language of the moment."""
    problems = tuple(problems)
    return BringInRefused(FileRefused(problems).sentences(_, at_most=MOST_SENTENCES), problems)


def competition_from_bytes(raw):
    try:
        return read_competition(raw)
    except FileRefused as error:
        raise refused(error.problems) from error


def text_from_bytes(raw):
    """The text of a competition file, whatever its encoding."""
    try:
        return decoded(raw)
    except FileRefused as error:
        raise refused(error.problems) from error


def entries_from_bytes(competition, raw, *, ending=""):
    """(EntriesTable of the rows without a fault, [FileProblem] of the others). Raises BringInRefused: no table."""
    headers, rows = table_of_bytes(raw, ending)
    tracks = dict(competition.tracks.values_list("code", "name"))
    try:
        return read_good_entries(
            headers,
            rows,
            tracks=list(tracks),
            track_names={name: code for code, name in tracks.items()},
            questions=[question_record(row) for row in competition.form_fields.all()],
            purposes=[term.purpose for term in terms_of(competition)],
        )
    except FileRefused as error:
        raise refused(error.problems) from error


def pool_from_bytes(raw, *, ending=""):
    headers, rows = table_of_bytes(raw, ending)
    try:
        return read_pool(headers, rows)
    except FileRefused as error:
        raise refused(error.problems) from error


def table_of_bytes(raw, ending):
    """(headers, rows) of a CSV, XLSX or JSON table, each cell as a person would have typed it."""
    try:
        table = table_from_bytes(raw, ending=ending)
    except TableRefused as error:
        sentences = [problem.text(_) for problem in error.problems]
        raise BringInRefused(_shortened(sentences)) from error
    rows = [(line, {header: _text(cell) for header, cell in row.items()}) for line, row in table.rows]
    return table.headers, rows


def _shortened(sentences):
    left_out = len(sentences) - MOST_SENTENCES
    if left_out <= 0:
        return sentences
    more = _("And more of this kind: {count} further problems.").format(count=left_out)
    return [*sentences[:MOST_SENTENCES], more]


def _text(cell):
    """Return a workbook's or JSON file's cell as a person would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        # repr() of a float is the shortest text that reads back as it: 85.5, not 85.49999.
        return plain_text(Decimal(repr(cell)))
    return str(cell)

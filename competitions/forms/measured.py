"""The typed table of a measured round: one text input a cell."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from competitions.actions.rounds.measured import Measured
from competitions.contest_files.numbers import folded, plain_decimal
from competitions.results import points_text


@dataclass
class Cell:
    """name: of the input. text: as typed, or as kept."""

    name: str
    criterion: object
    text: str = ""
    note: str = ""
    error: str = ""
    most: str = ""


class MeasuredForm:
    """The cells of some entries of a Grid. data: what was sent, None when nothing was."""

    def __init__(self, grid, entries, data=None):
        self.grid, self.data = grid, data
        kept = grid.cells()
        self.rows = [
            (
                entry,
                [self._cell(entry, each, kept.get((entry.pk, each.pk))) for each in grid.criteria_of(entry)],
            )
            for entry in entries
        ]

    def _cell(self, entry, criterion, kept):
        name = f"points_{entry.pk}_{criterion.pk}"
        text = points_text(kept.points) if kept else ""
        if self.data is not None:
            text = self.data.get(name, text)
        return Cell(name, criterion, text, kept.note if kept else "", most=points_text(criterion.max_points))

    def is_valid(self):
        for cell in self.cells():
            cell.error = _fault(cell)
        return not self.errors

    @property
    def errors(self):
        return [cell for cell in self.cells() if cell.error]

    def cells(self):
        return [cell for _entry, cells in self.rows for cell in cells]

    def given(self, note):
        """{(entry id, criterion id): Measured} of the cells that are other than before, all with this note."""
        kept = self.grid.cells()
        given = {}
        for entry, cells in self.rows:
            for cell in cells:
                key = entry.pk, cell.criterion.pk
                points = plain_decimal(cell.text) if folded(cell.text) else None
                if points != kept.get(key, Measured(None)).points:
                    given[key] = Measured(points, note if points is not None else "")
        return given


def _fault(cell):
    if not folded(cell.text):
        return ""
    points = plain_decimal(cell.text)
    if points is None or points > cell.criterion.max_points:
        return _("Enter a number from 0 to %(most)s.") % {"most": cell.most}
    return ""

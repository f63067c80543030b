"""The workbook in which one judge scores without the site: the entries the judge has, and nobody else's points."""

from collections import defaultdict
from contextlib import suppress
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from competitions.actions.assigning.assignable import entries_of_round, kept_apart
from competitions.actions.bringing_in.score_files import stamped
from competitions.actions.paper.titles import with_titles
from competitions.actions.rounds.advancing import advanced_codes
from competitions.contest_files.sheet_book import (
    SheetBook,
    SheetCriterion,
    SheetPage,
    SheetRow,
    identity,
    page_name,
)
from competitions.contest_files.sheet_book_writing import sheet_workbook
from competitions.errors import CompetitionError
from competitions.judging.errors import TallyError
from competitions.models import Assignment, Conflict, Round, Score
from competitions.states import SheetState

WITHOUT_SHEETS = [Round.Kind.PUBLIC_VOTE, Round.Kind.MEASURED]


class Desk:
    """What the workbooks of all judges of a competition share, read once."""

    def __init__(self, competition):
        self.competition = competition
        self.rounds = rounds_with_sheets(competition)
        self.in_round = {}

    def workbook_of(self, judge):
        """Return a judge's workbook for the organiser, without any points.

        It has the entries assigned; a judge without an account and without any assignment has all of the track.
        Raises CompetitionError when there is none.
        """
        sheets = _sheets(judge).select_related(
            "entry__track", "entry__competition", "entry__snapshot__redaction"
        )
        entries = defaultdict(list)
        for sheet in sheets.defer("entry__draft").order_by("entry__code"):
            entries[sheet.round_id].append(sheet.entry)
        if not entries and judge.user_id is None:
            entries = {round_.pk: self._all_entries(judge, round_) for round_ in self.rounds}
        rows = {}
        for round_ in self.rounds:
            titled = with_titles(entries.get(round_.pk, []), is_blind=round_.blind)
            rows[round_.pk] = [(entry, SheetRow(code=entry.code, title=title)) for entry, title in titled]
        judge.competition = self.competition
        return _written(judge, self.rounds, rows)

    def _all_entries(self, judge, round_):
        return [
            entry
            for entry in self._in(round_)
            if judge.track_id in {None, entry.track_id} and (judge.pk, entry.pk) not in self._apart
        ]

    @cached_property
    def _apart(self):
        return kept_apart(self.competition)

    def _in(self, round_):
        """Those that went on to the round, as far as its rule can be computed already."""
        if round_.pk not in self.in_round:
            rows = entries_of_round(round_)
            with suppress(TallyError):
                codes = advanced_codes(round_)
                rows = rows if codes is None else rows.filter(code__in=codes)
            rows = rows.select_related("track", "competition", "snapshot__redaction").defer("draft")
            self.in_round[round_.pk] = list(rows.order_by("code"))
        return self.in_round[round_.pk]


def own_workbook(judge, sheets):
    """Return the workbook of a judge for themselves, with what they gave so far. sheets: those they may see now."""
    rounds = rounds_with_sheets(judge.competition)
    given = defaultdict(dict)
    scores = Score.objects.filter(assignment__in=[sheet.pk for sheet in sheets], points__isnull=False)
    for sheet, code, points in scores.values_list("assignment", "criterion__code", "points"):
        given[sheet][code] = points
    rows = {}
    for round_ in rounds:
        mine = [sheet for sheet in sheets if sheet.round_id == round_.pk]
        titled = with_titles([sheet.entry for sheet in mine], is_blind=round_.blind)
        rows[round_.pk] = [
            (entry, SheetRow(
                code=entry.code, title=title, points=given[sheet.pk], committee=sheet.comment_committee,
                entrant=sheet.comment_entrant,
            ))
            for sheet, (entry, title) in zip(mine, titled, strict=True)
        ]  # fmt: skip
    return _written(judge, rounds, rows)


def rounds_with_sheets(competition):
    rounds = competition.rounds.exclude(kind__in=WITHOUT_SHEETS)
    return list(rounds.prefetch_related("criteria__track"))


def _sheets(judge):
    """Those the judge still has: neither stepped aside from nor with a conflict."""
    conflicts = Conflict.objects.effective().filter(judge=OuterRef("judge"), entry=OuterRef("entry"))
    rows = Assignment.objects.filter(~Q(state=SheetState.RECUSED), ~Exists(conflicts), judge=judge)
    return rows.filter(entry__in=judge.competition.entries.judged())


def _written(judge, rounds, rows):
    pages = tuple(_pages(rounds, rows))
    if not pages:
        raise CompetitionError(_("There is no entry to score yet. Assign entries to the judge first."))
    competition = judge.competition
    book = SheetBook(
        competition=competition.slug,
        title=competition.title,
        judge=judge.code,
        judge_name=judge.name,
        pages=pages,
    )
    return sheet_workbook(book, stamp=stamped(identity(book)), translate=_)


def _pages(rounds, rows):
    """A worksheet for each round, and for each track where its criteria differ or there are several."""
    taken = set()
    for round_ in rounds:
        by_track = defaultdict(list)
        for entry, row in rows.get(round_.pk, []):
            by_track[entry.track].append(row)
        tracks = sorted(by_track, key=lambda track: (track.position, track.pk) if track else (-1, 0))
        for track in tracks:
            name = round_.name if len(tracks) == 1 else f"{round_.name} {track.name if track else ''}"
            name = page_name(name, taken=taken)
            taken.add(name)
            yield SheetPage(
                name=name,
                round=round_.code,
                round_name=round_.name,
                track=track.code if track else "",
                track_name=track.name if track and len(tracks) > 1 else "",
                criteria=tuple(_criteria(round_, track)),
                rows=tuple(by_track[track]),
            )


def _criteria(round_, track):
    for row in round_.criteria.all():
        if row.track_id in {None, track.pk if track else None}:
            yield SheetCriterion(
                code=row.code, name=row.name, max=row.max_points, weight=row.weight, required=row.required
            )

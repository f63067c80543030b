"""Bytes of a file of scores -> its records: a row for each score, a row for each sheet, or a judge's own workbook."""

from collections import defaultdict
from dataclasses import replace

from django.core import signing
from django.utils.translation import gettext_noop

from competitions.actions.bringing_in.files import refused, table_of_bytes
from competitions.contest_files.errors import FileProblem, FileRefused
from competitions.contest_files.scores_table import read_scores
from competitions.contest_files.sheet_book_reading import (
    NO_IDENTITY,
    is_sheet_book,
    read_sheet_book,
    read_stamp,
)
from competitions.contest_files.wide_headings import folded_heading, wide_headings
from competitions.contest_files.wide_scores import read_wide_scores
from competitions.models import Criterion, Judge, Round
from competitions.states import JUDGED_STATES

SALT = "competitions.sheet_book"
MOST_NOTICES = 20
OTHER_COMPETITION = gettext_noop(
    "This workbook is of another competition, “{other}”. Bring it in there, or choose the right file."
)
OTHER_JUDGE = gettext_noop(
    "This workbook is of judge {judge}, who is on no committee of this competition. Name the judge first."
)
INCOMPLETE = gettext_noop(
    "Judge {judge}, entry {entry}, round {round}: no points for {criteria}, which are required. "
    "The sheet is taken and counts as incomplete."
)
MORE_INCOMPLETE = gettext_noop("Further sheets without points for a required criterion: {count}.")


def scores_from_bytes(competition, raw, *, ending=""):
    """Return the ScoresTable. Raises BringInRefused with every fault."""
    asked = _Asked(competition)
    try:
        table = _book(raw, asked) if is_sheet_book(raw) else _table(raw, asked, ending=ending)
    except FileRefused as error:
        raise refused(error.problems) from error
    return replace(table, notices=(*table.notices, *asked.incomplete(table)))


def stamped(identity):
    """Return a workbook's identity, signed, so that nobody changes whose it is."""
    return signing.dumps(identity, salt=SALT, compress=True)


def _table(raw, asked, *, ending):
    headers, rows = table_of_bytes(raw, ending)
    known = {
        "maxima": asked.maxima,
        "judges": asked.judges,
        "entries": asked.entries,
        "measured": asked.measured,
    }
    headings = wide_headings(headers, criteria=asked.headings())
    if headings.is_wide:
        known["maxima"] = {code: maxima for code, maxima in asked.maxima.items() if maxima}
        return read_wide_scores(headings, rows, **known)
    return read_scores(headers, rows, **known)


def _book(raw, asked):
    identity = _identity(read_stamp(raw))
    if identity["competition"] != asked.competition.slug:
        problem = FileProblem(None, None, OTHER_COMPETITION, {"other": identity["competition"]})
        raise FileRefused([problem])
    if identity["judge"] not in asked.judges:
        raise FileRefused([FileProblem(None, None, OTHER_JUDGE, {"judge": identity["judge"]})])
    return read_sheet_book(raw, identity=identity, asked=asked.by_track(), entries=set(asked.judged))


def _identity(stamp):
    try:
        return signing.loads(stamp, salt=SALT)
    except signing.BadSignature as error:
        raise FileRefused([FileProblem(None, None, NO_IDENTITY)]) from error


class _Asked:
    """What the competition asks of a file of scores."""

    def __init__(self, competition):
        self.competition = competition
        kinds = dict(competition.rounds.values_list("code", "kind"))
        self.measured = [code for code, kind in kinds.items() if kind == Round.Kind.MEASURED]
        self.judges = list(
            competition.judges.exclude(state=Judge.State.DECLINED).values_list("code", flat=True)
        )
        rows = competition.entries.exclude(code=None).order_by("code")
        self.entries = {code: (track or "", state) for code, track, state in rows.values_list(
            "code", "track__code", "state"
        )}  # fmt: skip
        self.judged = [code for code, (_track, state) in self.entries.items() if state in JUDGED_STATES]
        self.tracks = ["", *competition.tracks.values_list("code", flat=True)]
        self.criteria = list(
            Criterion.objects.filter(round__competition=competition).select_related("round", "track")
        )
        self.maxima = {code: {} for code in kinds}
        for row in self.criteria:
            self.maxima[row.round.code][row.code] = row.max_points

    def by_track(self):
        """{round: {track: {criterion: highest}}}, for "" those of every track."""
        found = {code: {track: {} for track in self.tracks} for code in self.maxima}
        for row in self.criteria:
            for track in [row.track.code] if row.track else self.tracks:
                found[row.round.code][track][row.code] = row.max_points
        return found

    def headings(self):
        """{a criterion's code or name as a heading: its code}; a name of two criteria is none."""
        names = defaultdict(set)
        for row in self.criteria:
            names[folded_heading(row.name)].add(row.code)
        by_name = {name: codes.pop() for name, codes in names.items() if len(codes) == 1}
        return by_name | {folded_heading(row.code): row.code for row in self.criteria}

    def incomplete(self, table):
        """Notices of sheets in which a required criterion has no points."""
        given = defaultdict(set)
        for record in table.scores:
            if record.judge:
                place = record.round, record.judge, record.entry
                given[place] |= {record.criterion} if record.points is not None else set()
        lacking = [(place, self._lacking(place, codes)) for place, codes in given.items()]
        lacking = [(place, names) for place, names in lacking if names]
        notices = [
            FileProblem(None, None, INCOMPLETE, {
                "round": round_, "judge": judge, "entry": entry, "criteria": ", ".join(names),
            })
            for (round_, judge, entry), names in lacking[:MOST_NOTICES]
        ]  # fmt: skip
        more = len(lacking) - MOST_NOTICES
        return [*notices, FileProblem(None, None, MORE_INCOMPLETE, {"count": more})] if more > 0 else notices

    def _lacking(self, place, codes):
        round_, _judge, entry = place
        track = self.entries[entry][0]
        return [
            row.name
            for row in self.criteria
            if row.round.code == round_
            and row.required
            and row.code not in codes
            and (row.track is None or row.track.code == track)
        ]

"""Rounds as the panels that competitions/assigning works on."""

import re

from django.db.models import F

from casebook.content import content_sha256
from casebook.models import WorkField
from competitions.actions.assigning.assignable import entries_of_round, kept_apart
from competitions.assigning import EntryToJudge, JudgeForEntries, Panel
from competitions.models import Judge
from competitions.states import SheetState

UNSIGNED = [SheetState.ASSIGNED, SheetState.STARTED]
BETWEEN_FIELDS = re.compile(r"[,;/·、\n]+")


class RoundPanel:
    """A round's panel, and which rows its codes stand for.

    wanted: judges per entry; None: as many for each entry as it has sheets now, so that only gaps are filled.
    """

    def __init__(self, round_, *, wanted=None):
        self.round = round_
        self.apart = kept_apart(round_.competition)
        self.judges = _judges_of(round_)
        self.entries = _entries_of(round_)
        self.sheets = _standing_sheets(round_, self.judges, self.entries, self.apart)
        self.panel = Panel(
            entries=self._entries(wanted),
            judges=tuple(_judge_record(judge) for judge in self.judges.values()),
            wanted=wanted or 1,
            conflicts=self._coded(self.apart),
            kept=self._kept(),
            seed=f"{round_.competition.slug}/{round_.code}",
        )

    @property
    def sha256(self):
        """What the assignment depends on: the same panel gives the same pairs."""
        panel = self.panel
        entries = sorted([e.code, e.track, list(e.fields), e.wanted] for e in panel.entries)
        judges = sorted([j.code, j.track, sorted(j.expertise), j.most] for j in panel.judges)
        pairs = [sorted(map(list, pairs)) for pairs in (panel.conflicts, panel.kept)]
        return content_sha256({"of": [panel.wanted, panel.seed, entries, judges, *pairs]})

    def ids(self, pairs):
        """Return (judge id, entry id) of pairs of codes."""
        judges = {judge.code: pk for pk, judge in self.judges.items()}
        entries = {entry["code"]: pk for pk, entry in self.entries.items()}
        return [(judges[judge], entries[entry]) for judge, entry in pairs]

    def missing_sheets(self, assigned):
        """Return the (judge id, entry id) of an assignment that have no sheet yet."""
        return [pair for pair in self.ids(assigned.pairs) if pair not in self.sheets]

    def _entries(self, wanted):
        counts = dict.fromkeys(self.entries, 0)
        for _judge, entry in self.sheets:
            counts[entry] += 1
        names = _names_of_fields()
        return tuple(
            EntryToJudge(
                code=row["code"],
                track=row["track__code"] or "",
                fields=_words(row["track__code"], row["track__name"], row["field"], names.get(row["field"])),
                wanted=None if wanted else counts[pk],
            )
            for pk, row in self.entries.items()
        )

    def _kept(self):
        """Sheets that stand, and those every judge has: of the calibration entry."""
        entry = self.entries.get(self.round.calibration_entry_id)
        pairs = set(self.sheets)
        if entry:
            pairs |= {
                (pk, self.round.calibration_entry_id)
                for pk, judge in self.judges.items()
                if judge.state == Judge.State.ACCEPTED and judge.track_id in {None, entry["track"]}
            } - self.apart
        return self._coded(pairs)

    def _coded(self, pairs):
        return frozenset(
            (self.judges[judge].code, self.entries[entry]["code"])
            for judge, entry in pairs
            if judge in self.judges and entry in self.entries
        )


def _judges_of(round_):
    """{id: judge} of who judges, and of who left and has signed sheets in the round: they count, and get none."""
    signed = Judge.objects.filter(assignments__round=round_, assignments__state=SheetState.SIGNED)
    rows = round_.competition.judges.active() | round_.competition.judges.filter(pk__in=signed.values("pk"))
    return {judge.pk: judge for judge in rows.select_related("track").order_by("code")}


def _entries_of(round_):
    rows = entries_of_round(round_).annotate(field=F("snapshot__content__case__work_field"))
    values = rows.order_by("code").values("pk", "code", "track", "track__code", "track__name", "field")
    return {row["pk"]: row for row in values}


def _standing_sheets(round_, judges, entries, apart):
    """{(judge id, entry id)} of sheets that count or will: signed ones, and those of who still judges."""
    rows = round_.assignments.exclude(state=SheetState.RECUSED).order_by()
    leaving = {pk for pk, judge in judges.items() if judge.state != Judge.State.ACCEPTED}
    return {
        (judge, entry)
        for judge, entry, state in rows.values_list("judge_id", "entry_id", F("state"))
        if judge in judges and entry in entries and (judge, entry) not in apart
        and (judge not in leaving or state == SheetState.SIGNED)
    }  # fmt: skip


def _judge_record(judge):
    still = judge.state == Judge.State.ACCEPTED
    return JudgeForEntries(
        code=judge.code,
        track=judge.track.code if judge.track else "",
        expertise=_words(*BETWEEN_FIELDS.split(judge.field)),
        most=judge.most_entries if still else 0,
    )


def _words(*texts):
    """The texts as they are compared: an office writes a field in any case and with any spaces."""
    return tuple(dict.fromkeys("".join(text.casefold().split()) for text in texts if text and text.strip()))


def _names_of_fields():
    return dict(WorkField.objects.values_list("code", "name"))

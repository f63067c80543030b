"""What the board and the overview count, each in a number of queries that never grows."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.actions.conflicts.sheets import is_kept_apart, standing_states
from competitions.models import Assignment, Criterion, Entry
from competitions.states import JUDGED_STATES, CompetitionState, EntryState, Phase, SheetState
from competitions.views.organise.gate_board import next_gates
from competitions.views.organise.parts import waiting_per_competition

OVER = {CompetitionState.PUBLISHED, CompetitionState.CANCELLED}


def counted(competitions):
    """Add entries, waiting, questions, sheets and signed to each competition."""
    handed_in = Entry.objects.exclude(submitted_at=None).exclude(state=EntryState.WITHDRAWN)
    waiting = handed_in.filter(state=EntryState.SUBMITTED, competition__closes_at__lte=Now())
    sheets = Assignment.objects.filter(~is_kept_apart()).exclude(state=SheetState.RECUSED)
    return competitions.annotate(
        entry_count=_per_competition(handed_in, "competition"),
        waiting_count=_per_competition(waiting, "competition"),
        sheet_count=_per_competition(sheets, "round__competition"),
        question_count=waiting_per_competition(),
        signed_count=_per_competition(sheets.filter(state=SheetState.SIGNED), "round__competition"),
    )


def _per_competition(rows, path):
    counts = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(n=Count("pk"))
    return Coalesce(Subquery(counts.values("n")), 0)


def next_date(competition, *, at):
    """Return (label, moment) of what comes next by the calendar, or None."""
    phase = competition.phase(at)
    if phase in {Phase.DRAFT, Phase.UPCOMING}:
        return _("Opens"), competition.opens_at
    if phase == Phase.OPEN:
        return _("Closes"), competition.closes_at
    return None


def overview_counts(competition):
    """Everything the checklist needs to know."""
    entries = competition.entries.aggregate(
        handed_in=Count("pk", filter=Q(submitted_at__isnull=False) & ~Q(state=EntryState.WITHDRAWN)),
        waiting=Count("pk", filter=Q(state=EntryState.SUBMITTED)),
        accepted=Count("pk", filter=Q(state__in=JUDGED_STATES)),
    )
    sheets = Assignment.objects.filter(
        round__competition=competition, entry__state__in=JUDGED_STATES
    ).aggregate(
        sheets=Count("pk", filter=standing_states()),
        signed=Count("pk", filter=standing_states(SheetState.SIGNED)),
        assigned=Count("entry", distinct=True),
    )
    return {
        **entries,
        **sheets,
        "judges": competition.judges.on_committee().count(),
        "tracks": competition.tracks.count(),
        "rounds": competition.rounds.count(),
        "criteria": Criterion.objects.filter(round__competition=competition).count(),
    }


def checklist(competition, counts, *, at):
    """Return what the next step needs: [{"label", "done", "address" of where it is done}]; empty when nothing waits."""
    if competition.state == CompetitionState.DRAFT:
        steps = _before_announcing(competition, counts, at=at)
    elif competition.state == CompetitionState.ANNOUNCED:
        steps = _before_judging(competition, counts, at=at)
    elif competition.state in {CompetitionState.JUDGING, CompetitionState.VERIFICATION}:
        steps = _before_deciding(counts)
    else:
        return []
    return [_placed(step, competition) for step in steps + next_gates(competition, at=at)]


def _placed(step, competition):
    name, part = step["place"]
    address = reverse(f"competitions:organise_{name}", args=[competition.slug]) + part if name else ""
    return {"label": step["label"], "done": step["done"], "address": address}


def _before_announcing(competition, counts, *, at):
    return [
        _item(_("The call is written."), bool(competition.call.strip()), "edit", "#step-plan"),
        _item(_("There is at least one track."), counts["tracks"] > 0, "edit", "#step-tracks"),
        _item(_("Each round has a criterion with points."), counts["criteria"] > 0, "edit", "#step-judging"),
        _item(_("The closing time lies ahead."), not competition.has_closed(at), "edit", "#step-dates"),
    ]


def _before_judging(competition, counts, *, at):
    screened = counts["handed_in"] - counts["waiting"]
    numbers = {"screened": screened, "all": counts["handed_in"]}
    return [
        _item(_("The time for entries is over."), competition.has_closed(at)),
        _item(
            _("Every entry is screened (%(screened)s of %(all)s).") % numbers,
            counts["waiting"] == 0,
            "entries",
            "?waiting=me",
        ),
        _item(_("At least one entry is accepted."), counts["accepted"] > 0, "entries"),
        _item(_("The committee has at least one judge."), counts["judges"] > 0, "committee"),
        _item(
            _("Every accepted entry is assigned to a judge."),
            0 < counts["accepted"] == counts["assigned"],
            "committee",
        ),
    ]


def _before_deciding(counts):
    numbers = {"signed": counts["signed"], "all": counts["sheets"]}
    all_signed = 0 < counts["sheets"] == counts["signed"]
    return [
        _item(
            _("Every accepted entry is assigned to a judge."),
            0 < counts["accepted"] == counts["assigned"],
            "committee",
        ),
        _item(_("Every score sheet is signed (%(signed)s of %(all)s).") % numbers, all_signed, "result"),
    ]


def _item(label, is_done, name="", part=""):
    return {"label": label, "done": is_done, "place": (name, part)}

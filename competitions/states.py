"""States and moves: name of the move -> (sources, target). What the clock decides is computed, never stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CompetitionState(TextChoices):
    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    JUDGING = "judging", _("In judging")
    VERIFICATION = "verification", _("Candidates open to reports")
    DECIDED = "decided", _("Awards decided")
    PUBLISHED = "published", _("Results published")
    CANCELLED = "cancelled", _("Cancelled")


class Phase(TextChoices):
    """What visitors see: the state, with `announced` split by the clock."""

    DRAFT = "draft", _("In preparation")
    UPCOMING = "upcoming", _("Opens soon")
    OPEN = "open", _("Open for entries")
    CLOSED = "closed", _("Closed for entries")
    JUDGING = "judging", _("In judging")
    VERIFICATION = "verification", _("Candidates open to reports")
    DECIDED = "decided", _("Awards decided")
    PUBLISHED = "published", _("Results published")
    CANCELLED = "cancelled", _("Cancelled")


COMPETITION_MOVES = {
    "announce": ({CompetitionState.DRAFT}, CompetitionState.ANNOUNCED),
    "start_judging": ({CompetitionState.ANNOUNCED}, CompetitionState.JUDGING),
    "verify": ({CompetitionState.JUDGING}, CompetitionState.VERIFICATION),
    "judge_again": ({CompetitionState.VERIFICATION}, CompetitionState.JUDGING),
    "decide": (
        {CompetitionState.JUDGING, CompetitionState.VERIFICATION, CompetitionState.DECIDED},
        CompetitionState.DECIDED,
    ),
    "publish": ({CompetitionState.DECIDED}, CompetitionState.PUBLISHED),
    "cancel": (
        {
            CompetitionState.DRAFT,
            CompetitionState.ANNOUNCED,
            CompetitionState.JUDGING,
            CompetitionState.VERIFICATION,
        },
        CompetitionState.CANCELLED,
    ),
}


class EntryState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    ACCEPTED = "accepted", _("Accepted")
    DISQUALIFIED = "disqualified", _("Disqualified")
    AWARDED = "awarded", _("Awarded")
    NOT_AWARDED = "not_awarded", _("Not awarded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ENTRY_MOVES = {
    "submit": ({EntryState.DRAFT, EntryState.SUBMITTED, EntryState.RETURNED}, EntryState.SUBMITTED),
    "withdraw": ({EntryState.DRAFT, EntryState.SUBMITTED, EntryState.RETURNED}, EntryState.WITHDRAWN),
    "return": ({EntryState.SUBMITTED}, EntryState.RETURNED),
    "take_back": ({EntryState.RETURNED}, EntryState.SUBMITTED),  # the organiser needs no correction after all
    "accept": ({EntryState.SUBMITTED, EntryState.DISQUALIFIED}, EntryState.ACCEPTED),
    "disqualify": (
        {EntryState.SUBMITTED, EntryState.RETURNED, EntryState.ACCEPTED},
        EntryState.DISQUALIFIED,
    ),
    "award": ({EntryState.ACCEPTED, EntryState.NOT_AWARDED, EntryState.AWARDED}, EntryState.AWARDED),
    "pass_over": ({EntryState.ACCEPTED, EntryState.AWARDED, EntryState.NOT_AWARDED}, EntryState.NOT_AWARDED),
}
JUDGED_STATES = {EntryState.ACCEPTED, EntryState.AWARDED, EntryState.NOT_AWARDED}


class SheetState(TextChoices):
    """State of an assignment's score sheet."""

    ASSIGNED = "assigned", _("Assigned")
    STARTED = "started", _("Started")
    SIGNED = "signed", _("Signed")
    RECUSED = "recused", _("Recused")


SHEET_MOVES = {
    "save": ({SheetState.ASSIGNED, SheetState.STARTED}, SheetState.STARTED),
    "sign": ({SheetState.ASSIGNED, SheetState.STARTED}, SheetState.SIGNED),
    "recuse": ({SheetState.ASSIGNED, SheetState.STARTED}, SheetState.RECUSED),
    "reopen": ({SheetState.SIGNED}, SheetState.STARTED),
}

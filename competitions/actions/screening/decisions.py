"""Accepting and disqualifying entries after the deadline."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.time_words import moment
from competitions.errors import CompetitionError, TooEarly
from competitions.models import Competition, Entry
from competitions.states import ENTRY_MOVES, CompetitionState, EntryState

SCREENING_STATES = {CompetitionState.ANNOUNCED, CompetitionState.JUDGING}
REASON_MAX_LENGTH = 500


@transaction.atomic
def accept_entry(entry, *, by, at, reason=""):
    _decide(entry, "accept", by=by, at=at, reason=reason.strip())
    audit.record("entry.accepted", by=by, target=entry, about=entry.entrant, reason=entry.decision_reason)


@transaction.atomic
def disqualify_entry(entry, *, by, at, reason):
    """Keep an entry out of the judging; the reason is told to its entrant."""
    reason = reason.strip()
    if not reason:
        raise CompetitionError(_("Write why the entry is disqualified; its entrant has a right to know."))
    _decide(entry, "disqualify", by=by, at=at, reason=reason)
    audit.record("entry.disqualified", by=by, target=entry, about=entry.entrant, reason=reason)


@transaction.atomic
def accept_entries(competition, pks, *, by, at):
    """Accept those of the entries that wait for screening. Returns how many; others are left alone."""
    refuse_screening(competition)
    waiting = competition.entries.filter(pk__in=pks, state=EntryState.SUBMITTED).order_by("pk")
    entries = list(waiting.select_for_update(of=["self"]).select_related("competition", "entrant"))
    for entry in entries:
        accept_entry(entry, by=by, at=at)
    return len(entries)


def refuse_screening(competition):
    """Raise unless the database's clock and the state allow screening."""
    screened = _screenable().filter(pk=competition.pk)
    if screened.exists():
        return
    competition.refresh_from_db()
    if competition.state == CompetitionState.ANNOUNCED:
        raise TooEarly(
            _("Entrants may change their entries until %(time)s. Screen them after that.")
            % {"time": moment(competition.closes_at)}
        )
    raise IllegalMove(
        _("The competition is in the state “%(state)s”; entries can no longer be screened.")
        % {"state": competition.get_state_display()}
    )


def _screenable():
    return Competition.objects.filter(state__in=SCREENING_STATES).closed_now()


def _decide(entry, move, *, by, at, reason):
    if len(reason) > REASON_MAX_LENGTH:
        raise CompetitionError(
            _("The reason is longer than %(most)s characters. Shorten it.") % {"most": REASON_MAX_LENGTH}
        )
    sources, target = ENTRY_MOVES[move]
    rows = Entry.objects.filter(pk=entry.pk, state__in=sources, competition__in=_screenable().values("pk"))
    moved = rows.update(state=target, decided_by=by, decided_at=at, decision_reason=reason)
    if not moved:
        refuse_screening(entry.competition)
        entry.refresh_from_db()
        raise IllegalMove(
            _("The entry is in the state “%(state)s”, which does not allow this. Open the page again.")
            % {"state": entry.get_state_display()}
        )
    entry.refresh_from_db()

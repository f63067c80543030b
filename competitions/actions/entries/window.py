"""When entries are taken: the database's clock decides, read when the request reached it."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts import time_words
from competitions.errors import TooEarly, TooLate
from competitions.models import Competition
from competitions.states import CompetitionState, EntryState

# STATEMENT_TIMESTAMP is when the statement came in, so waiting for the lock makes nobody late. FOR SHARE lets
# entrants pass side by side and makes a change of the dates, or the start of judging, wait for them.
LOCK = """
SELECT *, STATEMENT_TIMESTAMP() AS arrived_at,
    EXISTS (SELECT 1 FROM competitions_formfield WHERE competition_id = contest.id) AS asks_questions,
    EXISTS (SELECT 1 FROM competitions_consentterm WHERE competition_id = contest.id) AS has_terms,
    EXISTS (SELECT 1 FROM competitions_lettertext WHERE competition_id = contest.id) AS has_own_words
FROM competitions_competition AS contest WHERE id = %s FOR SHARE OF contest
"""
SCREENED = {CompetitionState.ANNOUNCED, CompetitionState.JUDGING}


def lock_competition(pk):
    """Return the competition as it is now, with the columns named in LOCK; in a transaction."""
    return Competition.objects.raw(LOCK, [pk])[0]


def deadline_of(competition, track=None):
    """The published deadline: the track's own, or the competition's."""
    return (track and track.closes_at) or competition.closes_at


def require_open(competition, *, at, track=None):
    """Raise TooEarly or TooLate, with the times, unless entries are taken then; the declared grace counts."""
    if competition.state == CompetitionState.CANCELLED:
        raise TooLate(_("The competition was cancelled, so no entry is taken."))
    deadline = deadline_of(competition, track)
    if at >= deadline + timedelta(seconds=competition.grace_seconds):
        raise TooLate(
            _("Too late: entries closed at %(deadline)s, and the server received this at %(now)s.")
            % {"deadline": _to_the_second(deadline), "now": _to_the_second(at)}
        )
    if competition.state == CompetitionState.DRAFT or at < competition.opens_at:
        opens = time_words.moment(competition.opens_at)
        raise TooEarly(_("Too early: entries open at %(opens)s. Come back then.") % {"opens": opens})
    if competition.state != CompetitionState.ANNOUNCED:
        raise TooLate(_("Entries are no longer taken, because judging has begun."))


def require_changeable(entry, competition, *, at, track=None):
    """As require_open; an entry returned for correction may be corrected until its own date, after the close too."""
    if entry.state != EntryState.RETURNED:
        require_open(competition, at=at, track=track)
    elif at >= entry.correction_due:
        raise TooLate(
            _("Too late: the correction was due at %(due)s, and the server received this at %(now)s.")
            % {"due": _to_the_second(entry.correction_due), "now": _to_the_second(at)}
        )
    elif competition.state not in SCREENED:
        raise TooLate(_("The competition no longer takes corrections."))


def _to_the_second(at):
    return f"{time_words.moment(at)}:{at:%S}"

"""When entries are taken: the database's clock decides, read when the request reached it."""

from django.utils.translation import gettext as _

from accounts import time_words
from competitions.errors import TooEarly, TooLate
from competitions.models import Competition
from competitions.states import CompetitionState

# STATEMENT_TIMESTAMP is when the statement came in, so waiting for the lock makes nobody late. FOR SHARE lets
# entrants pass side by side and makes a change of the dates, or the start of judging, wait for them.
LOCK = """
SELECT *, STATEMENT_TIMESTAMP() AS arrived_at FROM competitions_competition WHERE id = %s FOR SHARE
"""


def lock_competition(pk):
    """Return the competition as it is now, with `arrived_at`; call inside a transaction."""
    return Competition.objects.raw(LOCK, [pk])[0]


def require_open(competition, *, at):
    """Raise TooEarly or TooLate, with the times, unless entries are taken then."""
    if competition.state == CompetitionState.CANCELLED:
        raise TooLate(_("The competition was cancelled, so no entry is taken."))
    if at >= competition.closes_at:
        raise TooLate(
            _("Too late: entries closed at %(deadline)s, and the server received this at %(now)s.")
            % {"deadline": _to_the_second(competition.closes_at), "now": _to_the_second(at)}
        )
    if competition.state == CompetitionState.DRAFT or at < competition.opens_at:
        opens = time_words.moment(competition.opens_at)
        raise TooEarly(_("Too early: entries open at %(opens)s. Come back then.") % {"opens": opens})
    if competition.state != CompetitionState.ANNOUNCED:
        raise TooLate(_("Entries are no longer taken, because judging has begun."))


def _to_the_second(at):
    return f"{time_words.moment(at)}:{at:%S}"

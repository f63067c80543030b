from django.utils.translation import gettext as _

from accounts.errors import Refusal


class CompetitionError(Refusal):
    """An act on a competition, entry, sheet or result is refused."""


class TooLate(CompetitionError):
    """The database clock had passed the deadline when the request arrived."""


class TooEarly(CompetitionError):
    """Entries are not open yet."""


class ConflictOfInterest(CompetitionError):
    """A judge has a tie to the entry."""


class SheetGone(CompetitionError):
    """The organiser took the sheet away while it lay open, or the judge must no longer see its entry."""

    def __init__(self):
        super().__init__(
            _(
                "This sheet is no longer yours: the entry was given to somebody else, or a conflict of interest was "
                "found. What you wrote last is not kept. Ask the organiser why."
            )
        )

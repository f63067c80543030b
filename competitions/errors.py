from accounts.errors import Refusal


class CompetitionError(Refusal):
    """An act on a competition, entry, sheet or result is refused."""


class TooLate(CompetitionError):
    """The database clock had passed the deadline when the request arrived."""


class TooEarly(CompetitionError):
    """Entries are not open yet."""


class ConflictOfInterest(CompetitionError):
    """A judge has a tie to the entry."""

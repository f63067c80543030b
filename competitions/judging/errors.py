"""What the tally refuses, each naming the place of the fault."""


class TallyError(ValueError):
    """The inputs contradict each other, so no result exists."""

    def __init__(self, *, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class DuplicateCode(TallyError):
    """Two things of one kind share a code."""


class InvalidRule(TallyError):
    """A part of the rule makes no sense or names what is not there."""


class UnknownRound(TallyError):
    """A mark names a round the contest does not have."""


class UnknownJudge(TallyError):
    """A mark names a judge the contest does not have."""


class UnknownEntry(TallyError):
    """A mark names an entry that is not being judged."""


class UnknownCriterion(TallyError):
    """A mark names a criterion its round does not have."""


class CriterionOfOtherTrack(TallyError):
    """A mark names a criterion that is not for the track of its entry."""


class DuplicateMark(TallyError):
    """One judge marked one criterion of one entry twice in a round."""


class NotANumber(TallyError):
    """A number is NaN, infinite or beyond twenty digits either side of the point."""


class NegativePoints(TallyError):
    """Points lie below zero."""


class PointsAboveMaximum(TallyError):
    """Points lie above the criterion's highest score."""


class InvalidVotes(TallyError):
    """A count of votes is below zero, repeated, or of a round or entry that has no vote."""


class NotAnInstant(TallyError):
    """The time of an entry cannot be read, and places depend on it."""

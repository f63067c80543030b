"""The candidates of the awards, public while the verification lasts (제9조제3항), for the call's page."""

from dataclasses import dataclass

from competitions.actions.results.candidates import candidates_of
from competitions.names import masked
from competitions.states import CompetitionState


@dataclass(frozen=True)
class Candidate:
    """One entry. who: the team, or the entrant with most of the name masked; "" when nobody is known."""

    pk: int
    code: str
    title: str
    track: str
    who: str


def candidates(competition, *, at, user=None):
    """Return {"rows", "until", "takes_reports"} for competitions/_candidates.html; None outside the verification.

    No award, place or total is in it: nothing is decided yet. A judge sees none with a conflict of interest.
    Two queries.
    """
    if competition.state != CompetitionState.VERIFICATION:
        return None
    return {
        "rows": candidate_rows(competition, user=user),
        "until": competition.verification_until,
        "takes_reports": at < competition.verification_until,
    }


def candidate_rows(competition, *, user=None):
    codes = candidates_of(competition)
    entries = competition.entries.shown_to(user).filter(code__in=codes).order_by("code")
    entries = entries.select_related("track", "entrant")
    return [_row(entry) for entry in entries.defer("draft")]


def _row(entry):
    return Candidate(
        pk=entry.pk,
        code=entry.code,
        title=entry.title,
        track=entry.track.name if entry.track else "",
        who=entry.team or masked(entry.entrant.name if entry.entrant else ""),
    )

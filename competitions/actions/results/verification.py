"""Between judging and the awards: the candidates are public, so that anybody can report misconduct."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.calls.changes import locked
from competitions.actions.calls.gates import overridden_codes
from competitions.errors import CompetitionError
from competitions.models import Competition, Result
from competitions.rules.afterwards import PUBLIC_DAYS
from competitions.states import COMPETITION_MOVES


@transaction.atomic
def begin_verification(competition, *, by, at, days=None):
    """Publish the candidates of the computed result for that many days; None: as the call says."""
    competition = locked(competition)
    days = competition.verification_days if days is None else days
    _refuse_move(competition, "verify")
    if not Result.objects.filter(competition=competition).exists():
        raise CompetitionError(_("Compute the result first; it says who the candidates are."))
    least = _least_days(competition)
    if days < least:
        raise CompetitionError(
            _("The candidates stay public for at least %(least)s days. Choose more days.") % {"least": least}
        )
    until = at + timedelta(days=days)
    _move(competition, "verify", verification_from=at, verification_until=until)
    audit.record("competition.verification_begun", by=by, target=competition, until=until.isoformat())
    return competition


def _least_days(competition):
    """Ten by the full rules, unless the committee verifies in another way (제9조제4항)."""
    is_full = competition.profile == Competition.Profile.FULL
    return PUBLIC_DAYS if is_full and "candidates_public" not in overridden_codes(competition) else 1


@transaction.atomic
def judge_again(competition, *, by, at):
    """Go back to judging, as when a candidate turns out to have cheated; a new verification follows."""
    competition = locked(competition)
    _move(competition, "judge_again", verification_from=None, verification_until=None)
    audit.record("competition.judged_again", by=by, target=competition)
    return competition


def _refuse_move(competition, move):
    sources, _target = COMPETITION_MOVES[move]
    if competition.state not in sources:
        raise IllegalMove(
            _("The competition is in the state “%(state)s”, which does not allow this. Open the page again.")
            % {"state": competition.get_state_display()}
        )


def _move(competition, move, **fields):
    _refuse_move(competition, move)
    competition.state = COMPETITION_MOVES[move][1]
    for name, value in fields.items():
        setattr(competition, name, value)
    competition.save(update_fields=["state", *fields])

"""How the judges of one round work: blind, how many for an entry, until when, what they see of each other."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.assigning.assignable import create_sheets, entries_of_round, kept_apart
from competitions.actions.calls.changes import locked
from competitions.errors import CompetitionError
from competitions.models import Assignment, Round
from competitions.states import CompetitionState

SETTING_STATES = {CompetitionState.DRAFT, CompetitionState.ANNOUNCED, CompetitionState.JUDGING}
# What a judge who signed relied on. The date, and how many judges an entry has, may change at any time.
FIXED_BY_SIGNING = ("blind", "shows_peers", "calibration_entry_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSettings:
    """calibration_entry_id: every judge signs its sheet first. None in a field: not set."""

    blind: bool = False
    judges_per_entry: int | None = None
    due_at: datetime | None = None
    shows_peers: str = Round.Peers.NEVER
    calibration_entry_id: int | None = None

    @classmethod
    def of(cls, round_):
        return cls(**{name: getattr(round_, name) for name in cls.__dataclass_fields__})


@transaction.atomic
def set_judging(round_, settings, *, by, at):
    """Keep the settings; of a new calibration entry every judge without a conflict gets a sheet.

    Returns how many sheets that made.
    """
    competition = locked(round_.competition)
    if competition.state not in SETTING_STATES:
        raise IllegalMove(_("Judging is over, so how the round is judged can no longer be changed."))
    before = RoundSettings.of(Round.objects.get(pk=round_.pk))
    changed = [name for name in asdict(settings) if getattr(before, name) != getattr(settings, name)]
    _refuse_after_signing(round_, changed)
    entry = _calibration_entry(round_, settings) if "calibration_entry_id" in changed else None
    Round.objects.filter(pk=round_.pk).update(**asdict(settings))
    round_.refresh_from_db()
    made = _sheets_for_all(round_, entry) if entry else 0
    if changed:
        audit.record(
            "round.judging_set", by=by, target=competition, round=round_.code, fields=changed, sheets=made
        )
    return made


def has_signed_sheets(round_):
    return Assignment.objects.signed().filter(round=round_).exists()


def _refuse_after_signing(round_, changed):
    if set(changed) & set(FIXED_BY_SIGNING) and has_signed_sheets(round_):
        raise IllegalMove(
            _(
                "A sheet of this round is signed. From then on it stays as it is whether the round is blind, "
                "what judges see of each other, and which entry comes first."
            )
        )


def _calibration_entry(round_, settings):
    """The entry chosen to come first; None when none is."""
    if settings.calibration_entry_id is None:
        return None
    entry = entries_of_round(round_).filter(pk=settings.calibration_entry_id).first()
    if entry is None:
        raise CompetitionError(_("Choose an accepted entry of this round to come first."))
    return entry


def _sheets_for_all(round_, entry):
    apart = kept_apart(round_.competition)
    judges = round_.competition.judges.active().filter(user__isnull=False)
    pairs = [
        (judge.pk, entry.pk)
        for judge in judges
        if judge.track_id in {None, entry.track_id} and (judge.pk, entry.pk) not in apart
    ]
    return create_sheets(pairs, round_)

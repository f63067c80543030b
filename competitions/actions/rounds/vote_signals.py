"""What looks odd about the ballots of a vote, and leaving ballots out for a reason.

Signals are no proof: an office shares one network, and a class votes in one minute. Nobody sees whom a ballot chose,
nor any count of votes, so ballots are left out without knowing whom that helps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Max, Min
from django.db.models.functions import TruncMinute
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.calls.changes import locked
from competitions.errors import CompetitionError
from competitions.models import Ballot, Result
from competitions.states import CompetitionState

MANY = {"network": 10, "device": 3}  # ballots of one hash
BURST = 20  # ballots within one minute
MOST_SIGNALS = 50  # of each kind
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """kind: network, device, burst or young (accounts made after the vote opened). excluded: how many are left out."""

    kind: str
    key: str
    count: int
    excluded: int
    first: datetime | None = None
    last: datetime | None = None

    @property
    def address(self):
        return f"{self.kind}:{self.key}"


def signals(round_):
    """Return what looks odd, the largest first within each kind. Four queries."""
    return [*_shared(round_, "network"), *_shared(round_, "device"), *_bursts(round_), *_young(round_)]


def _shared(round_, kind):
    name = f"{kind}_hash"
    rows = _counted(round_.ballots.exclude(**{name: ""}).order_by().values(key=F(name)))
    return _signals(kind, rows.filter(count__gte=MANY[kind]).order_by("-count", "key"))


def _bursts(round_):
    rows = _counted(round_.ballots.order_by().annotate(key=TruncMinute("at")).values("key"))
    return _signals("burst", rows.filter(count__gte=BURST).order_by("-count", "key"))


def _young(round_):
    if round_.votes_from is None:
        return []
    found = round_.ballots.filter(voter__joined_at__gte=round_.votes_from).aggregate(
        count=Count("pk"), excluded=Count("excluded_at"), first=Min("at"), last=Max("at")
    )
    return [Signal(kind="young", key="", **found)] if found["count"] else []


def _counted(rows):
    return rows.annotate(count=Count("pk"), excluded=Count("excluded_at"), first=Min("at"), last=Max("at"))


def _signals(kind, rows):
    return [
        Signal(kind=kind, **row | {"key": row["key"].isoformat() if kind == "burst" else row["key"]})
        for row in rows[:MOST_SIGNALS]
    ]


def ballots_of(round_, signal=""):
    """The ballots behind a signal ("kind:key"), newest first; all of them without one."""
    kind, _colon, key = signal.partition(":")
    rows = round_.ballots.select_related("voter").order_by("-at", "-pk")
    if kind in MANY:
        return rows.filter(**{f"{kind}_hash": key})
    if kind == "young" and round_.votes_from:
        return rows.filter(voter__joined_at__gte=round_.votes_from)
    if kind == "burst":
        minute = _moment(key)
        return rows.filter(at__gte=minute, at__lt=minute + MINUTE) if minute else rows.none()
    return rows


def _moment(text):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and is_aware(moment) else None


@transaction.atomic
def exclude_ballots(round_, pks, *, reason, by, at):
    """Leave ballots out of the count. Returns how many; those left out already keep their reason."""
    competition = _lock_before_result(round_)
    reason = reason.strip()
    if not reason:
        raise CompetitionError(_("Write why these ballots are left out; the record keeps it."))
    if len(reason) > Ballot._meta.get_field("excluded_reason").max_length:
        raise CompetitionError(_("Write the reason in at most 500 characters."))
    rows = Ballot.objects.filter(round=round_, pk__in=pks, excluded_at=None)
    found = sorted(rows.values_list("pk", flat=True))
    if not found:
        raise CompetitionError(_("Choose ballots that still count."))
    rows.update(excluded_at=at, excluded_by=by, excluded_reason=reason)
    audit.record(
        "ballots.excluded", by=by, target=competition, round=round_.code, ballots=found, reason=reason
    )
    return len(found)


@transaction.atomic
def count_again(round_, pks, *, by, at):
    """Let ballots count again that were left out. Returns how many."""
    competition = _lock_before_result(round_)
    rows = Ballot.objects.filter(round=round_, pk__in=pks).exclude(excluded_at=None)
    found = sorted(rows.values_list("pk", flat=True))
    if not found:
        raise CompetitionError(_("Choose ballots that are left out."))
    rows.update(excluded_at=None, excluded_by=None, excluded_reason="")
    audit.record("ballots.counted_again", by=by, target=competition, round=round_.code, ballots=found)
    return len(found)


def _lock_before_result(round_):
    """Whoever has seen a result with the votes in it decides no more which votes count."""
    competition = locked(round_.competition)
    if competition.state != CompetitionState.JUDGING:
        raise IllegalMove(_("Ballots are left out only while the competition is being judged."))
    results = Result.objects.filter(competition=competition)
    if round_.votes_until and results.filter(computed_at__gte=round_.votes_until).exists():
        raise IllegalMove(
            _("A result with these votes has been computed, so which ballots count can no longer be changed.")
        )
    return competition


def forget_voters(competition):
    """Forget whose ballots they were and where they came from; what was chosen stays. Returns how many knew it."""
    rows = Ballot.objects.filter(round__competition=competition, voter__isnull=False)
    return rows.update(voter=None, network_hash="", device_hash="")

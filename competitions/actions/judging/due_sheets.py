"""Reminding judges of sheets that are not signed: by the calendar before they are due, and when the organiser asks.

One letter for each judge and round. A reminder by the calendar is known by its date, so a date that moves is told of
again; one the organiser sends is known by its day, so pressing twice sends one.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts import audit, time_words
from accounts.actions.messages import tell_many
from accounts.models import Message, User
from competitions.actions.letters import letter_to
from competitions.actions.wordings import Wording, own_words
from competitions.errors import CompetitionError
from competitions.models import Assignment, Conflict, Judge, Round
from competitions.states import JUDGED_STATES, CompetitionState, SheetState

KIND = "sheet.due"
BEFORE_DUE = timedelta(days=2)
_left = lazy(time_words.time_left, str)  # said once the language is known


def unsigned_sheets():
    """Sheets that wait for a judge with an account, now."""
    conflicts = Conflict.objects.effective().filter(judge=OuterRef("judge"), entry=OuterRef("entry"))
    return Assignment.objects.filter(
        ~Exists(conflicts),
        state__in=[SheetState.ASSIGNED, SheetState.STARTED],
        judge__state=Judge.State.ACCEPTED,
        judge__user__is_active=True,
        entry__state__in=JUDGED_STATES,
        round__competition__state=CompetitionState.JUDGING,
    ).order_by()


def remind_of_due_sheets(*, at):
    """Remind two days before a round's sheets are due, once for each date; a handful of queries however many."""
    rounds = Round.objects.filter(due_at__gt=at, due_at__lte=at + BEFORE_DUE)
    _tell(rounds, at=at, mark=lambda round_: int(round_.due_at.timestamp()))


@transaction.atomic
def remind_judges(competition, *, by, at):
    """Remind every judge with an unsigned sheet now. Returns how many letters are sent; none twice on one day."""
    if competition.state != CompetitionState.JUDGING:
        raise CompetitionError(_("Judges are reminded while the competition is being judged, not now."))
    day = localdate(at).isoformat()
    count = _tell(Round.objects.filter(competition=competition), at=at, mark=lambda _round: day, by=by)
    audit.record("sheets.reminded", by=by, target=competition, letters=count)
    return count


def _tell(rounds, *, at, mark, by=None):
    waiting = unsigned_sheets().filter(round__in=rounds).values_list("round", "judge__user")
    rows = list(waiting.annotate(Count("pk")).order_by("round", "judge__user"))
    if not rows:
        return 0
    known = Round.objects.select_related("competition").in_bulk({round_ for round_, _user, _count in rows})
    people = User.objects.in_bulk({user for _round, user, _count in rows})
    own = own_words(KIND, {row.competition_id for row in known.values()})
    letters = [
        _letter(known[round_], people[user], count, own=own, mark=mark, at=at, by=by)
        for round_, user, count in rows
    ]
    told = set(Message.objects.filter(key__in=[each.key for each in letters]).values_list("key", flat=True))
    fresh = [each for each in letters if each.key not in told]
    tell_many(fresh)
    return len(fresh)


def _letter(round_, person, count, *, own, mark, at, by):
    facts = {"round": round_.name, "count": count, "due": round_.due_at}
    left = {"left": _left(round_.due_at, now=at)} if round_.due_at and round_.due_at > at else {}
    wording = Wording(round_.competition, KIND, own=own[round_.competition_id], **facts, **left)
    key = f"{KIND}:{round_.pk}:{mark(round_)}"
    return letter_to(person, wording, key=key, link=reverse("competitions:judging"), at=at, by=by)

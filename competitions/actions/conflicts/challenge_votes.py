"""The other members decide a challenge: a majority of the members must vote, and a majority of the votes decides.

The challenged member neither sees it nor votes. Nor does a member who is kept away from the entry. A tie is no
majority: the challenge is dismissed.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.committee.jury import lock_committee
from competitions.actions.conflicts.acts import CHANGED_IN, checked_reason, give_back, settle
from competitions.actions.conflicts.finding import audit_detail, lock_entries
from competitions.actions.conflicts.sheets import set_sheets_aside
from competitions.actions.letters import tell_entrant
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Conflict, ConflictVote, Judge

Kind, State = Conflict.Kind, Conflict.State


@dataclass(frozen=True, slots=True)
class Count:
    """How a vote stands. members: enrolled in the committee; voters: those who may vote on it."""

    members: int
    voters: int
    upholds: int
    dismisses: int

    @property
    def given(self):
        return self.upholds + self.dismisses

    @property
    def quorum(self):
        """A majority of the members; all who may vote, where so many are not left."""
        return max(1, min(self.members // 2 + 1, self.voters))

    @property
    def has_quorum(self):
        return self.given >= self.quorum

    @property
    def is_upheld(self):
        return self.upholds > self.dismisses

    @property
    def is_certain(self):
        """Whether the votes still to come cannot change it."""
        left = max(self.voters - self.given, 0)
        return self.has_quorum and (
            self.upholds > self.dismisses + left or self.upholds + left <= self.dismisses
        )


def committee_of(conflict):
    """The members of the whole competition and of the entry's track."""
    rows = Judge.objects.active().filter(competition=conflict.judge.competition_id)
    return rows.filter(Q(track=None) | Q(track=conflict.entry.track_id))


def members_who_vote(conflict):
    """The other members, without those who are kept away from the entry themselves, or have no account."""
    kept_away = Conflict.objects.effective().filter(entry=conflict.entry_id).values("judge")
    others = committee_of(conflict).exclude(pk=conflict.judge_id).exclude(pk__in=kept_away)
    return list(others.filter(user__isnull=False))


def count_of(conflict):
    """Three queries."""
    voters = {judge.pk for judge in members_who_vote(conflict)}
    votes = [vote for vote in conflict.votes.all() if vote.judge_id in voters]
    upholds = sum(vote.upholds for vote in votes)
    return Count(
        members=committee_of(conflict).count(),
        voters=len(voters),
        upholds=upholds,
        dismisses=len(votes) - upholds,
    )


def open_to(user):
    """Challenges this person may vote on or has voted on: of other members, for entries they may see."""
    seats = Judge.objects.active().filter(user=user)
    rows = Conflict.objects.filter(
        kind=Kind.CHALLENGE, state=State.OPEN, judge__competition__judges__in=seats
    )
    rows = rows.exclude(judge__user=user).exclude(entry__in=_kept_from(user)).exclude(entry__entrant=user)
    own_track = Q(entry__track=None) | Q(judge__competition__judges__in=seats.filter(track=None))
    for seat in seats.exclude(track=None):
        own_track |= Q(entry__track=seat.track_id)
    return (
        rows.filter(own_track).distinct().select_related("judge__competition", "entry").order_by("at", "pk")
    )


def _kept_from(user):
    return Conflict.objects.effective().filter(judge__user=user).values("entry")


@transaction.atomic
def vote(conflict, *, upholds, reason, by, at):
    """Vote once, with a reason. The last vote that can matter decides."""
    competition = lock_committee(conflict.judge.competition, CHANGED_IN)
    row = _locked(conflict)
    judge = next((each for each in members_who_vote(row) if each.user_id == by.pk), None)
    if judge is None:
        raise ConflictOfInterest(_("You have no vote on this challenge."))
    reason = checked_reason(reason, missing=_("Write why: the decision needs a reason."))
    vote, is_new = ConflictVote.objects.get_or_create(
        conflict=row, judge=judge, defaults={"upholds": upholds, "reason": reason, "at": at}
    )
    if not is_new:
        raise IllegalMove(_("You have voted on this challenge already."))
    audit.record("conflict.voted", by=by, target=row, judge=judge.code, upholds=upholds)
    count = count_of(row)
    if count.is_certain:
        _decide(competition, row, count, by=None, at=at)
    return vote


@transaction.atomic
def close_vote(conflict, *, by, at):
    """Decide by the votes given, once a majority of the members has voted. Returns the conflict."""
    competition = lock_committee(conflict.judge.competition, CHANGED_IN)
    row = _locked(conflict)
    count = count_of(row)
    if not count.has_quorum:
        raise CompetitionError(
            _("%(quorum)s votes are needed, %(given)s are given. Ask the other members to vote.")
            % {"quorum": count.quorum, "given": count.given}
        )
    _decide(competition, row, count, by=by, at=at)
    return row


def _locked(conflict):
    lock_entries([conflict.entry_id])
    row = Conflict.objects.select_related("judge__competition", "judge__user", "entry").get(pk=conflict.pk)
    if row.state != State.OPEN:
        raise IllegalMove(_("This challenge is decided already."))
    return row


def _decide(competition, conflict, count, *, by, at):
    """Write the decision with the reasons of those whose side it took, and tell who entered."""
    upheld = count.is_upheld
    votes = conflict.votes.filter(upholds=upheld).order_by("pk")
    reason = "\n".join(votes.values_list("reason", flat=True))[:2000]
    settle(conflict, State.STANDING if upheld else State.DISMISSED, decision=reason, by=by, at=at)
    verb = "conflict.challenge_upheld" if upheld else "conflict.challenge_dismissed"
    given = {"upholds": count.upholds, "dismisses": count.dismisses, "members": count.members}
    audit.record(verb, by=by, target=conflict, about=conflict.by, **audit_detail(conflict), **given)
    if upheld:
        set_sheets_aside(competition, [], at=at, by=by, only=(conflict.judge, conflict.entry))
    else:
        give_back(competition, conflict, by=by, at=at)
    conflict.entry.competition = competition
    tell_entrant(conflict.entry, verb, at=at, by=by, key=f"{verb}:{conflict.pk}", reason=reason)

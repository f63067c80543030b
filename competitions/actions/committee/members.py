"""Members of a committee: what is kept of them, who leads it, and leaving it."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.roles import Role
from competitions.actions.committee.jury import COMMITTEE_STATES, lock_committee, revoke_role
from competitions.actions.letters import tell_person
from competitions.errors import CompetitionError
from competitions.models import Judge
from competitions.states import SheetState

State = Judge.State
DETAILS = ("name", "side", "track", "organisation", "field", "term_from", "term_until", "most_entries")
UNSIGNED = [SheetState.ASSIGNED, SheetState.STARTED]
LEFT_REASON_MAX_LENGTH = Judge._meta.get_field("left_reason").max_length


@transaction.atomic
def change_member(judge, *, by, at, is_chair, **details):
    """Keep what is known of a member. A new chair takes the place of the one before in the same committee."""
    competition = lock_committee(judge.competition, COMMITTEE_STATES)
    judge = _member(competition, judge.pk)
    track = details.get("track")
    if track is not None and track.competition_id != competition.pk:
        raise CompetitionError(_("This track is of another competition. Choose one of the list."))
    _refuse_backward_term(details)
    changed = [name for name in DETAILS if name in details and getattr(judge, name) != details[name]]
    changed += ["is_chair"] if judge.is_chair != is_chair else []
    for name in changed:
        setattr(judge, name, is_chair if name == "is_chair" else details[name])
    if changed:
        judge.save(update_fields=changed)
        audit.record(
            "judge.changed", by=by, target=competition, about=judge.user, judge=judge.code, fields=changed
        )
    if judge.is_chair:
        _unseat_others(competition, judge, by=by)
    return judge


def _member(competition, pk):
    """The row as it is under the lock of its committee."""
    judge = Judge.objects.on_committee().select_related("user").filter(competition=competition, pk=pk).first()
    if judge is None:
        raise IllegalMove(
            _("This person is no longer on the committee. Open the page of the committee again.")
        )
    judge.competition = competition
    return judge


def _refuse_backward_term(details):
    begins, ends = details.get("term_from"), details.get("term_until")
    if begins and ends and ends < begins:
        raise CompetitionError(_("The term ends before it begins. Set its last day after the first."))


def _unseat_others(competition, judge, *, by):
    """A committee has one chair: who led the same one leads it no more."""
    others = competition.judges.filter(is_chair=True).exclude(pk=judge.pk)
    if judge.track_id and competition.tracks.count() > 1:
        others = others.filter(Q(track=judge.track_id) | Q(track=None))
    codes = list(others.values_list("code", flat=True))
    if codes:
        others.update(is_chair=False)
        audit.record("judge.chair_handed_over", by=by, target=competition, before=codes, after=judge.code)


@transaction.atomic
def leave_committee(judge, *, reason, by, at):
    """Let an appointed member go, for a reason. Unsigned sheets are freed, signed ones stay as evidence.

    Returns how many sheets were freed.
    """
    competition = lock_committee(judge.competition, COMMITTEE_STATES)
    reason = _checked(reason)
    judge = _member(competition, judge.pk)
    if judge.state != State.ACCEPTED:
        raise IllegalMove(_("This person has not accepted yet. Take the invitation back instead."))
    sheets = list(judge.assignments.select_for_update())
    unsigned = [sheet.pk for sheet in sheets if sheet.state in UNSIGNED]
    judge.assignments.filter(pk__in=unsigned).delete()
    judge.state, judge.left_at, judge.left_reason, judge.is_chair = State.DROPPED, at, reason, False
    judge.save(update_fields=["state", "left_at", "left_reason", "is_chair"])
    if judge.user:
        revoke_role(judge.user, Role.JUDGE, competition, by=by, at=at)
        tell_person(
            judge.user, competition, "judge.left", at=at, by=by, key=f"judge.left:{judge.pk}", reason=reason
        )
    signed = sum(sheet.state == SheetState.SIGNED for sheet in sheets)
    audit.record(
        "judge.left",
        by=by,
        target=competition,
        about=judge.user,
        judge=judge.code,
        freed_sheets=len(unsigned),
        signed_sheets=signed,
    )
    return len(unsigned)


def _checked(reason):
    reason = reason.strip()
    if not reason or len(reason) > LEFT_REASON_MAX_LENGTH:
        raise CompetitionError(
            _("Write why the member leaves, in at most %(most)s characters.")
            % {"most": LEFT_REASON_MAX_LENGTH}
        )
    return reason

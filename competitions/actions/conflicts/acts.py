"""Conflicts that people write down: a judge who steps aside, an organiser by hand; and dismissing a weak one."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.committee.jury import lock_committee
from competitions.actions.conflicts.finding import audit_detail, lock_entries
from competitions.actions.conflicts.sheets import give_back_sheets, set_sheets_aside
from competitions.actions.letters import tell_organisers, tell_person
from competitions.errors import CompetitionError
from competitions.models import Conflict
from competitions.states import CompetitionState

CHANGED_IN = {CompetitionState.DRAFT, CompetitionState.ANNOUNCED, CompetitionState.JUDGING}
LONGEST_REASON = Conflict._meta.get_field("reason").max_length
Ground, Kind, State = Conflict.Ground, Conflict.Kind, Conflict.State
# Who judges an own entry, or that of the own team, is excluded by the rule itself: nobody can allow it.
FIRM_GROUNDS = {Ground.OWN, Ground.TEAM_MATE}
GROUNDS_BY_HAND = (Ground.RELATION, Ground.TEAM_MATE, Ground.FACILITATOR, Ground.DEPARTMENT, Ground.EARLIER)


@transaction.atomic
def declare_conflict(judge, entry, *, reason, by, at):
    """The judge steps aside: from every sheet of the entry that is not signed, in every round.

    Call under the competition's lock. Once more, after it was dismissed, it stands again.
    """
    reason = checked_reason(reason, missing=_("Write in a few words why you step aside."))
    row, was_new = _stand(judge, entry, Kind.RECUSAL, Ground.DECLARED, reason=reason, by=by, at=at)
    set_sheets_aside(
        judge.competition, [row] if was_new else [], at=at, by=by, only=(judge, entry), reason=reason
    )
    facts = {"code": entry.code or "", "person": judge.name, "reason": reason}
    tell_organisers(
        judge.competition, "conflict.recused", at=at, by=by,
        key=f"conflict.recused:{row.pk}:{at.isoformat()}", link=_page(judge.competition), **facts,
    )  # fmt: skip
    return row


@transaction.atomic
def add_conflict(judge, entry, *, ground, reason, by, at):
    """Keep judge and entry apart by hand, with the reason. Raises CompetitionError, IllegalMove."""
    competition = lock_committee(judge.competition, CHANGED_IN)
    if ground not in GROUNDS_BY_HAND:
        raise CompetitionError(_("Choose what ties the judge to the entry."))
    if entry.competition_id != competition.pk:
        raise CompetitionError(_("This entry belongs to another competition. Open the page again."))
    reason = checked_reason(reason, missing=_("Write how you know of the tie: the record is kept."))
    row, was_new = _stand(judge, entry, Kind.EXCLUSION, ground, reason=reason, by=by, at=at)
    if not was_new:
        raise IllegalMove(_("Judge and entry are kept apart on this ground already."))
    audit.record("conflict.added", by=by, target=row, about=judge.user, **audit_detail(row), reason=reason)
    set_sheets_aside(competition, [row], at=at, by=by, only=(judge, entry))
    return row


@transaction.atomic
def dismiss_conflict(conflict, *, reason, by, at):
    """Let the judge judge the entry after all. Returns how many sheets were given back.

    Raises IllegalMove for an own entry, a team-mate's, a challenge, and what is dismissed already.
    """
    competition = lock_committee(conflict.judge.competition, CHANGED_IN)
    reason = checked_reason(reason, missing=_("Write why the conflict is dismissed: the record is kept."))
    lock_entries([conflict.entry_id])
    row = Conflict.objects.select_related("judge__user", "entry").get(pk=conflict.pk)
    refuse_dismissing(row)
    settle(row, State.DISMISSED, decision=reason, by=by, at=at)
    audit.record(
        "conflict.dismissed", by=by, target=row, about=row.judge.user, **audit_detail(row), reason=reason
    )
    return give_back(competition, row, by=by, at=at)


def refuse_dismissing(conflict):
    """Raise IllegalMove, with the reason, unless an organiser may dismiss it."""
    if conflict.ground in FIRM_GROUNDS:
        raise IllegalMove(
            _("Nobody judges an own entry or that of a team-mate: this conflict cannot be dismissed.")
        )
    if conflict.kind == Kind.CHALLENGE:
        raise IllegalMove(_("A challenge is decided by the vote of the other members, not here."))
    if conflict.state == State.DISMISSED:
        raise IllegalMove(_("This conflict is dismissed already."))


def settle(conflict, state, *, decision, by, at):
    """Write the decision on a row that is locked."""
    values = {"state": state, "decision": decision, "decided_by": by, "decided_at": at}
    Conflict.objects.filter(pk=conflict.pk).update(**values)
    for name, value in values.items():
        setattr(conflict, name, value)


def give_back(competition, conflict, *, by, at):
    """Give sheets back when nothing else keeps the two apart, and tell the judge, who learns no name."""
    count = give_back_sheets([(conflict.judge_id, conflict.entry_id)])
    if count:
        key, link = f"conflict.lifted:{conflict.pk}:{at.isoformat()}", reverse("competitions:judging")
        tell_person(conflict.judge.user, competition, "conflict.lifted", at=at, by=by, key=key, link=link)
    return count


def checked_reason(reason, *, missing):
    reason = reason.replace("\r\n", "\n").strip()
    if not reason:
        raise CompetitionError(missing)
    if len(reason) > LONGEST_REASON:
        raise CompetitionError(
            _("The reason is longer than %(most)s characters. Shorten it.") % {"most": LONGEST_REASON}
        )
    return reason


def _stand(judge, entry, kind, ground, *, reason, by, at):
    """Return (row, whether it is new or stands again)."""
    lock_entries([entry.pk])
    given = {"kind": kind, "reason": reason, "by": by, "at": at, "state": State.STANDING}
    row, created = Conflict.objects.get_or_create(judge=judge, entry=entry, ground=ground, defaults=given)
    if created or row.state != State.DISMISSED:
        return row, created
    again = given | {"decision": "", "decided_by": None, "decided_at": None}
    Conflict.objects.filter(pk=row.pk).update(**again)
    row.refresh_from_db()
    return row, True


def _page(competition):
    return reverse("competitions:organise_conflicts", args=[competition.slug])

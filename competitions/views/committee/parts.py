"""What the committee's pages show: its members, and how it is composed beside the rules."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competitions.actions.committee.invitations import expires_at
from competitions.actions.conflicts.sheets import is_kept_apart, standing_states
from competitions.models import Judge
from competitions.rules.facts import FULL, Facts, JudgeFact
from competitions.rules.findings import Stage
from competitions.rules.gates import evaluate
from competitions.states import SheetState
from competitions.views.organise.gate_board import finding_row

State = Judge.State
SHOWS = {"now": gettext_lazy("On the committee"), "gone": gettext_lazy("Declined or left")}
SORTS = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "side": gettext_lazy("Side"),
    "field": gettext_lazy("Field of expertise"),
}
MEMBERS = {State.ACCEPTED, State.INVITED}
COMMITTEE_GATES = {"committee_size", "committee_chair", "committee_balance"}


def judges_of(competition):
    """Everybody who was ever asked or named, with counts of sheets. One query."""

    def sheets(*states):
        return Count("assignments", filter=standing_states(*states, path="assignments__"))

    apart = Q(assignments__state=SheetState.RECUSED) | Q(is_kept_apart("assignments__"))
    rows = competition.judges.select_related("user", "track").annotate(
        sheets=sheets(),
        signed=sheets(SheetState.SIGNED),
        recused=Count("assignments", filter=apart),
    )
    return sorted(map(_with_words, rows), key=lambda judge: (len(judge.code), judge.code))  # J2 before J10


def _with_words(judge):
    judge.is_member = judge.state in MEMBERS
    judge.state_words = state_words(judge)
    judge.expires_at = expires_at(judge) if judge.state == State.INVITED else None
    return judge


def state_words(judge):
    """An invitation that was taken back was never a membership."""
    if judge.state == State.DROPPED and judge.answered_at is None and judge.invited_at:
        return _("Invitation taken back")
    return _("Invited, not appointed yet") if judge.state == State.INVITED else judge.get_state_display()


def shown(judges, params):
    """(judges to show, what is chosen) by the address: who is on the committee, or who declined or left."""
    show = params.get("show") if params.get("show") in SHOWS else "now"
    sort = params.get("sort") if params.get("sort") in SORTS else "code"
    rows = [judge for judge in judges if judge.is_member == (show == "now")]
    if sort != "code":
        rows.sort(key=lambda judge: (getattr(judge, sort) == "", getattr(judge, sort)))
    return rows, {"show": show, "sort": sort}


def composition_of(competition, judges, *, tracks, at):
    """Counts of those appointed, and what the rules say of them; tracks: {code: name}."""
    members = [judge for judge in judges if judge.is_member]
    appointed = [judge for judge in members if judge.state == State.ACCEPTED]
    facts = Facts(
        profile=competition.profile,
        now=at,
        deadlines=(competition.closes_at,),
        tracks=tuple(tracks),
        judges=tuple(_fact(judge) for judge in members),
    )
    found = [each for each in evaluate(facts, Stage.JUDGE) if each.gate.code in COMMITTEE_GATES]
    return {
        "is_asked": competition.profile == FULL,
        "rows": [finding_row(each, names=tracks) | {"form": None} for each in found],
        "appointed": len(appointed),
        "private": sum(judge.side == Judge.Side.PRIVATE for judge in appointed),
        "public": sum(judge.side == Judge.Side.PUBLIC for judge in appointed),
        "invited": len(members) - len(appointed),
    }


def _fact(judge):
    return JudgeFact(
        side=judge.side,
        is_chair=judge.is_chair,
        track=judge.track.code if judge.track else "",
        is_invited=judge.state == State.INVITED,
    )

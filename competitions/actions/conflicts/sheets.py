"""What a conflict does to score sheets, and what happens when it is no more."""

from django.db.models import Exists, OuterRef, Q

from accounts import audit
from competitions.actions.letters import tell_organisers
from competitions.models import Assignment, Conflict
from competitions.states import SheetState

MOST_NAMED = 20
OPEN_STATES = [SheetState.ASSIGNED, SheetState.STARTED]


def is_kept_apart(path=""):
    """For sheets: whether judge and entry are kept apart now. path: to the sheets, as "assignments__"."""
    rows = Conflict.objects.effective().filter(judge=OuterRef(f"{path}judge"), entry=OuterRef(f"{path}entry"))
    return Exists(rows)


def standing_states(*states, path=""):
    """A condition for sheets that are not kept apart: in one of the states, else in any but recused."""
    return Q(**{f"{path}state__in": states or [*OPEN_STATES, SheetState.SIGNED]}) & ~Q(is_kept_apart(path))


def set_sheets_aside(competition, new, *, at, by=None, only=None, reason=""):
    """Recuse every sheet that is not signed and has a conflict; missing marks are never zero.

    new: conflicts that were not there before. A signed sheet of theirs stays as evidence and counts nowhere; that is
    written down, and the organisers are told. only: (judge, entry) where nothing else has changed.
    """
    sheets = Assignment.objects.filter(round__competition=competition)
    if only:
        sheets = sheets.filter(judge=only[0], entry=only[1])
    sheets.filter(is_kept_apart(), state__in=OPEN_STATES).update(
        state=SheetState.RECUSED, recused_reason=reason[:300]
    )
    pairs = {(row.judge_id, row.entry_id) for row in new}
    if not pairs:
        return
    signed = sheets.signed().filter(_in(pairs)).select_related("judge", "entry", "round")
    left_out = list(signed.order_by("pk"))
    if left_out:
        audit.record_each("sheet.left_out", left_out, by=by, detail=_detail)
        _tell(competition, left_out, at=at, by=by)


def give_back_sheets(pairs, *, found_only=False):
    """Let sheets that were set aside be filled in again, where nothing keeps the two apart. Returns how many.

    found_only: not those that a judge stepped aside from.
    """
    if not pairs:
        return 0
    rows = Assignment.objects.filter(_in(set(pairs)), ~is_kept_apart(), state=SheetState.RECUSED)
    if found_only:
        rows = rows.filter(recused_reason="")
    begun = rows.filter(saved_at__isnull=False).update(state=SheetState.STARTED, recused_reason="")
    return begun + rows.update(state=SheetState.ASSIGNED, recused_reason="")


def _in(pairs):
    """A condition for these pairs of judge and entry."""
    by_judge = {}
    for judge, entry in pairs:
        by_judge.setdefault(judge, []).append(entry)
    condition = Q(pk__in=[])
    for judge, entries in by_judge.items():
        condition |= Q(judge=judge, entry__in=entries)
    return condition


def _detail(sheet):
    return {"judge": sheet.judge.code, "entry": sheet.entry.code, "round": sheet.round.code}


def _tell(competition, sheets, *, at, by):
    lines = [f"{sheet.round.name}: {sheet.entry.code} – {sheet.judge.name}" for sheet in sheets]
    shown = [*lines[:MOST_NAMED], *(["…"] if len(lines) > MOST_NAMED else [])]
    key = f"conflict.sheets:{sheets[0].pk}:{at.isoformat()}"
    tell_organisers(competition, "conflict.sheets_left_out", at=at, by=by, key=key, text="\n".join(shown))

"""What the buttons of a prompt's form do to it: move, remove and add rows, mend what lint found."""

from django.utils.translation import gettext as _

from casebook.errors import CasebookError
from casebook.lint import apply_fix, with_key
from casebook.models import PromptVersion
from casebook.states import VersionState
from casebook.writing.checks import check_draft
from casebook.writing.rows import KINDS, add_part, add_step, drop, shift

STEPS = {"up": -1, "down": 1}
ADDERS = {"parts": add_part, "steps": add_step}


def operate(rows, op, *, apart_from):
    """Do what a button says: "up:messages:3", "remove:variables:0", "hold:parts:17". Returns where to go then."""
    act, _colon, rest = op.partition(":")
    kind, _colon, number = rest.partition(":")
    if kind not in KINDS or not number.isdecimal() or len(number) > 18:
        return ""
    if act in STEPS:
        return _place(rows, shift(rows, kind, int(number), STEPS[act]))
    if act == "remove":
        drop(rows, kind, int(number))
        return f"#{kind}"
    if act == "hold" and kind in ADDERS:
        return _place(rows, _hold(rows, kind, int(number), apart_from=apart_from))
    return ""


def mend(content, op, *, by, uid=""):
    """The content with one finding mended, when a button asks for it ("fix:key of the finding")."""
    act, _colon, key = op.partition(":")
    if act != "fix":
        return content
    finding = with_key(check_draft(content, by=by, uid=uid).findings, key)
    if finding is None or finding.fix is None:
        raise CasebookError(_("This finding is gone or has changed. Look at the list again."))
    return apply_fix(content, finding)


def _hold(rows, kind, pk, *, apart_from):
    held = (
        PromptVersion.objects.filter(pk=pk, state=VersionState.PUBLISHED, record__retired_at=None)
        .exclude(record=apart_from)
        .select_related("record")
        .first()
    )
    if held is None:
        raise CasebookError(_("This prompt is not published any longer. Look for another one."))
    return ADDERS[kind](rows, uid=str(held.record.uid), version=held.number, title=held.content["title"])


def _place(rows, row):
    """Rows are numbered anew when the page is shown again."""
    return f"#row-{row.kind}-{rows[row.kind].index(row)}" if row else ""

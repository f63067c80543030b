"""The page of one proposed change, as its proposer and the editors see it."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from casebook.actions.hindrances import Hindered
from casebook.actions.proposals import rebased
from casebook.content.problems import place_of
from casebook.diff import diff_texts, fold
from casebook.models import Proposal
from casebook.permissions import can_decide_proposal, can_edit_record
from casebook.reviewing.diff_view import count_of, difference, shown_value


def proposal_page(request, proposal, *, form=None, status=200, refusal=None, reply=""):
    """refusal: why the last act was refused. form: when the editor edits before accepting."""
    is_open = proposal.state == Proposal.State.OPEN
    own = rebased(proposal) if is_open and proposal.prompt.is_published else None
    old, new = (own.current.content, own.content) if own else (proposal.base.content, proposal.content)
    groups = difference(old, new)
    context = {
        "proposal": proposal,
        "record": proposal.prompt,
        "own": own,
        "is_moved": own is not None and own.current.pk != proposal.base_id,
        "conflicts": [_conflict(each) for each in own.conflicts] if own else [],
        "groups": groups,
        "changes": count_of(groups),
        "is_open": is_open,
        "can_decide": is_open and can_decide_proposal(request.user, proposal),
        "can_withdraw": is_open and proposal.by_id == request.user.pk,
        "sees_result": proposal.result is not None
        and (proposal.result.published_at or can_edit_record(request.user, proposal.prompt)),
        "form": form,
        "refusal": refusal,
        "reasons": refusal.reasons if isinstance(refusal, Hindered) else [],
        "reply": reply,
    }
    return render(request, "casebook/proposal.html", context, status=status)


def _conflict(conflict):
    """Both texts of a place that was changed twice, side by side."""
    current, proposed = (shown_value(conflict.path, each) for each in (conflict.current, conflict.proposed))
    return {
        "place": place_of(conflict.path, translate=_),
        "folds": fold(diff_texts(current, proposed)),
    }

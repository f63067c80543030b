"""Proposed changes: making one, the queue, and the editor's answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import IllegalMove, Refusal
from accounts.permissions import require
from casebook.actions.proposals import accept_proposal, decline_proposal, rebased, withdraw_proposal
from casebook.forms.proposal import ProposalForm
from casebook.models import Proposal
from casebook.permissions import can_decide_proposal, can_review, can_write
from casebook.views.desk import tabs as desk_tabs
from casebook.views.proposal_page import proposal_page

PAGE_SIZE = 30


@require_safe
def proposals(request):
    """Everybody's for editors; for others their own and those to their prompts."""
    require(can_write(request.user))
    state = request.GET.get("state", Proposal.State.OPEN if can_review(request.user) else "")
    rows = visible_proposals(request.user)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    shown = rows.filter(state=state) if state in Proposal.State.values else rows
    page = Paginator(
        shown.select_related("prompt", "base", "by", "decided_by").defer("content", "base__content"),
        PAGE_SIZE,
    ).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "state": state,
        "is_chosen": state in Proposal.State.values,
        "states": [(value, label, counts.get(value, 0)) for value, label in Proposal.State.choices],
        "total": sum(counts.values()),
        "is_editor": can_review(request.user),
        "tabs": desk_tabs("proposals", user=request.user) if can_review(request.user) else [],
    }
    return render(request, "casebook/proposals.html", context)


@require_safe
def proposal(request, pk):
    shown = _found(request, pk)
    editing = can_decide_proposal(request.user, shown) and "edit" in request.GET
    return proposal_page(request, shown, form=_edit_form(shown) if editing else None)


@require_POST
def accept(request, pk):
    """As it is, or as the editor changed it in the form."""
    shown = _found(request, pk)
    require(can_decide_proposal(request.user, shown))
    form = _edit_form(shown, request.POST) if "edited" in request.POST else None
    if form and not form.is_valid():
        return proposal_page(request, shown, form=form, status=422)
    content = form.cleaned_data["content"] if form else None
    against = request.POST.get("base", "")
    given = {"against": int(against) if against.isdecimal() else None, "content": content}
    given["reply"] = request.POST.get("reply", "")[:5_000]
    return _answered(request, shown, accept_proposal, _accepted, form=form, **given)


@require_POST
def decline(request, pk):
    shown = _found(request, pk)
    require(can_decide_proposal(request.user, shown))
    reply = request.POST.get("reply", "")[:5_000]
    return _answered(
        request, shown, decline_proposal, lambda _result: _("The proposal is declined."), reply=reply
    )


@require_POST
def withdraw(request, pk):
    shown = _found(request, pk)
    require(shown.by_id == request.user.pk)
    return _answered(request, shown, withdraw_proposal, lambda _result: _("The proposal is withdrawn."))


def visible_proposals(user):
    own = Q(by=user) | Q(prompt__created_by=user)
    return Proposal.objects.all() if can_review(user) else Proposal.objects.filter(own)


def _found(request, pk):
    require(can_write(request.user))
    rows = visible_proposals(request.user).select_related(
        "prompt__current", "base", "by", "decided_by", "result"
    )
    return get_object_or_404(rows, pk=pk)


def _answered(request, shown, act, sentence, *, form=None, **given):
    try:
        result = act(shown, by=request.user, at=now(), **given)
    except IllegalMove as refusal:
        messages.error(request, str(refusal))
        return redirect("casebook:proposal", shown.pk)
    except Refusal as refusal:
        return proposal_page(
            request, shown, form=form, status=422, refusal=refusal, reply=given.get("reply", "")
        )
    messages.success(request, sentence(result))
    return redirect("casebook:proposal", shown.pk)


def _accepted(version):
    if version.published_at:
        return _("Accepted and published as version %(number)s.") % {"number": version.number}
    return _("Accepted as version %(number)s, which now waits for another editor.") % {
        "number": version.number
    }


def _edit_form(shown, data=None):
    """The form an editor changes a proposal in, filled with it as it fits the shown version."""
    if shown.state != Proposal.State.OPEN or not shown.prompt.is_published:
        raise Http404
    own = rebased(shown)
    return ProposalForm(own.content, data, noted=False, initial={"base": own.current.pk})

"""Proposing a change to a published prompt: write, look at the differences, send."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from accounts.permissions import require
from casebook.actions.proposals import propose as keep_proposal
from casebook.content import content_sha256
from casebook.forms.proposal import ProposalForm
from casebook.models import Prompt
from casebook.permissions import can_edit_record, can_write
from casebook.reviewing.diff_view import count_of, difference
from casebook.states import VersionState
from casebook.views.record import visible


@require_http_methods(["GET", "POST"])
def propose(request, slug):
    """The differences are shown before anything is sent; only what was shown can be sent."""
    require(can_write(request.user))
    record = visible(Prompt, request.user, slug)
    if not record.is_published:
        messages.error(request, _("Changes are proposed against published prompts only."))
        return redirect(record)
    base = _base(record, request.POST.get("base", ""))
    form = ProposalForm(base.content, request.POST or None, initial={"base": base.pk})
    if request.method != "POST":
        return _page(request, record, base, form)
    if not form.is_valid():
        return _page(request, record, base, form, status=422)
    content = form.cleaned_data["content"]
    if content == base.content:
        form.add_error(None, _("Nothing is changed yet. Change something first."))
        return _page(request, record, base, form, status=422)
    if request.POST.get("previewed") != content_sha256(content):
        return _page(request, record, base, form, content=content)
    return _sent(request, record, base, form)


def _sent(request, record, base, form):
    values = form.cleaned_data
    given = {"note": values["note"], "idempotency_key": values["idempotency_key"]}
    try:
        proposal = keep_proposal(base, values["content"], by=request.user, at=now(), **given)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, record, base, form, status=422)
    messages.success(request, _("Your proposal is with the editors. You find their answer here."))
    return redirect("casebook:proposal", proposal.pk)


def _base(record, key):
    """The version the form was opened on: a newer one may have been published since."""
    published = record.versions.filter(state=VersionState.PUBLISHED, pk=int(key) if key.isdecimal() else 0)
    base = published.first() or record.current
    base.record = record
    return base


def _page(request, record, base, form, *, content=None, status=200):
    groups = difference(base.content, content) if content else []
    context = {
        "record": record,
        "base": base,
        "form": form,
        "groups": groups,
        "changes": count_of(groups),
        "previewed": content_sha256(content) if content else "",
        "can_edit": can_edit_record(request.user, record),
    }
    return render(request, "casebook/propose.html", context, status=status)

"""Ends and turns of a draft: thrown away, taken back from review."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refusal
from accounts.permissions import require
from casebook.actions.drafts import discard_draft, take_back
from casebook.permissions import can_edit_draft
from casebook.states import VersionState
from casebook.views.writing_parts import own_version


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request, pk):
    """Asks first, also without script."""
    version = own_version(request.user, pk)
    require(can_edit_draft(request.user, version))
    if request.method != "POST":
        is_draft = version.state == VersionState.DRAFT
        context = {"version": version, "record": version.record, "is_draft": is_draft}
        return render(request, "casebook/write_discard.html", context)
    title = version.record.title
    try:
        discard_draft(version, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("casebook:write")
    messages.success(request, _("The draft of “%(title)s” is thrown away.") % {"title": title})
    return redirect("casebook:write")


@require_POST
def withdraw(request, pk):
    """Take a version back from review, and go on writing."""
    version = own_version(request.user, pk)
    require(can_edit_draft(request.user, version))
    try:
        take_back(version, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("casebook:write")
    return redirect("casebook:draft", version.pk)

"""Saving a draft: by itself while somebody writes, by a button, and before review is asked for.

Every answer holds what was typed. A script gets JSON with the parts of the page that changed.
"""

from uuid import uuid4

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import require
from casebook.actions.drafts import UNTITLED, begin_prompt, save_draft
from casebook.actions.submitting import NotReady, submit_draft
from casebook.content import ContentRefused
from casebook.errors import SavedElsewhere
from casebook.lint import blocks
from casebook.permissions import can_edit_draft, can_write
from casebook.views.writing_answers import refused, saved, signed_out, stale
from casebook.views.writing_parts import KEPT_DRAFT, draft_page, form_of, look, own_version
from casebook.writing.operations import mend, operate


@public  # an ended session is answered here, so that a script can tell it from success
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    if not request.user.is_authenticated:
        return signed_out(request, reverse("casebook:write_new"))
    require(can_write(request.user))
    if request.method != "POST":
        return draft_page(request, form_of(data=KEPT_DRAFT.take(request)))
    return _keep(request, None, then=_saved)


@public
@require_POST
def save(request, pk):
    return _own(request, pk, then=_saved)


@public
@require_POST
def submit(request, pk):
    """Save, then ask for review; what is missing is said on the page."""
    return _own(request, pk, then=_ask)


def _own(request, pk, *, then):
    if not request.user.is_authenticated:
        return signed_out(request, reverse("casebook:draft", args=[pk]))
    version = own_version(request.user, pk)
    require(can_edit_draft(request.user, version))
    return _keep(request, version, then=then)


def _keep(request, version, *, then):
    """Read the form, do what its button says, store it, and go on with `then`."""
    form = form_of(version, request.POST)
    op = request.POST.get("op", "")
    uid = str(version.record.uid) if version else ""
    content = None
    try:
        place = operate(form.rows, op, apart_from=version.record_id if version else None)
        content = form.cleaned_content()
        if content is None:
            return refused(request, form, version)
        version = _stored(request.user, form, version, mend(content, op, by=request.user, uid=uid))
    except SavedElsewhere as other:
        return stale(request, form, content, other)
    except ContentRefused as problems:
        form.refuse(problems.problems)
        return refused(request, form, version)
    except Refusal as refusal:
        return refused(request, form, version, error=str(refusal))
    return then(request, form, version, place)


def _stored(user, form, version, content):
    if version is None:
        version = _begun(user, form, content)
        if version.content in (content, content | {"title": UNTITLED}):
            return version
    revision, note = form.cleaned_data["revision"] or 0, form.cleaned_data["note"]
    save_draft(version, content, by=user, at=now(), revision=revision, note=note)
    return version


def _begun(user, form, content):
    key = form.cleaned_data["idempotency_key"] or uuid4()
    values = {"by": user, "idempotency_key": key, "department": user.department}
    try:
        with transaction.atomic():
            return begin_prompt(content, at=now(), **values)
    except IntegrityError:  # the same form came twice at once: the other one has made it
        return begin_prompt(content, at=now(), **values)


def _saved(request, form, version, place):
    op = request.POST.get("op", "")
    if op.startswith("find:"):
        name = f"find_{op.removeprefix('find:')}"
        query = QueryDict(mutable=True)
        query[name] = request.POST.get(name, "")
        place = f"?{query.urlencode()}#{name}"
    return saved(request, form, version, place or ("#findings" if op.startswith("fix:") else ""))


def _ask(request, _form, version, _place):
    form = form_of(version)
    checks = look(request.user, form, version)
    try:
        submit_draft(version, by=request.user, at=now(), blocked=blocks(checks.findings))
    except NotReady as lacking:
        form.refuse(lacking.problems)
        form.problems = form.problems or checks.blocking(form.target)
        return refused(request, form, version, error=str(lacking))
    except Refusal as refusal:
        return refused(request, form, version, error=str(refusal))
    messages.success(
        request,
        _("Review of “%(title)s” is asked for. You see here what becomes of it.")
        % {"title": version.record.title},
    )
    return redirect("casebook:write")

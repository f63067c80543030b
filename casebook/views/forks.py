"""Making a copy of one's own: what the licence asks for first, then the draft."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from accounts.permissions import require
from casebook.actions.forks import fork as make_copy
from casebook.actions.forks import refusal_of_copy, suggested_attribution
from casebook.content.choices import LICENCES
from casebook.content.licences import NO_COMMERCE, must_name_source
from casebook.forms.community import CopyForm
from casebook.models import Prompt
from casebook.permissions import can_write
from casebook.states import VersionState
from casebook.views.record import visible


@require_http_methods(["GET", "HEAD", "POST"])
def fork(request, slug):
    require(can_write(request.user))
    record = visible(Prompt, request.user, slug)
    if not record.is_published:
        messages.error(request, _("Copies are made of published prompts only."))
        return redirect(record)
    version = _version(record, request.POST.get("version") or request.GET.get("version", ""))
    form = CopyForm(request.POST or None, initial={"attribution": suggested_attribution(version)})
    if form.is_valid():
        try:
            draft = _copied(version, request.user, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The copy is yours. Change it and ask for its review."))
            return redirect("casebook:draft", draft.pk)
    licence = version.content["licence"]
    context = {
        "record": record,
        "version": version,
        "form": form,
        "refusal": refusal_of_copy(version),
        "licence_label": _(LICENCES[licence]),
        "names_source": must_name_source(licence),
        "keeps_licence": licence in NO_COMMERCE,
    }
    return render(request, "casebook/fork.html", context, status=422 if form.errors else 200)


def _copied(version, user, values):
    try:
        with transaction.atomic():
            return make_copy(version, by=user, at=now(), **values)
    except IntegrityError:  # the same form came twice at once: the other one has made it
        return make_copy(version, by=user, at=now(), **values)


def _version(record, number):
    """The published version that was looked at, else the one shown to everybody."""
    version = record.current
    if number.isdecimal() and len(number) < 9:
        version = get_object_or_404(record.versions.filter(state=VersionState.PUBLISHED), number=number)
    version.record = record
    return version

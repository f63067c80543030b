"""How a save is answered: a page for a browser alone, JSON with the changed parts for its script."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.requests import wants_json
from competitions.forms.entry import KEPT_ENTRY
from competitions.states import EntryState
from competitions.views.entering.pages import entry_page, status_of
from competitions.views.entering.parts import differences, form_of

NOT_STORED, STALE = 422, 409


def saved(request, entry):
    if not wants_json(request):
        messages.success(request, _saved_sentence(entry))
        return redirect(entry)
    return _json(
        {
            "revision": entry.revision,
            "saved": f"{localtime(entry.saved_at):%H:%M:%S}",
            "address": entry.get_absolute_url(),
            "status": _part(request, "competitions/_entry_status.html", {"entry": entry} | status_of(entry)),
        }
    )


def refused(request, form, *, competition, entry, **context):
    """Something has to be put right; the page holds what was typed. A script is told the fields."""
    if not wants_json(request):
        return entry_page(
            request, form, competition=competition, entry=entry, status=NOT_STORED, is_unsaved=True, **context
        )
    told = {
        "problems": _part(request, "components/error_summary.html", {"form": form}),
        "errors": [
            {"target": form[name].id_for_label or name, "text": " ".join(found)}
            for name, found in form.errors.items()
            if name in form.fields
        ],
    }
    return _json(told, status=NOT_STORED)


def stale(request, form, refusal, *, competition):
    """Show both texts; saving once more replaces what is saved."""
    saved_form = form_of(request, competition, entry=refusal.entry, call=form.call)
    differing = differences(form, saved_form)
    if wants_json(request):
        texts = {"message": str(refusal), "differences": differing}
        conflict = _part(request, "casebook/_write_conflict.html", texts)
        return _json({"conflict": conflict, "revision": refusal.entry.revision}, status=STALE)
    form.add_error(None, str(refusal))
    form.continue_from(refusal.entry.revision)
    return entry_page(
        request,
        form,
        competition=competition,
        entry=refusal.entry,
        status=STALE,
        differences=differing,
    )


def signed_out(request):
    """A script keeps the text in its browser; without one it is kept until the person has signed in."""
    if wants_json(request):
        return _json({"login": redirect_to_login(request.get_full_path()).url}, status=401)
    return KEPT_ENTRY.ask_login(request, request.get_full_path())


def _saved_sentence(entry):
    if entry.state == EntryState.SUBMITTED:
        return _("Saved. What you submitted before still counts: submit again to replace it.")
    if entry.state == EntryState.RETURNED:
        return _("Saved. Submit again to hand in the correction.")
    return _("Saved as a draft. It is not submitted yet.")


def _part(request, template, context):
    return render_to_string(template, context, request)


def _json(told, *, status=200):
    # Half the size for Hangul.
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})

"""How a save is answered: a page for a browser alone, JSON with the changed parts for its script."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import wants_json
from casebook.views.writing_parts import KEPT_DRAFT, alike, draft_page, look, part, saved_time
from casebook.writing.differences import differences

BOOKKEEPING = {"csrfmiddlewaretoken", "revision", "op"}


def saved(request, form, version, place):
    address = reverse("casebook:draft", args=[version.pk])
    if not wants_json(request):
        messages.success(request, _("Saved."))
        return redirect(f"{address}{place}")
    checks = look(request.user, form, version)
    found = {"groups": checks.groups(form.target), "checks": checks, "version": version}
    likes = {"alike": alike(checks.content, version.record, by=request.user)}
    return JsonResponse(
        {
            "revision": version.revision,
            "saved": saved_time(version),
            "address": address,
            "command": version.content.get("command", ""),
            "held": checks.held,
            "findings": part(request, "findings", found),
            "preview": part(request, "preview", found),
            "alike": part(request, "alike", likes),
        },
        json_dumps_params={"ensure_ascii": False},  # half the size for Hangul
    )


def refused(request, form, version, *, error=""):
    """Nothing was stored, or review could not be asked for; the page holds what was typed."""
    if not wants_json(request):
        return draft_page(request, form, version, status=422, error=error)
    answer = {
        "problems": part(request, "problems", {"form": form, "error": error}),
        "errors": [{"target": target, "text": text} for target, text in form.problems],
    }
    return JsonResponse(answer, status=422)


def stale(request, form, content, other):
    """Somebody saved in between: both texts side by side, and the choice."""
    stored = other.version
    context = {
        "version": stored,
        "differences": differences(content, stored.content),
        "fields": [
            (name, text) for name, texts in request.POST.lists() if name not in BOOKKEEPING for text in texts
        ],
        "saved_by": stored.edited_by if stored.edited_by_id != request.user.pk else None,
        "message": str(other),
    }
    if not wants_json(request):
        return render(request, "casebook/write_conflict.html", context, status=409)
    answer = {"conflict": part(request, "conflict", context), "revision": stored.revision}
    return JsonResponse(answer, status=409)


def signed_out(request, address):
    if wants_json(request):
        return JsonResponse({"login": redirect_to_login(address).url}, status=401)
    return KEPT_DRAFT.ask_login(request, address)

"""Bringing a file in: handing it over, looking at what each item would become, choosing, confirming."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Refusal
from accounts.permissions import require
from casebook.actions.preview import (
    ask_import,
    ask_preview,
    choose,
    choose_all,
    content_at,
    file_of,
    how_many_chosen,
    is_being_imported,
    without_items,
)
from casebook.actions.versions import MODELS
from casebook.errors import CasebookError
from casebook.forms.exchange import ImportForm, PreviewForm
from casebook.lint import blocks, lint
from casebook.models import ImportPreview
from casebook.permissions import can_import
from casebook.preview_page import form_names, item_of, page_of, selectable_numbers
from casebook.reviewing.diff_view import count_of, difference

MOST_SENT = 200  # numbers in one form
MOST_FINDINGS = 100


def bring_in(request):
    require(can_import(request.user))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "casebook/import.html", {"form": form}, status=422 if form.is_bound else 200)
    values = form.cleaned_data
    preview = ask_preview(values.pop("file"), by=request.user, at=now(), **values)
    return redirect("casebook:import_preview", preview.pk)


@never_cache
@require_safe
def preview(request, pk):
    found = _own(request, pk)
    if found.summary is None or (is_being_imported(found) and not found.job.is_over):
        return render(request, "casebook/import_reading.html", {"preview": found, "job": found.job})
    return render(request, "casebook/import_preview.html", _page(request, found))


@never_cache
@require_safe
def preview_part(request, pk):
    """How far the reading or the import is; the page loads itself anew when that is over."""
    found = _own(request, pk)
    if found.job and not found.job.is_over:
        return render(request, "casebook/_import_reading.html", {"preview": found, "job": found.job})
    return HttpResponse(headers={"HX-Refresh": "true"})


@never_cache
@require_safe
def item(request, pk, number):
    """One item as the file has it, beside the version here."""
    found = _own(request, pk)
    shown = item_of(found, number) if found.summary else None
    if shown is None or "at" not in shown:
        raise Http404
    try:
        given = content_at(found, shown["at"])
    except CasebookError as refusal:
        messages.error(request, str(refusal))
        return redirect("casebook:import_preview", found.pk)
    old = _version_here(shown)
    groups = difference(old.content if old else {}, given["content"], kind=shown["kind"])
    context = {
        "preview": found,
        "item": shown,
        "old": old,
        "groups": groups,
        "changes": count_of(groups),
        "tests": given["tests"],
        "findings": _findings(shown, given["content"]),
    }
    return render(request, "casebook/import_item.html", context)


@require_POST
def choose_items(request, pk):
    """Keep the choice of one page and go to another page of the same preview."""
    found = _own(request, pk)
    _keep_choice(request, found)
    return redirect(_address(found, request.POST))


@require_POST
def confirm(request, pk):
    found = _own(request, pk)
    _keep_choice(request, found)
    form = PreviewForm(request.POST)
    form.is_valid()
    try:
        ask_import(found, by=request.user, publish=form.cleaned_data["publish"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("casebook:import_preview", found.pk)


def _own(request, pk):
    """The preview of the person themselves; nobody else ever sees it."""
    mine = without_items(ImportPreview.objects.filter(by=request.user).select_related("job", "imported"))
    found = get_object_or_404(mine, pk=pk)
    require(can_import(request.user))
    return found


def _page(request, found):
    asked = {name: request.GET.get(name, "") for name in ("show", "page")}
    address = reverse("casebook:import_preview", args=[found.pk])
    shown = page_of(found, asked=asked["show"], number=asked["page"], address=address)
    counts = found.summary["counts"]
    is_done = "became" in found.summary
    return {
        "preview": found,
        "summary": found.summary,
        "counts": counts,
        "form_names": form_names(found.summary),
        "entries": shown.items,
        "page_obj": shown.pages,
        "tabs": shown.tabs,
        "show": asked["show"],
        "is_done": is_done,
        "is_gone": not is_done and not _is_kept(found),
        "can_import": not is_done and not found.summary["problems"] and counts["new"] + counts["changed"] > 0,
        "chosen": how_many_chosen(found),
        "form": PreviewForm(),
    }


def _is_kept(found):
    try:
        return bool(file_of(found))
    except CasebookError:
        return False


def _keep_choice(request, found):
    if found.summary is None or is_being_imported(found):
        return
    everything = request.POST.get("all")
    if everything in ("take", "leave"):
        choose_all(found, numbers=selectable_numbers(found) if everything == "leave" else ())
        return
    choose(found, shown=_numbers(request, "shown"), taken=_numbers(request, "take"))


def _numbers(request, name):
    given = request.POST.getlist(name)[:MOST_SENT]
    return [int(each) for each in given if each.isdecimal() and len(each) < 7]


def _address(found, given):
    show = given.get("show", "")
    number = given.get("page", "")
    query = "&".join(
        f"{name}={value}"
        for name, value in (("show", show), ("page", number))
        if value.isascii() and value.isalnum()
    )
    return reverse("casebook:import_preview", args=[found.pk]) + (f"?{query}" if query else "")


def _version_here(shown):
    if "base" not in shown:
        return None
    versions = MODELS[shown["kind"]][1].objects.filter(record=shown["record"], number=shown["base"])
    return versions.first()


def _findings(shown, content):
    """[(whether it stops publication, place and sentence)]"""
    found = lint(content) if shown["kind"] == "prompt" else []
    return [(blocks([each]), _sentence(each)) for each in found[:MOST_FINDINGS]]


def _sentence(finding):
    place, text = finding.place(_), finding.text(_)
    return text if place in text else f"{place}: {text}"

"""Collections of prompts and cases: the list, one of them, and what its owner does with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import public
from accounts.permissions import is_official
from casebook.actions.collections import (
    WAYS,
    change_collection,
    create_collection,
    delete_collection,
    move_item,
    note_item,
    remove_item,
)
from casebook.community import listed_collections, visible_collections
from casebook.forms.community import CollectionForm
from casebook.kept_rows import kept_tabs, with_records
from casebook.models import Collection
from casebook.permissions import can_write

PAGE_SIZE = 20


@public
@require_safe
def collections(request):
    """One's own and those meant for everybody."""
    rows = listed_collections(request.user)
    mine = request.user.is_authenticated and request.GET.get("whose") == "mine"
    rows = rows.filter(owner=request.user) if mine else rows
    rows = rows.select_related("owner").annotate(size=Count("items")).order_by("-changed_at", "-id")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "mine": mine,
        "sees_names": is_official(request.user),
        "tabs": kept_tabs("collections") if request.user.is_authenticated else [],
    }
    return render(request, "casebook/collections.html", context)


@public
@require_safe
def collection(request, uid):
    shown = get_object_or_404(visible_collections(request.user).select_related("owner"), uid=uid)
    context = {
        "collection": shown,
        "rows": _items(shown, request.user),
        "is_mine": shown.owner_id == request.user.pk,
        "sees_names": is_official(request.user),
        "address": request.build_absolute_uri(shown.get_absolute_url()),
        "export_address": _export_address(shown),
    }
    return render(request, "casebook/collection.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    form = CollectionForm(request.POST or None, lists=can_write(request.user))
    if form.is_valid():
        made = create_collection(by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The collection is there. Add prompts and cases from their pages."))
        return redirect(made)
    return render(
        request, "casebook/collection_form.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, uid):
    """Title and sharing above, the records with their notes and their order below."""
    shown = own(request.user, uid)
    before = {name: getattr(shown, name) for name in ("title", "summary", "sharing")}
    form = CollectionForm(request.POST or None, initial=before, lists=can_write(request.user))
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in before}
        change_collection(shown, by=request.user, at=now(), **values)
        messages.success(request, _("The collection is saved."))
        return redirect(shown)
    context = {"collection": shown, "form": form, "rows": _items(shown, request.user)}
    context |= {"moved": request.GET.get("moved", ""), "way": request.GET.get("way", "")}
    return render(request, "casebook/collection_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, uid):
    shown = own(request.user, uid)
    if request.method != "POST":
        return render(request, "casebook/collection_delete.html", {"collection": shown})
    delete_collection(shown, by=request.user)
    messages.success(request, _("The collection “%(title)s” is deleted.") % {"title": shown.title})
    return redirect("casebook:collections")


@require_POST
def item(request, uid, pk):
    """What a button beside a record does: up, down, remove; a changed note is kept with it."""
    shown = own(request.user, uid)
    found = get_object_or_404(shown.items.all(), pk=pk)
    found.collection = shown
    op, note = request.POST.get("op", ""), request.POST.get("note", found.note).strip()[:300]
    if note != found.note:
        note_item(found, note, at=now())
    if op in WAYS:
        move_item(found, op, at=now())
    elif op == "remove":
        remove_item(found, at=now())
        messages.success(request, _("Taken out of the collection."))
    else:
        messages.success(request, _("The note is saved."))
    place = f"?moved={found.pk}&way={op}#item-{found.pk}" if op in WAYS else "#items"
    return redirect(reverse("casebook:collection_edit", args=[shown.uid]) + place)


def own(user, uid):
    """One's own collection; somebody else's is not found."""
    return get_object_or_404(Collection, uid=uid, owner=user)


def _items(collection, user):
    return with_records(list(collection.items.select_related("prompt__work_field", "case__work_field")), user)


def _export_address(collection):
    """Where a collection is downloaded, or "" while this site has no such page."""
    try:
        return reverse("casebook:collection_export", args=[collection.uid])
    except NoReverseMatch:
        return ""

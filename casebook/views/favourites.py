"""Keeping prompts and cases at hand."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from casebook.actions.favourites import set_favourite
from casebook.actions.versions import MODELS
from casebook.kept_rows import kept_tabs, with_records
from casebook.models import Favourite
from casebook.views.record import visible

PAGE_SIZE = 20


@require_POST
def favourite(request, kind, slug):
    """Keep it or let it go: `keep` is yes or no; without it, the other of what it is."""
    record = visible(MODELS[kind][0], request.user, slug)
    keep = {"yes": True, "no": False}.get(request.POST.get("keep"))
    kept = set_favourite(record, by=request.user, at=now(), keep=keep)
    if request.htmx:
        return render(request, "casebook/_favourite.html", {"record": record, "is_favourite": kept})
    return redirect(next_address(request, record.get_absolute_url()))


@require_safe
def favourites(request):
    rows = Favourite.objects.filter(by=request.user).select_related("prompt__work_field", "case__work_field")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = with_records(list(page.object_list), request.user)
    return render(request, "casebook/favourites.html", {"page_obj": page, "tabs": kept_tabs("favourites")})


def next_address(request, default):
    """Where the form asked to go on, if that is on this site."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else default

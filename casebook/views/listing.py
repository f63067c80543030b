"""Lists and search: one way of finding, three pages."""

from django.core.paginator import Paginator
from django.db.models import F, FloatField
from django.db.models.functions import Cast, NullIf
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public
from casebook.facets import chips_for, facets_for
from casebook.models import SearchDocument
from casebook.permissions import can_write
from casebook.search.query import FILTERS, for_listing, search, snippets

PAGE_SIZE = 20
MOST_VALUES = 20
# The mean of the ratings; what nobody rated comes last, never as zero.
RATING = Cast("rating_sum", FloatField()) / NullIf(Cast("rating_count", FloatField()), 0.0)
SORTS = {
    "newest": ("-published_at", "-id"),
    "title": ("title", "id"),
    "saving": (F("hours_saved").desc(nulls_last=True), "-id"),
    "used": ("-uses", "-published_at", "-id"),
    "rated": (RATING.desc(nulls_last=True), "-rating_count", "-id"),
}


@public
@require_safe
def prompts(request):
    return _listing(request, kind="prompt", heading=_("Prompts"))


@public
@require_safe
def cases(request):
    return _listing(request, kind="case", heading=_("Cases"))


@public
@require_safe
def search_page(request):
    kind = request.GET.get("kind", "")
    return _listing(request, kind=kind if kind in SearchDocument.Kind.values else "", heading=_("Search"))


def _listing(request, *, kind, heading):
    text = request.GET.get("q", "").strip()
    chosen = {name: [value for value in request.GET.getlist(name) if value][:MOST_VALUES] for name in FILTERS}
    found = search(text, kind=kind, **chosen)
    page = Paginator(for_listing(_sorted(found.documents, request)), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    page.object_list = list(page.object_list)
    texts = snippets(page.object_list, found.words) if text else {}
    for document in page.object_list:
        document.snippet = texts.get(document.pk, "")
    facets = facets_for(found.documents, kind=kind, chosen=chosen)
    context = {
        "heading": heading,
        "kind": kind,
        "q": text,
        "found": found,
        "page_obj": page,
        "facets": facets,
        "chips": chips_for(facets),
        "sort": request.GET.get("sort", ""),
        "writes": kind == "prompt" and can_write(request.user),
        "is_search": heading == _("Search"),
    }
    return render(request, "casebook/listing.html", context)


def _sorted(documents, request):
    order = SORTS.get(request.GET.get("sort", ""))
    return documents.order_by(*order) if order else documents

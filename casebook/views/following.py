"""Work fields that a person follows, and what is new in them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casebook.actions.follows import follow, followed_fields, mark_seen, new_documents, unfollow
from casebook.forms.community import FollowForm
from casebook.kept_rows import kept_tabs
from casebook.models import WorkField
from casebook.search.query import for_listing
from casebook.views.favourites import next_address

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def following(request):
    """What is new; looking at it does not make it old. A POST follows another field."""
    form = FollowForm(request.POST or None)
    if form.is_valid():
        field = form.cleaned_data["field"]
        follow(field, by=request.user, at=now())
        messages.success(request, _("You follow “%(field)s” now.") % {"field": field})
        return redirect(next_address(request, reverse("casebook:following")))
    context = {
        "page_obj": Paginator(for_listing(new_documents(request.user)), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "fields": followed_fields(request.user),
        "form": form,
        "shown_at": now().isoformat(),
        "tabs": kept_tabs("following"),
    }
    return render(request, "casebook/following.html", context, status=422 if form.errors else 200)


@require_POST
def stop(request, pk):
    field = get_object_or_404(WorkField, pk=pk)
    unfollow(field, by=request.user)
    messages.success(request, _("You no longer follow “%(field)s”.") % {"field": field})
    return redirect(next_address(request, reverse("casebook:following")))


@require_POST
def read(request):
    """Mark as read what was published until the list was shown; what came since stays new."""
    mark_seen(request.user, at=_moment(request.POST.get("until", "")))
    messages.success(request, _("Marked as read."))
    return redirect("casebook:following")


def _moment(text):
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    return min(at, now()) if at and is_aware(at) else now()

"""Putting a prompt or a case into a collection, from its page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from casebook.actions.collections import add_item, create_collection
from casebook.actions.versions import MODELS
from casebook.forms.community import AddForm
from casebook.models import Collection
from casebook.views.collections import own
from casebook.views.record import visible

MOST_CHOICES = 100


@require_http_methods(["GET", "HEAD", "POST"])
def collect(request, kind, slug):
    """Choose one of one's collections, the last changed first, or name a new one."""
    record = visible(MODELS[kind][0], request.user, slug)
    mine = list(Collection.objects.filter(owner=request.user)[:MOST_CHOICES])
    form = AddForm(request.POST or None, collections=mine)
    if form.is_valid():
        values = form.cleaned_data
        try:
            collection = _chosen(request.user, values)
            add_item(collection, record, at=now(), note=values["note"])
        except Refusal as refusal:
            form.add_error("collection", str(refusal))
        else:
            words = {"title": record.title, "collection": collection.title}
            messages.success(request, _("“%(title)s” is in “%(collection)s”.") % words)
            return redirect(collection)
    context = {"record": record, "form": form, "has_collections": bool(mine)}
    return render(request, "casebook/collect.html", context, status=422 if form.errors else 200)


def _chosen(user, values):
    if values["collection"] != "new":
        return own(user, values["collection"])
    return create_collection(
        by=user, at=now(), title=values["title"], idempotency_key=values["idempotency_key"]
    )

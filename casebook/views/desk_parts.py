"""What the pages of the desk share: finding rows by the kind in the address."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from casebook.actions.versions import MODELS


def model_of(kind):
    if kind not in MODELS:
        raise Http404
    return MODELS[kind][0]


def version_of(kind, pk):
    if kind not in MODELS:
        raise Http404
    versions = MODELS[kind][1].objects.select_related("record__current", "created_by", "edited_by")
    return get_object_or_404(versions, pk=pk)

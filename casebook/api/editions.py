"""/editions/: how much there is, and in which formats."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casebook.api.base import Endpoint, page_url
from casebook.exports import FORMATS
from casebook.models import Case, Prompt
from casebook.serializers import EditionsSerializer


class Editions(Endpoint):
    """The whole casebook: totals, formats, and the page that hands them out."""

    @extend_schema(responses=EditionsSerializer)
    def get(self, request):
        formats = [
            {"name": name, "extension": each.extension, "media_type": each.media_type}
            for name, each in FORMATS.items()
        ]
        return Response(
            {
                "prompts": Prompt.objects.published().count(),
                "cases": Case.objects.published().count(),
                "formats": formats,
                "url": page_url(request, reverse("casebook:editions")),
            }
        )

"""The addresses of the API, /api/v1/ (docs/api.md)."""

from django.urls import path, re_path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_page
from drf_spectacular.utils import extend_schema, inline_serializer
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.response import Response

from casebook.api import urls as casebook
from casebook.api.base import Endpoint, Missing, page_url
from competitions import api as competitions

app_name = "api"
LISTS = ("schema", "prompts", "cases", "search", "editions", "competitions", "results")
SCHEMA_SECONDS = 60 * 60  # working it out takes most of a second and it changes only with the code


class Index(Endpoint):
    """The addresses of all lists."""

    @extend_schema(responses=inline_serializer("Index", {name: serializers.URLField() for name in LISTS}))
    def get(self, request):
        return Response({name: page_url(request, reverse(f"api:{name}")) for name in LISTS})


@method_decorator(cache_page(SCHEMA_SECONDS), name="dispatch")
class Schema(SpectacularAPIView):
    """This description, as YAML or JSON by the Accept header."""


urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("schema/", Schema.as_view(), name="schema"),
    *casebook.urlpatterns,
    *competitions.urlpatterns,
    re_path(r"^.+/$", Missing.as_view(), name="missing"),
]

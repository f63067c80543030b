"""What all endpoints of the API have in common: public, read-only, paged, cached by ETag."""

from django.http import Http404
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_cache_control
from django.utils.decorators import decorator_from_middleware, method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import MethodNotAllowed, NotAcceptable, NotFound
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.views import APIView

CACHE_SECONDS = 60
with_etag = decorator_from_middleware(ConditionalGetMiddleware)


@method_decorator(with_etag, name="dispatch")
class Endpoint(APIView):
    """One public resource; nothing it answers depends on who asks."""

    http_method_names = ["get", "head", "options"]

    def http_method_not_allowed(self, request, *args, **kwargs):
        raise MethodNotAllowed(request.method, detail=_("This API only reads. Ask with GET."))

    def handle_exception(self, exc):
        """Say in the reader's language what the framework says in English only."""
        if isinstance(exc, NotAcceptable):
            exc = NotAcceptable(_("This API answers in JSON only. Ask with Accept: application/json."))
        if isinstance(exc, Http404):
            exc = NotFound(_("The API has nothing at this address. See /api/v1/ for what it has."))
        return super().handle_exception(exc)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
        else:
            patch_cache_control(response, no_store=True)
        return response


class Pages(PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100
    invalid_page_message = gettext_lazy(
        "There is no page {page_number}. Pages count from 1: ask for ?page=1."
    )


class ListEndpoint(Endpoint, GenericAPIView):
    """A paged list; subclasses say which rows and how one is shown."""

    pagination_class = Pages

    def paged(self, rows):
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.present(page))

    def present(self, rows):
        """The rows of one page as JSON values."""
        raise NotImplementedError


class Missing(Endpoint):
    """Answers any other address under the API's root."""

    schema = None

    def get(self, request, **kwargs):
        raise Http404


def text_parameters(request, name):
    """The values of a query parameter that say something."""
    return [value.strip() for value in request.query_params.getlist(name) if value.strip()]


def text_parameter(request, name):
    """The last value of a query parameter, or the empty text."""
    return (text_parameters(request, name) or [""])[-1]


def page_url(request, path):
    """The full address of a page of the site."""
    return request.build_absolute_uri(path)

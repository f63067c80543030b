"""Requests no view can read: what is too large is said in words, with what to do about it."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.defaults import bad_request as bare_bad_request

from accounts.requests import wants_json


def bad_request(request, exception):
    """handler400. Without the user, as the body may be refused before anybody is known."""
    if isinstance(exception, RequestDataTooBig):
        return _too_large(request)
    return bare_bad_request(request, exception)


def _too_large(request):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if not wants_json(request):
        return HttpResponse(render_to_string("413.html"), status=status)
    sentence = _(
        "What you sent is larger than the site takes at once. Shorten the text, or upload long material as a file; "
        "what was saved before is not lost."
    )
    # In the words of the API, of uploads and of the editors.
    told = {"detail": sentence, "problem": sentence, "errors": []}
    told["problems"] = format_html('<p class="notice notice-warning">{}</p>', sentence)
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})

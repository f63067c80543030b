"""The script with which anybody checks a published result offline, as it is."""

import hashlib
from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.decorators import public
from competitions.verifying import verify_results

SECONDS = 3600


@public
@require_safe
def script(request):
    """verify_results.py, byte for byte."""
    source, etag = _source()
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(source, content_type="text/x-python; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, "verify_results.py")
        response["X-Content-Type-Options"] = "nosniff"
        response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response


@cache
def _source():
    """The bytes of the script and their tag; read once, for they change with the release only."""
    source = Path(verify_results.__file__).read_bytes()
    return source, f'"{hashlib.sha256(source).hexdigest()}"'

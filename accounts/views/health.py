"""Whether the site works, for those who watch it: no session, no secret, one query."""

from datetime import timedelta

from django.db import DatabaseError, InterfaceError
from django.db.models.functions import Now
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.decorators import public
from accounts.models import Heartbeat

SILENT_AFTER = timedelta(seconds=60)


@public
@never_cache
@require_safe
def healthz(request):
    """503 unless all is well. The clock sends the heartbeat and the worker writes it: it proves both."""
    try:
        alive = Heartbeat.objects.filter(name="worker", at__gt=Now() - SILENT_AFTER).exists()
    except (DatabaseError, InterfaceError):
        return JsonResponse(
            {"web": "ok", "database": "down", "worker": "unknown", "clock": "unknown"}, status=503
        )
    pulse = "ok" if alive else "silent"
    state = {"web": "ok", "database": "ok", "worker": pulse, "clock": pulse}
    return JsonResponse(state, status=200 if alive else 503)

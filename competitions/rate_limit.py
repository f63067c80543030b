"""A limit to how often one address may ask, counted in the cache that all web processes share."""

from django.core.cache import cache
from django.utils import timezone

from accounts.middleware import client_address

MINUTE = 60


def is_too_often(request, *, name, most):
    """Count this request; tell whether its address has asked more than `most` times in this minute."""
    key = f"limit:{name}:{client_address(request.META)}:{_this_minute()}"
    if cache.add(key, 1, timeout=2 * MINUTE):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # dropped in between, as a full cache may
        return False


def _this_minute():
    return int(timezone.now().timestamp()) // MINUTE

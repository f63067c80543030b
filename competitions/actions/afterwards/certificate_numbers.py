"""Numbers of certificates: year, office and a running number over every contest, such as 2026-가온-0001."""

import re

from django.db import connection
from django.utils import timezone

from accounts.models import Government
from competitions.models import Certificate

LOCK = "SELECT pg_advisory_xact_lock(hashtext('competitions.certificates'))"
KIND_OF_OFFICE = re.compile(r"(특별자치시|특별자치도|특별시|광역시|시|군|구|도)$")


def next_numbers(count, *, at):
    """Return so many numbers nobody else gets; holds a lock to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    stem = "-".join(filter(None, [str(timezone.localtime(at).year), _office()]))
    given = Certificate.objects.filter(number__startswith=f"{stem}-").values_list("number", flat=True)
    running = (number.removeprefix(f"{stem}-") for number in given.iterator())
    highest = max((int(each) for each in running if each.isdecimal()), default=0)
    return [f"{stem}-{highest + each:04d}" for each in range(1, count + 1)]


def _office():
    name = Government.objects.filter(is_self=True).values_list("name", flat=True).first() or ""
    return short_name(name)


def short_name(name):
    """Leave out the kind of the office: 가온시 -> 가온; a name of one syllable stays whole: 중구."""
    name = "".join(name.split())[:20]
    short = KIND_OF_OFFICE.sub("", name)
    return short if len(short) > 1 else name

"""Times in words: "2026. 5. 12.(화) 18:00" and "3일 남음"."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

HOUR, DAY = 3600, 86400


def moment(at):
    return date_format(timezone.localtime(at), pgettext("date format", "D j M Y, H:i"))


def day(date):
    return date_format(date, pgettext("date format", "D j M Y"))


def time_left(until, *, now):
    """Return "" once the moment has passed."""
    seconds = (until - now).total_seconds()
    if seconds <= 0:
        return ""
    if seconds < 60:
        return _("Less than a minute left")
    return _counted(seconds)


def _counted(seconds):
    if seconds >= DAY:
        count = int(seconds // DAY)
        return ngettext("%(count)d day left", "%(count)d days left", count) % {"count": count}
    if seconds >= HOUR:
        count = int(seconds // HOUR)
        return ngettext("%(count)d hour left", "%(count)d hours left", count) % {"count": count}
    count = int(seconds // 60)
    return ngettext("%(count)d minute left", "%(count)d minutes left", count) % {"count": count}

"""Times in words: "2026. 5. 12.(화) 18:00" and "3일 남음"."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

HOUR, DAY = 3600, 86400
# Django's own short weekdays are not short in Korean.
WEEKDAYS = [
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
]


def moment(at):
    local = timezone.localtime(at)
    return _("%(day)s %(time)s") % {"day": day(local), "time": f"{local:%H:%M}"}


def day(date):
    words = {"weekday": WEEKDAYS[date.weekday()], "date": date_format(date, pgettext("date format", "j M Y"))}
    return _("%(weekday)s %(date)s") % words


def time_left(until, *, now):
    """Return "" once the moment has passed."""
    seconds = (until - now).total_seconds()
    if seconds <= 0:
        return ""
    return _("Less than a minute left") if seconds < 60 else _counted(seconds)


def _counted(seconds):
    if seconds >= DAY:
        count = int(seconds // DAY)
        return ngettext("%(count)d day left", "%(count)d days left", count) % {"count": count}
    if seconds >= HOUR:
        count = int(seconds // HOUR)
        return ngettext("%(count)d hour left", "%(count)d hours left", count) % {"count": count}
    count = int(seconds // 60)
    return ngettext("%(count)d minute left", "%(count)d minutes left", count) % {"count": count}

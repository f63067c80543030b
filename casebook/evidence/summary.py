"""What the tests of a version say, in a few numbers for its page."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.time_words import day
from casebook.evidence.numbers import Rate

MOST_MODELS = 5  # named on the page; the newest


def standing(runs):
    """Runs that count: of a test that still stands, and of the text as the version says it now.

    A draft may have been saved after it was tested.
    """
    fresh = Q(version__saved_at=None) | Q(at__gte=F("version__saved_at"))
    return runs.filter(fresh, test__removed_at=None)


def summary_of(version):
    """One query. Runs of removed tests do not count; without any, `rate` is None: not tested yet."""
    models = (
        standing(version.runs)
        .order_by()
        .values("model")
        .annotate(
            last=Max("ran_on"),
            runs=Count("pk"),
            judged=Count("passed"),
            good=Count("pk", filter=Q(passed=True)),
            tests=ArrayAgg("test", distinct=True),
        )
    )
    found = list(models.order_by("-last", "model"))
    if not found:
        return {"rate": None}
    judged, total = sum(each["judged"] for each in found), sum(each["runs"] for each in found)
    tests = len({test for each in found for test in each["tests"]})
    return {
        "rate": Rate(sum(each["good"] for each in found), judged, total - judged),
        "about": _about(tests, len(found), found[0]["last"]),
        "models": [{"name": each["model"], "last": each["last"]} for each in found[:MOST_MODELS]],
    }


def _about(tests, models, last):
    """Such as "3 tests, 2 models, last 2026. 11. 3.(화)"; last is a date."""
    return _("%(tests)s, %(models)s, last %(day)s") % {
        "tests": ngettext("%(count)s test", "%(count)s tests", tests) % {"count": tests},
        "models": ngettext("%(count)s model", "%(count)s models", models) % {"count": models},
        "day": day(last),
    }

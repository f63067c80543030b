from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public
from learning.models import LearningGroup
from learning.permissions import can_create_group

PAGE_SIZE = 20


@public
@require_safe
def groups(request):
    today = localdate()
    kinds = [kind for kind in request.GET.getlist("kind") if kind in LearningGroup.Kind.values]
    times = [time for time in request.GET.getlist("when") if time in PERIODS]
    found = LearningGroup.objects.all()
    if kinds:
        found = found.filter(kind__in=kinds)
    found = _in_periods(found, times, today).for_listing().order_by("-starts_on", "title", "pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "facets": _facets(kinds, times, today),
        "chips": _chips(kinds, times),
        "can_create": can_create_group(request.user),
        "today": today,
    }
    return render(request, "learning/groups.html", context)


def current(groups, today):
    return groups.filter(starts_on__lte=today, ends_on__gte=today)


def coming(groups, today):
    return groups.filter(starts_on__gt=today)


def over(groups, today):
    return groups.filter(ends_on__lt=today)


PERIODS = {"now": current, "coming": coming, "over": over}


def _period_labels():
    return {"now": _("Running now"), "coming": _("Still to come"), "over": _("Over")}


def _in_periods(found, times, today):
    if not times:
        return found
    chosen = found.none()
    for time in times:
        chosen = chosen | PERIODS[time](found, today)
    return chosen


def _facets(kinds, times, today):
    everything = LearningGroup.objects.order_by()
    by_kind = dict(everything.values_list("kind").annotate(Count("pk")))
    kind_options = [
        _option(v, label, by_kind.get(v, 0), v in kinds) for v, label in LearningGroup.Kind.choices
    ]
    time_options = [
        _option(name, label, PERIODS[name](everything, today).count(), name in times)
        for name, label in _period_labels().items()
    ]
    return [
        {"name": "when", "title": _("Period"), "options": time_options},
        {"name": "kind", "title": _("Kind"), "options": kind_options},
    ]


def _option(value, label, count, selected):
    return {"value": value, "label": label, "count": count, "selected": selected}


def _chips(kinds, times):
    labels = dict(LearningGroup.Kind.choices) | _period_labels()
    return [
        *({"name": "when", "value": time, "label": labels[time]} for time in times),
        *({"name": "kind", "value": kind, "label": labels[kind]} for kind in kinds),
    ]

"""What the organiser's pages share: the way to a competition, its tabs, and answering a refused act."""

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.permissions import require, scopes_with
from accounts.roles import Permission
from competitions.actions.calls.asking import waiting_questions
from competitions.models import Competition
from competitions.permissions import can_manage_competition


def organises_something(user):
    return bool(scopes_with(user, Permission.MANAGE_COMPETITION))


def managed(request, slug):
    """The competition, for its organiser; 404 when it is a draft of others, 403 when it is public."""
    rows = Competition.objects.visible_to(request.user).annotate(question_count=waiting_per_competition())
    competition = get_object_or_404(rows, slug=slug)
    require(can_manage_competition(request.user, competition))
    return competition


def waiting_per_competition():
    """How many questions wait for an answer; to annotate competitions with."""
    rows = waiting_questions().filter(competition=OuterRef("pk")).order_by()
    return Coalesce(Subquery(rows.values("competition").annotate(n=Count("pk")).values("n")), 0)


def tabs_of(competition, current):
    """The tabs of a competition, for components/tabs.html; `current` is a URL's name."""
    labels = {
        "organise_competition": _("Overview and call"),
        "organise_entries": _("Entries"),
        "organise_committee": _("Committee"),
        "organise_rounds": _("Rounds"),
        "organise_result": _("Scores and result"),
        "organise_questions": _("Questions"),
        "organise_letters": _("Messages"),
        "organise_rules": _("Rules"),
    }
    counts = {"organise_questions": getattr(competition, "question_count", 0)}
    return [
        {
            "label": label,
            "address": reverse(f"competitions:{name}", args=[competition.slug]),
            "current": name == current,
            "count": counts.get(name, 0),
        }
        for name, label in labels.items()
    ]


def page_of(competition, current, *, at, **context):
    """The context every page of one competition has."""
    return {
        "competition": competition,
        "phase": competition.phase(at),
        "tabs": tabs_of(competition, current),
        "tabs_label": _("Parts of the competition"),
        **context,
    }


def attempt(request, act, *, done):
    """Run an act and tell its outcome as a message. Returns what the act returns, None when refused."""
    try:
        outcome = act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None
    if done:
        messages.success(request, done)
    return outcome

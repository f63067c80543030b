"""What the organiser's pages share: the way to a competition, its tabs, and answering a refused act."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.permissions import require, scopes_with
from accounts.roles import Permission
from competitions.models import Competition
from competitions.permissions import can_manage_competition


def organises_something(user):
    return bool(scopes_with(user, Permission.MANAGE_COMPETITION))


def managed(request, slug):
    """The competition, for its organiser; 404 when it is a draft of others, 403 when it is public."""
    competition = get_object_or_404(Competition.objects.visible_to(request.user), slug=slug)
    require(can_manage_competition(request.user, competition))
    return competition


def tabs_of(competition, current):
    """The tabs of a competition, for components/tabs.html; `current` is a URL's name."""
    labels = {
        "organise_competition": _("Overview and call"),
        "organise_entries": _("Entries"),
        "organise_committee": _("Committee"),
        "organise_result": _("Scores and result"),
        "organise_rules": _("Rules"),
    }
    return [
        {
            "label": label,
            "address": reverse(f"competitions:{name}", args=[competition.slug]),
            "current": name == current,
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

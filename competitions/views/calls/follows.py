"""Following a call, or every new one: a button that works without script."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from competitions.actions.calls.follows import follow_call, is_following, stop_following
from competitions.models import Competition


def follow_state(user, competition=None):
    """What templates/competitions/_follow.html needs as `follow`. One query for a person, none for a visitor."""
    page = _page(competition)
    if not user.is_authenticated:
        return {
            "login": f"{reverse('account_login')}?{urlencode({'next': page})}",
            "competition": competition,
        }
    name, args = ("follow_call", [competition.slug]) if competition else ("follow_calls", [])
    return {
        "address": reverse(f"competitions:{name}", args=args),
        "is_following": is_following(user, competition),
        "competition": competition,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def follow_one(request, slug):
    competition = get_object_or_404(Competition.objects.visible_to(request.user), slug=slug)
    return _answer(request, competition)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_all(request):
    return _answer(request, None)


def _answer(request, competition):
    """A GET, as after logging in, changes nothing and leads to the page with the button."""
    if request.method == "POST" and request.POST.get("follow") == "stop":
        stop_following(request.user, competition)
        messages.success(request, _("You no longer follow this. What concerns your own entries still comes."))
    elif request.method == "POST":
        follow_call(request.user, competition, at=now())
        messages.success(request, _("You follow this now. News comes to your messages and by e-mail."))
    return redirect(_page(competition))


def _page(competition):
    return competition.get_absolute_url() if competition else reverse("competitions:competition_list")

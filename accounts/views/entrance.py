"""Logging in: allauth's page with our form, and the one-press accounts of the demo."""

from allauth.account.views import LoginView as AllauthLoginView
from django.conf import settings
from django.contrib.auth import login as start_session
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.decorators import public
from accounts.demo import demo_people, is_demo, role_labels
from accounts.forms import LoginForm


class LoginView(AllauthLoginView):
    form_class = LoginForm

    def get_context_data(self, **kwargs):
        people = list(demo_people()) if is_demo() else []
        for person in people:
            person.role_words = ", ".join(role_labels(person))
        return super().get_context_data(**kwargs) | {"demo_people": people}


@public
@require_POST
def demo_login(request):
    if not is_demo():
        raise Http404
    person = get_object_or_404(demo_people(), pk=_number(request.POST.get("person")))
    start_session(request, person)
    return redirect(safe_next(request, default=settings.LOGIN_REDIRECT_URL))


def safe_next(request, *, default="/"):
    """Return the address asked for in `next` when it is one of ours."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else default


def _number(text):
    if not (text or "").isascii() or not (text or "").isdigit() or len(text) > 18:
        raise Http404
    return int(text)

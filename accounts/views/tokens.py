"""A person's access tokens, for programs that read the casebook on their behalf."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions.tokens import CALLS_A_MINUTE, make_token, revoke_token
from accounts.errors import Refusal
from accounts.forms.tokens import TokenForm
from accounts.models import AccessToken

PAGE_SIZE = 20
STATES = {
    "valid": (gettext_lazy("Valid"), "success"),
    "expired": (gettext_lazy("Expired"), "neutral"),
    "revoked": (gettext_lazy("Revoked"), "danger"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request):
    form = TokenForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            return _made(request, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "page_obj": _page(request), "mcp_address": _address(), "calls": CALLS_A_MINUTE}
    return render(request, "accounts/tokens.html", context, status=422 if form.is_bound else 200)


def _page(request):
    page = Paginator(AccessToken.objects.filter(user=request.user), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    at = now()
    for token in page:
        token.state_label, token.state_tone = STATES[token.state(at)]
        token.can_be_revoked = token.state(at) == "valid"
        token.made_on, token.last_day = localdate(token.created_at), _last_day(token)
        token.used_on = token.last_used_at and localdate(token.last_used_at)
    return page


def _last_day(token):
    """It expires with the end of a day, which is the midnight of the next."""
    return localdate(token.expires_at - timedelta(microseconds=1))


def _made(request, values):
    """The secret is in this answer and nowhere else: a redirect would have to keep it somewhere."""
    token, secret = make_token(
        name=values["name"],
        scopes=values["scopes"],
        expires_at=make_aware(datetime.combine(values["valid_until"] + timedelta(days=1), time.min)),
        idempotency_key=values["idempotency_key"],
        by=request.user,
        at=now(),
    )
    if not secret:
        messages.warning(
            request,
            _(
                "This token was made already, and its secret is shown only once. Without it, make another token."
            ),
        )
        return redirect("tokens")
    context = {"token": token, "secret": secret, "mcp_address": _address()}
    return render(request, "accounts/tokens_made.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request, pk):
    token = get_object_or_404(AccessToken.objects.filter(user=request.user), pk=pk)
    if request.method != "POST":
        return render(request, "accounts/tokens_revoke.html", {"token": token})
    try:
        revoke_token(token, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The token “%(name)s” no longer works.") % {"name": token.name})
    return redirect("tokens")


def _address():
    return settings.SITE_URL + reverse("mcp")

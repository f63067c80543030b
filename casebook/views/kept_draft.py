"""A draft posted after the session ended waits, under the person's own mark, until they have signed in."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

KEPT = "kept_draft"
SALT = "draft-writer"
MOST = 1_000_000  # characters


def mark_of(user):
    """What a form carries to tell later who wrote in it."""
    return signing.dumps(user.pk, salt=SALT)


def ask_login(request, address):
    """Lead to the sign-in page and then to `address`; what was typed is kept meanwhile."""
    # Only forms made here for a signed-in person are kept: nobody fills the database with strangers' texts.
    if request.method == "POST" and _writer(request.POST) and _size(request.POST) <= MOST:
        request.session[KEPT] = {"address": address, "fields": request.POST.urlencode()}
        messages.warning(
            request, _("You were signed out meanwhile. Sign in: the text you typed is kept and comes back.")
        )
    return redirect_to_login(address)


def take_kept(request):
    """What this person typed on this page before signing in, once, or None."""
    kept = request.session.get(KEPT)
    if not kept or kept["address"] != request.path:
        return None
    del request.session[KEPT]
    fields = QueryDict(kept["fields"])
    return fields if _writer(fields) == request.user.pk else None


def _writer(fields):
    try:
        return signing.loads(fields.get("writer", ""), salt=SALT)
    except signing.BadSignature:
        return None


def _size(fields):
    return sum(len(text) for _name, texts in fields.lists() for text in texts)

"""A text posted after the session ended waits, under the person's own mark, until they have signed in."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.utils.translation import gettext as _

from competitions.entry_content import MAX_TOTAL
from competitions.forms.entry import writer_of

KEPT = "kept_entry"


def ask_login(request):
    """Lead to the sign-in page and back here; what was typed is kept meanwhile."""
    # Only forms made here for a signed-in person are kept: nobody fills the database with strangers' texts.
    if request.method == "POST" and writer_of(request.POST) and _size(request.POST) <= MAX_TOTAL:
        request.session[KEPT] = {"path": request.path, "fields": request.POST.urlencode()}
        messages.warning(
            request, _("You were signed out meanwhile. Sign in: the text you typed is kept and comes back.")
        )
    return redirect_to_login(request.get_full_path())


def take_kept(request):
    """Return what this person typed on this page before signing in, once, or None."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEPT]
    fields = QueryDict(kept["fields"])
    return fields if writer_of(fields) == request.user.pk else None


def _size(fields):
    return sum(len(text) for _name, texts in fields.lists() for text in texts)

"""A text posted after the session ended waits, under the person's own mark, until they have signed in."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class KeptText:
    """key: in the session. salt: of the mark that a form carries. most: characters kept."""

    key: str
    salt: str
    most: int

    def mark_of(self, user):
        """What a form carries to tell later who wrote in it."""
        return signing.dumps(user.pk, salt=self.salt)

    def ask_login(self, request, address):
        """Lead to the sign-in page and then to `address`; what was typed is kept meanwhile."""
        # Only forms made here for a signed-in person are kept: nobody fills the database with strangers' texts.
        if request.method == "POST" and self._writer(request.POST) and _size(request.POST) <= self.most:
            path = unquote(urlsplit(address).path)
            request.session[self.key] = {"path": path, "fields": request.POST.urlencode()}
            messages.warning(
                request,
                _("You were signed out meanwhile. Sign in: the text you typed is kept and comes back."),
            )
        return redirect_to_login(address)

    def take(self, request):
        """What this person typed on this page before signing in, once, or None."""
        kept = request.session.get(self.key)
        if not kept or kept["path"] != request.path:
            return None
        del request.session[self.key]
        fields = QueryDict(kept["fields"])
        return fields if self._writer(fields) == request.user.pk else None

    def _writer(self, fields):
        """The id of the person a posted form was made for, or None when it was not made here."""
        try:
            return signing.loads(fields.get("writer", ""), salt=self.salt)
        except signing.BadSignature:
            return None


def _size(fields):
    return sum(len(text) for _name, texts in fields.lists() for text in texts)

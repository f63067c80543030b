"""Access tokens: making one, revoking it, and acting with it within its scopes and its rate."""

import re
import secrets
from hashlib import sha256

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove, Refusal
from accounts.models import AccessToken, User

MOST_VALID = 20  # of one person at a time
CALLS_A_MINUTE = 60
PREFIX_LENGTH = 10
_SECRET = re.compile(r"pcb_[A-Za-z0-9_-]{43}")


class TokenRefused(Refusal):
    """No such token, or it is expired or revoked, or its person may no longer log in."""


class TooManyCalls(Refusal):
    """The token has used up this minute; `seconds` are left of it."""

    def __init__(self, message, *, seconds):
        self.seconds = seconds
        super().__init__(message)


@transaction.atomic
def make_token(*, name, scopes, expires_at, idempotency_key, by, at):
    """Return (token, secret). Of a form sent twice the second secret is "": only its hash is kept."""
    User.objects.select_for_update().get(
        pk=by.pk
    )  # a second press waits here and finds the first one's token
    known = AccessToken.objects.filter(idempotency_key=idempotency_key).first()
    if known:
        return _same_token(known, by=by), ""
    if AccessToken.objects.filter(user=by).valid(at).count() >= MOST_VALID:
        raise Refusal(
            _("You have %(count)s valid tokens. Revoke one that you no longer use.") % {"count": MOST_VALID}
        )
    secret = f"pcb_{secrets.token_urlsafe(32)}"
    token = AccessToken.objects.create(
        user=by,
        name=name,
        prefix=secret[:PREFIX_LENGTH],
        sha256=_digest(secret),
        scopes=scopes,
        created_at=at,
        expires_at=expires_at,
        idempotency_key=idempotency_key,
    )
    detail = {"name": name, "scopes": scopes, "expires_at": expires_at.isoformat()}
    audit.record("token.made", by=by, target=token, about=by, **detail)
    return token, secret


def _same_token(known, *, by):
    if known.user_id != by.pk:
        raise Refusal(_("This form belongs to somebody else. Open the page again and send it once more."))
    return known


@transaction.atomic
def revoke_token(token, *, by, at):
    revoked = AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
    if not revoked:
        raise IllegalMove(_("This token is revoked already. Nothing was changed."))
    audit.record("token.revoked", by=by, target=token, about=token.user, name=token.name)


def use_token(secret, *, at):
    """Count one call and return the token with its person. Raises TokenRefused or TooManyCalls."""
    token = _token_of(secret, at)
    if token is None:
        raise TokenRefused(
            _("The access token is missing, unknown, expired or revoked. Make one at %(path)s.")
            % {"path": "/accounts/tokens/"}
        )
    if not _counted(token, at):
        raise TooManyCalls(
            _("This token may make %(count)s calls a minute. Wait until the minute is over.")
            % {"count": CALLS_A_MINUTE},
            seconds=60 - at.second,
        )
    return token


def _token_of(secret, at):
    if not _SECRET.fullmatch(secret):
        return None
    valid = AccessToken.objects.valid(at).filter(user__is_active=True)
    return valid.select_related("user").filter(sha256=_digest(secret)).first()


def _counted(token, at):
    """One conditional UPDATE, so that calls at once are all counted; false when the minute is used up.

    A clock that is behind another process's counts into the later minute.
    """
    minute = at.replace(second=0, microsecond=0)
    left = AccessToken.objects.filter(pk=token.pk, revoked_at=None).exclude(
        minute__gte=minute, calls__gte=CALLS_A_MINUTE
    )
    same = {"minute__gte": minute}
    return left.update(
        minute=Greatest(F("minute"), Value(minute)),
        calls=Case(When(**same, then=F("calls") + 1), default=1),
        last_used_at=Case(When(**same, then=F("last_used_at")), default=Value(at)),
    )


def _digest(secret):
    """Plain SHA-256: the secret has 256 random bits, so nothing is gained by a slow hash."""
    return sha256(secret.encode()).hexdigest()

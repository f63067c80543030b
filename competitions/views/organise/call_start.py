"""What a new competition begins with, carried signed through its form until it is saved."""

from datetime import datetime

from django.core import signing
from django.utils.timezone import now
from django.utils.translation import gettext as _

from competitions.actions.bringing_in.files import competition_from_bytes
from competitions.actions.calls.clone import cloned
from competitions.actions.calls.templates import from_template
from competitions.errors import CompetitionError
from competitions.models import Competition

SALT = "competitions.start"


class Start:
    """A record to begin with. token: what the form carries; source: the competition it is a copy of."""

    def __init__(self, kind, value, *, by, at):
        self.given = {"kind": kind, "value": value, "at": at.isoformat()}
        self.source = _source(value, by=by) if kind == "copy" else None
        self.record = _record(kind, value, source=self.source, at=at)

    @property
    def token(self):
        return signing.dumps(self.given, salt=SALT, compress=True)

    @property
    def kind(self):
        return self.given["kind"]


def start_from(request, *, typed=None):
    """Return what a new competition begins with: the form's, else the address's; None when nothing.

    typed: the values of the form, when there are any.
    Raises CompetitionError for a start that is not known, or not the person's.
    """
    if typed is not None:
        return _carried(typed.get("start", ""), by=request.user)
    for kind in ("template", "copy"):
        if kind in request.GET:
            return Start(kind, request.GET[kind].replace("\x00", ""), by=request.user, at=now())
    return None


def _carried(token, *, by):
    if not token:
        return None
    try:
        given = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise CompetitionError(
            _("What this form began with can no longer be read. Begin again from the list of starts.")
        ) from error
    return Start(given["kind"], given["value"], by=by, at=datetime.fromisoformat(given["at"]))


def _source(slug, *, by):
    source = Competition.objects.managed_by(by).filter(slug=slug).first()
    if source is None:
        raise CompetitionError(_("You organise no such competition. Choose one of those shown."))
    return source


def _record(kind, value, *, source, at):
    if kind == "copy":
        return cloned(source, at)
    if kind == "template":
        return from_template(value, at)
    return competition_from_bytes(value.encode())

"""What a question about a call and its answer may say, whoever writes it."""

from django.utils.translation import gettext as _

from competitions.errors import CompetitionError
from competitions.models import CallQuestion

LEAST_NAME = 2  # signs; a shorter name is in every text


def check_length(text, *, field, empty):
    if not text.strip():
        raise CompetitionError(empty)
    most = CallQuestion._meta.get_field(field).max_length
    if len(text) > most:
        raise CompetitionError(_("Write at most %(count)s characters.") % {"count": most})


def names(text, person):
    """Whether a text holds the person's name, however it is spaced, or their address."""
    plain, name = _plain(text), _plain(person.name)
    return (len(name) >= LEAST_NAME and name in plain) or person.email.casefold() in plain


def _plain(text):
    return "".join(text.split()).casefold()

"""What was told about a competition, and sending again what failed."""

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions.messages import send_again
from accounts.models import Message
from accounts.permissions import scope_of
from competitions.errors import CompetitionError


def outbox_of(competition):
    """Every message about the competition, newest first; to be shown without addresses and names."""
    return Message.objects.filter(about=scope_of(competition))


def counts_of(competition):
    """[(state, its words, how many)] of the e-mails, in one query; states of none are left out."""
    rows = outbox_of(competition).order_by().values("mail").annotate(count=Count("pk"))
    counts = {row["mail"]: row["count"] for row in rows}
    return [(value, label, counts[value]) for value, label in Message.Mail.choices if value in counts]


@transaction.atomic
def send_failed_again(competition, *, by, message=None):
    """Send again every message that was given up, or one, which may be one that was perhaps sent. Returns how many."""
    rows = outbox_of(competition)
    rows = rows.filter(mail=Message.Mail.FAILED) if message is None else rows.filter(pk=message)
    count = send_again(rows)
    if not count:
        raise CompetitionError(
            _("Nothing is left to send again: it was sent meanwhile, or somebody else has just asked for it.")
        )
    audit.record("letter.sent_again", by=by, target=competition, count=count, message=message)
    return count

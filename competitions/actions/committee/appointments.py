"""Letters of appointment: each member has one number, given once and never again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.committee.jury import COMMITTEE_STATES, lock_committee
from competitions.models import Judge


def next_number(competition, *, at):
    """Year, competition and running number, such as 2026-012-03; under the lock of the committee."""
    given = competition.judges.exclude(letter_number="").values_list("letter_number", flat=True)
    highest = max((int(number.rpartition("-")[2]) for number in given), default=0)
    return f"{timezone.localtime(at).year}-{competition.pk:03d}-{highest + 1:02d}"


@transaction.atomic
def issue_letter(judge, *, by, at):
    """Give the number to a member who was named without an invitation; who has one keeps it. Returns it."""
    competition = lock_committee(judge.competition, COMMITTEE_STATES)
    judge.refresh_from_db()
    if judge.state != Judge.State.ACCEPTED:
        raise IllegalMove(_("Only members who accepted have a letter of appointment."))
    if not judge.letter_number:
        judge.letter_number = next_number(competition, at=at)
        judge.save(update_fields=["letter_number"])
        audit.record(
            "judge.letter_issued",
            by=by,
            target=competition,
            about=judge.user,
            judge=judge.code,
            number=judge.letter_number,
        )
    return judge.letter_number

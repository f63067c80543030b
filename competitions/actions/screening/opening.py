"""Looking at what is kept closed: a sealed entry before the close, and who entered. Each look is recorded."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.entries.window import lock_competition
from competitions.actions.screening.locks import checked_reason
from competitions.actions.teams.members import accepted_members
from competitions.errors import CompetitionError

PURPOSES = ("questions", "award", "correction", "other")


class Sealed(CompetitionError):
    """The call keeps the contents closed until entries are no longer taken."""


def is_sealed(competition, *, at):
    return competition.is_sealed and not competition.has_closed(at)


@transaction.atomic
def open_early(entry, *, reason, by):
    """Note that a sealed entry is looked at before the close; everybody of the entry sees that it was."""
    reason = checked_reason(reason)
    if not reason:
        raise CompetitionError(_("Write why the entry has to be opened before the close."))
    competition = lock_competition(entry.competition_id)
    if not is_sealed(competition, at=competition.arrived_at):
        raise IllegalMove(_("The contents are no longer sealed. Open the page of the entry."))
    for person in [person for person, _member in people_of(entry)] or [None]:
        audit.record("entry.opened_early", by=by, target=entry, about=person, reason=reason)


@transaction.atomic
def see_contact(entry, *, purpose, words="", by):
    """Return [(person, member or None)] of the entry, the leader first; that somebody looked, and why, is recorded."""
    words = checked_reason(words)
    if purpose not in PURPOSES:
        raise CompetitionError(_("Choose why you need to know who entered."))
    if purpose == "other" and not words:
        raise CompetitionError(_("Write why you need to know who entered."))
    refuse_sealed(entry.competition_id)
    people = people_of(entry)
    for person, _member in people:
        more = {"words": words} if words else {}
        audit.record("entry.contact_seen", by=by, target=entry, about=person, purpose=purpose, **more)
    return people


def refuse_sealed(competition_pk):
    """Raise Sealed while the contents are; in a transaction."""
    competition = lock_competition(competition_pk)
    if is_sealed(competition, at=competition.arrived_at):
        raise Sealed(
            _("The call keeps the entries sealed until the time for entries is over. Come back after that.")
        )


def people_of(entry):
    """[(person, member or None)] of who has part in the entry, the leader first. Two queries at most."""
    members = {member.user_id: member for member in accepted_members(entry) if member.user_id}
    leader = [(entry.entrant, members.pop(entry.entrant_id, None))] if entry.entrant else []
    return leader + [(member.user, member) for member in members.values()]

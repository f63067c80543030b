"""How many entries one person may have in a competition. A team's entry is one of its leader."""

from competitions.models import Entry
from competitions.states import EntryState


def free_ordinal(competition, user):
    """The lowest number no entry of the person has, or None when the call allows no further entry.

    Two at once find the same number; the database takes one of them (one_entry_per_entrant_and_ordinal).
    """
    own = Entry.objects.filter(competition=competition, entrant=user).exclude(state=EntryState.WITHDRAWN)
    taken = set(own.values_list("ordinal", flat=True))
    if len(taken) >= competition.eligibility_record.entries_per_person:
        return None
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def can_begin_another(competition, user):
    return free_ordinal(competition, user) is not None

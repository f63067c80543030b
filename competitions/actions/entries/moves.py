"""What every act on an entry needs: the row under a lock, the move, and what lists show of a draft."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.errors import IllegalMove
from casebook.content.text import one_line
from competitions.actions.entries.window import lock_competition, require_changeable
from competitions.models import Attachment, Entry, TeamMember
from competitions.states import ENTRY_MOVES, EntryState


def lock_entry(pk, *, move):
    """Return the entry as it is now, with `has_files`, `has_team`; IllegalMove when its state forbids the move."""
    parts = {
        "has_files": Exists(Attachment.objects.filter(entry=OuterRef("pk"))),
        "has_team": Exists(TeamMember.objects.filter(entry=OuterRef("pk"))),
    }
    # No join here: a row that a rival has just written would be missing from it after the wait.
    entry = Entry.objects.annotate(**parts).select_for_update().get(pk=pk)
    if entry.state not in ENTRY_MOVES[move][0]:
        raise IllegalMove(refusal(entry))
    return entry


def lock_changeable(entry, *, move="submit"):
    """Return (competition, entry) as they are now, both locked. Raises TooEarly, TooLate, IllegalMove."""
    competition = lock_competition(entry.competition_id)
    entry = lock_entry(entry.pk, move=move)
    require_changeable(entry, competition, at=competition.arrived_at, track=entry.track)
    return competition, entry


def move_entry(entry, move, **fields):
    sources, target = ENTRY_MOVES[move]
    if not Entry.objects.filter(pk=entry.pk, state__in=sources).update(state=target, **fields):
        raise IllegalMove(refusal(entry))


def mirrored(draft, *, track, team=""):
    """What lists show of an entry; `team` is the one it has when the draft names none."""
    case = draft["case"]
    return {
        "track": track,
        "team": (draft.get("entry") or {}).get("team", team),
        "title": one_line(case.get("title") or "")[:200],
        "summary": one_line(case.get("summary") or "")[:300],
    }


def refusal(entry):
    if entry.state == EntryState.WITHDRAWN:
        return _("This entry was withdrawn. To take part after all, start a new entry from the call.")
    return _(
        "The organiser has already decided on this entry (%(state)s), so it can no longer be changed."
    ) % {"state": entry.get_state_display()}

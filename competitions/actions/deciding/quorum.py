"""Who counts at a meeting: members, those present, and those who may vote on one motion (제8조제1항)."""

from django.db.models import Q

from competitions.models import Conflict, Judge


def enrolled(competition, track_id=None):
    """The members of the committee that meets: those appointed for all of it, and for its track."""
    rows = Judge.objects.active().filter(competition=competition)
    return rows.filter(Q(track=None) | Q(track=track_id)) if track_id else rows


def enrolled_at(meeting):
    return enrolled(meeting.competition_id, meeting.track_id)


def quorum_of(count):
    """A majority of the members."""
    return count // 2 + 1


def present_at(meeting):
    """The members present, as judges. One query."""
    return list(enrolled_at(meeting).filter(meetings__meeting=meeting, meetings__is_present=True))


def voters_on(motion):
    """The members present whom no conflict keeps from the motion's entry. Two queries at most."""
    present = present_at(motion.meeting)
    kept = kept_from(motion.entry_id)
    return [judge for judge in present if judge.pk not in kept]


def kept_from(entry_id):
    """Ids of the judges whom a conflict keeps from the entry."""
    if entry_id is None:
        return set()
    return set(Conflict.objects.effective().filter(entry=entry_id).values_list("judge", flat=True))


def is_carried(votes, voters):
    """A majority of those present, so an abstention is no vote in favour and a tie carries nothing."""
    return 2 * votes["yes"] > voters


def is_certain(votes, voters):
    """Whether the votes still to come cannot change it."""
    left = voters - sum(votes.values())
    return is_carried(votes, voters) or 2 * (votes["yes"] + left) <= voters

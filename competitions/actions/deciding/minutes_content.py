"""What minutes hold, as JSON values; and the same as a member reads it who is kept from an entry."""

import re
from collections import Counter
from datetime import UTC

from competitions.actions.deciding.quorum import enrolled_at, kept_from, quorum_of
from competitions.models import Conflict, Entry, Motion, MotionVote, Result

FORMAT = "prompt-casebook-minutes/1"
MASK = "○○○"
LEAST_TITLE = 4  # a shorter one may be a word of any sentence
LISTED = 100  # places of the result at most


def minutes_of(meeting):
    """Return the minutes of a meeting with all motions decided. Seven queries, one more for each entry voted on."""
    members = list(enrolled_at(meeting))
    present = set(meeting.members.filter(is_present=True).values_list("judge", flat=True))
    motions = meeting.motions.select_related("entry", "tier").prefetch_related("votes")
    return {
        "format": FORMAT,
        "competition": meeting.competition.slug,
        "competition_title": meeting.competition.title,
        "number": meeting.number,
        "title": meeting.title,
        "track": meeting.track.name if meeting.track else "",
        "mode": meeting.mode,
        "place": meeting.place,
        "held_at": _moment(meeting.held_at),
        "closed_at": _moment(meeting.closed_at),
        "members": len(members),
        "quorum": quorum_of(len(members)),
        "present": [_person(each) for each in members if each.pk in present],
        "absent": [_person(each) for each in members if each.pk not in present],
        "agenda": meeting.agenda,
        "remarks": meeting.remarks,
        "result_sha256": meeting.result_sha256,
        "order": _order(meeting) if any(each.kind != Motion.Kind.OTHER for each in motions) else [],
        "motions": [_motion(each, members=members, present=present) for each in motions],
    }


def _moment(at):
    return at.astimezone(UTC).isoformat() if at else ""


def _person(judge):
    return {"code": judge.code, "name": judge.name, "is_chair": judge.is_chair}


def _order(meeting):
    """The places the committee had before it, of the result it voted about."""
    result = Result.objects.filter(competition=meeting.competition_id).first()
    if result is None or result.inputs_sha256 != meeting.result_sha256:
        return []
    track = meeting.track.code if meeting.track else None
    ranked = [
        {"place": each["place"], "entry": each["code"], "total": each["total"], "proposed": each["award"]}
        for each in result.outcome["entries"]
        if each["place"] is not None and track in {None, each["track"]}
    ]
    seats = sum(meeting.competition.award_tiers.values_list("count", flat=True))
    return ranked[: min(2 * seats, LISTED)]


def _motion(motion, *, members, present):
    kept = kept_from(motion.entry_id)
    votes = dict.fromkeys(MotionVote.Choice.values, 0) | Counter(vote.choice for vote in motion.votes.all())
    return {
        "number": motion.position,
        "kind": motion.kind,
        "text": motion.text,
        "entry": motion.entry.code if motion.entry else "",
        "tier": motion.tier.name if motion.tier else "",
        "reason": motion.reason,
        "votes": votes,
        "excluded": [each.code for each in members if each.pk in kept & present],
        "outcome": motion.outcome,
        "decided_at": _moment(motion.decided_at),
    }


def hidden_words(meeting, user):
    """Codes and titles of the entries a conflict keeps this person from. One query."""
    kept = Conflict.objects.effective().filter(judge__user=user, judge__competition=meeting.competition_id)
    rows = list(Entry.objects.filter(pk__in=kept.values("entry")).values_list("code", "title"))
    titles = {title for _code, title in rows if len(title) >= LEAST_TITLE}
    return sorted({code for code, _title in rows if code} | titles, key=len, reverse=True)


def masked(value, words):
    """The same without these words, in every text of it; a code inside a longer one stays."""
    if not words:
        return value
    if isinstance(value, str):
        either = "|".join(re.escape(word) for word in words)
        return re.sub(rf"(?<![A-Za-z0-9_-])(?:{either})(?![A-Za-z0-9_-])", MASK, value)
    if isinstance(value, dict):
        return {name: masked(each, words) for name, each in value.items()}
    if isinstance(value, list):
        return [masked(each, words) for each in value]
    return value

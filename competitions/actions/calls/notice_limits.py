"""What may still be changed of an announced call, by its kind of notice and the clock."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.time_words import moment
from competitions.errors import CompetitionError, TooLate
from competitions.rules.changes import (
    CHANGEABLE_WHILE_OPEN,
    CORRECTABLE,
    CORRECTION,
    EXTENSION,
    NEVER,
    PARTS,
    has_same_amounts,
    is_only_later,
)


def last_moment(competition):
    """When the call can no longer be changed, not even its closing time."""
    return competition.closes_at + timedelta(seconds=competition.grace_seconds)


def refuse_change(competition, before, after, *, fields, kind, at):
    """Raise for the first thing that this notice may not do."""
    if not fields:
        raise CompetitionError(_("Nothing is changed. Change something, or go back without saving."))
    if kind == EXTENSION:
        return _refuse_extension(competition, before, after, at=at)
    if at >= competition.closes_at:
        raise TooLate(
            _("Entries closed at %(time)s, so the call can no longer be changed.")
            % {"time": moment(competition.closes_at)}
        )
    _refuse_broken_promise(before, after, fields)
    if at >= competition.opens_at:
        _refuse_while_open(competition, fields)
    if kind == CORRECTION:
        _refuse_correction(before, after, fields)
    return None


def _refuse_extension(competition, before, after, *, at):
    if at >= last_moment(competition):
        raise TooLate(
            _("Entries closed at %(time)s, so they can no longer be extended.")
            % {"time": moment(competition.closes_at)}
        )
    if not is_only_later(before, after):
        raise CompetitionError(
            _(
                "An extension moves closing times later and changes nothing else. Give a separate notice of the rest."
            )
        )
    if after.closes_at <= at:
        raise CompetitionError(_("The new closing time has passed already. Set a later one."))
    if any(each.closes_at and each.closes_at > after.closes_at for each in after.tracks):
        raise CompetitionError(
            _("A track closes after the competition. Move the competition's closing time too.")
        )


def _refuse_broken_promise(before, after, fields):
    if "slug" in fields:
        raise CompetitionError(
            _("The call is announced under its address; the address can no longer be changed.")
        )
    if "opens_at" in fields or _closes_earlier(before, after):
        raise CompetitionError(
            _("The call is announced: the opening time stays, and the closing time may only be moved later.")
        )
    if NEVER & set(fields):
        raise CompetitionError(
            _("The call is announced under its rule profile, which can no longer be changed.")
        )
    if not after.call.strip():
        raise CompetitionError(_("The call is empty. Write it: it is announced."))


def _closes_earlier(before, after):
    """Whether the competition, or a track that stays, closes earlier than announced."""
    own = {each.code: each.closes_at or before.closes_at for each in before.tracks}
    times = [(own.get(each.code), each.closes_at or after.closes_at) for each in after.tracks]
    return after.closes_at < before.closes_at or any(old and new < old for old, new in times)


def _refuse_while_open(competition, fields):
    if set(fields) - CHANGEABLE_WHILE_OPEN:
        raise TooLate(
            _(
                "Entries are open since %(time)s; only the call's text, plan, questions and answers, contact, "
                "dates and closing time can still be changed."
            )
            % {"time": moment(competition.opens_at)}
        )
    if PARTS & set(fields) and competition.entries.exists():
        raise CompetitionError(
            _(
                "There are entries already, so tracks, rounds, criteria and award tiers "
                "can no longer be changed."
            )
        )


def _refuse_correction(before, after, fields):
    if set(fields) - CORRECTABLE or not has_same_amounts(before, after):
        raise CompetitionError(
            _(
                "A correction mends words. Dates, prizes, points, who may enter and what is agreed to "
                "are changed by a notice of a change."
            )
        )

"""Accepting and disqualifying entries after the deadline; each is audited and told to who entered."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.conflicts.finding import find_conflicts
from competitions.actions.letters import tell_entrant
from competitions.actions.screening.locks import (
    REASON_MAX_LENGTH,
    SCREENING_STATES,
    checked_reason,
    lock_screened,
    lock_to_decide,
    show_decision,
    write_decision,
)
from competitions.errors import CompetitionError
from competitions.states import EntryState

__all__ = ["REASON_MAX_LENGTH", "SCREENING_STATES", "accept_entry", "disqualify_entry"]
ARTICLE_MAX_LENGTH = 100


@transaction.atomic
def accept_entry(entry, *, by, at, reason="", seen=""):
    """Take the entry into the judging; a disqualified one only with the reason. Raises TooEarly, IllegalMove."""
    competition = lock_screened(entry.competition_id)
    locked = lock_to_decide(entry, "accept", competition=competition, seen=seen)
    accept_locked(locked, by=by, at=at, reason=reason)
    find_conflicts(competition, entry=locked, at=at)
    show_decision(entry, locked)


def accept_locked(entry, *, by, at, reason=""):
    """As accept_entry, for an entry that is locked and may be decided on."""
    reason, was = checked_reason(reason), entry.state
    if was == EntryState.DISQUALIFIED and not reason:
        raise CompetitionError(_("Write why the disqualified entry is accepted after all."))
    write_decision(entry, "accept", by=by, at=at, decision_reason=reason, decision_article="")
    row = audit.record("entry.accepted", by=by, target=entry, about=entry.entrant, reason=reason, was=was)
    tell_entrant(entry, "entry.accepted", at=at, by=by, key=_key(entry, row), reason=reason)


@transaction.atomic
def disqualify_entry(entry, *, by, at, reason, article="", seen=""):
    """Keep an entry out of the judging; the reason and the article are told to its entrant."""
    competition = lock_screened(entry.competition_id)
    locked = lock_to_decide(entry, "disqualify", competition=competition, seen=seen)
    disqualify_locked(locked, by=by, at=at, reason=reason, article=article)
    show_decision(entry, locked)


def disqualify_locked(entry, *, by, at, reason, article=""):
    """As disqualify_entry, for an entry that is locked and may be decided on."""
    reason, article = checked_reason(reason), article.strip()
    if not reason:
        raise CompetitionError(_("Write why the entry is disqualified; its entrant has a right to know."))
    if len(article) > ARTICLE_MAX_LENGTH:
        raise CompetitionError(
            _("The article is longer than %(most)s characters. Name it shortly.")
            % {"most": ARTICLE_MAX_LENGTH}
        )
    said = {"reason": reason, "article": article}
    write_decision(entry, "disqualify", by=by, at=at, decision_reason=reason, decision_article=article)
    row = audit.record("entry.disqualified", by=by, target=entry, about=entry.entrant, **said)
    tell_entrant(entry, "entry.disqualified", at=at, by=by, key=_key(entry, row), **said)


def _key(entry, row):
    return f"entry:{entry.pk}:{row.verb}:{row.pk}"

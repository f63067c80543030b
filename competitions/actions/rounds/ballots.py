"""Casting a ballot in a public vote: one a person, changed as often as wanted until the close."""

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit, time_words
from competitions.actions.entries.window import lock_competition
from competitions.actions.rounds.candidates import candidates, own_entries, why_no_voter
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import Ballot, BallotChoice, Round
from competitions.states import CompetitionState

SALT = "competitions.ballot"


def place_hash(round_, kind, *parts):
    """A keyed hash of where a ballot came from: comparable within one vote, and worth nothing outside it."""
    return salted_hmac(SALT, "\n".join([str(round_.pk), kind, *parts]), algorithm="sha256").hexdigest()


@transaction.atomic
def cast_ballot(round_, chosen, *, by, network_hash="", device_hash=""):
    """Keep the choices of a voter. chosen: ids of entries. Returns (ballot, is_new).

    The time is that at which the database got the request. Two ballots of one person at once become one.
    """
    competition = lock_competition(round_.competition_id)
    round_ = Round.objects.get(pk=round_.pk)
    round_.competition = competition
    require_vote_open(round_, at=competition.arrived_at)
    refusal = why_no_voter(by, competition)
    if refusal:
        raise CompetitionError(refusal)
    chosen = _checked(round_, set(chosen), by=by)
    values = {"at": competition.arrived_at, "network_hash": network_hash, "device_hash": device_hash}
    ballot, is_new = Ballot.objects.get_or_create(round=round_, voter=by, defaults=values)
    Ballot.objects.select_for_update(no_key=True).get(pk=ballot.pk)
    if not is_new:
        Ballot.objects.filter(pk=ballot.pk).update(**values)
        ballot.choices.all().delete()
    BallotChoice.objects.bulk_create(BallotChoice(ballot=ballot, entry_id=pk) for pk in sorted(chosen))
    verb = "ballot.cast" if is_new else "ballot.changed"
    audit.record(verb, by=by, target=competition, round=round_.code, choices=len(chosen))
    return ballot, is_new


def require_vote_open(round_, *, at):
    """Raise TooEarly or TooLate, with the times, unless ballots are taken at that moment."""
    if round_.votes_from is None or round_.votes_until is None:
        raise TooEarly(_("The times of this vote are not set yet. Come back later."))
    if at >= round_.votes_until:
        raise TooLate(
            _("Too late: the vote closed at %(closed)s. Your ballot stays as it was.")
            % {"closed": time_words.moment(round_.votes_until)}
        )
    if at < round_.votes_from:
        raise TooEarly(
            _("Too early: the vote opens at %(opens)s. Come back then.")
            % {"opens": time_words.moment(round_.votes_from)}
        )
    if round_.competition.state != CompetitionState.JUDGING:
        raise TooEarly(_("The vote is open only while the competition is being judged."))


def _checked(round_, chosen, *, by):
    if not chosen:
        raise CompetitionError(_("Choose at least one entry."))
    most = round_.votes_per_voter
    if len(chosen) > most:
        raise CompetitionError(
            ngettext(
                "You can choose %(most)s entry. Take away the others.",
                "You can choose up to %(most)s entries. Take away some.",
                most,
            )
            % {"most": most}
        )
    if chosen & own_entries(by, round_.competition):
        raise CompetitionError(_("You cannot vote for an entry you have part in. Choose others."))
    if candidates(round_).filter(pk__in=chosen).count() != len(chosen):
        raise CompetitionError(_("An entry you chose is no longer in the vote. Look at the list again."))
    return chosen

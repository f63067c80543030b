"""Rounds of a kind of their own, in a contest that is being judged."""

from datetime import timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.utils import timezone

from competitions.models import Ballot, BallotChoice, Criterion, Round
from tests.competitions.jury import make_accepted_entry, make_judging_competition
from tests.factories import AT, make_user

HOUR = timedelta(hours=1)


def make_round(kind, competition=None, **fields):
    """A round behind the written one, with one criterion of 100 points unless it is a vote."""
    competition = competition or make_judging_competition()
    round_ = Round.objects.create(
        **{"competition": competition, "code": kind, "name": kind, "kind": kind, "position": 5} | fields
    )
    if kind != "public_vote":
        Criterion.objects.create(round=round_, code="result", name="실적", max_points=Decimal(100))
    return round_


def make_vote(competition=None, **fields):
    """A public vote that opened an hour ago and closes in an hour."""
    now = timezone.now()
    times = {"votes_from": now - HOUR, "votes_until": now + HOUR}
    return make_round("public_vote", competition, **times | fields)


def make_entries(competition, *codes, **fields):
    return [make_accepted_entry(competition, code=code, **fields) for code in codes]


def make_voter(**fields):
    user = make_user(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_ballot(round_, *entries, voter=None, **fields):
    values = {"at": AT} | fields
    ballot = Ballot.objects.create(round=round_, voter=voter or make_user(), **values)
    BallotChoice.objects.bulk_create(BallotChoice(ballot=ballot, entry=entry) for entry in entries)
    return ballot

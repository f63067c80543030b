"""The pledge of members named without an invitation, and ties declared by a judge."""

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Consent
from competitions.actions.committee.ties import MOST_TIES, declare_ties, pledge
from competitions.errors import CompetitionError
from competitions.models import Conflict, Judge
from competitions.states import CompetitionState, EntryState
from tests.factories import AT, make_closed_competition, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db
TIE = {"kind": "family", "name": "홍길동", "email": "hong@example.org", "organisation": ""}


def named(*, pledged=False, **fields):
    competition = make_closed_competition(**fields)
    return make_judge(competition, user=make_user(), pledged_at=AT if pledged else None)


def test_pledge_says_that_there_is_nothing_to_declare():
    judge = named()

    pledge(judge, [], by=judge.user, at=AT)

    judge.refresh_from_db()
    assert judge.pledged_at == AT
    assert not judge.relations.exists()
    assert Consent.objects.filter(user=judge.user, purpose="judge").exists()
    assert AuditRecord.objects.get(verb="judge.pledged").detail["ties"] == 0


def test_pledge_is_given_once():
    judge = named(pledged=True)

    with pytest.raises(IllegalMove):
        pledge(judge, [], by=judge.user, at=AT)


def test_one_consent_serves_two_competitions():
    one, two = named(), named()
    Judge.objects.filter(pk=two.pk).update(user=one.user)

    for judge in (one, two):
        pledge(judge, [], by=one.user, at=AT)

    assert Consent.objects.filter(user=one.user, purpose="judge").count() == 1


def test_a_declared_tie_keeps_the_judge_away_from_the_entry():
    judge = named(pledged=True)
    entrant = make_user(email=TIE["email"], name=TIE["name"])
    entry = make_entry(judge.competition, entrant=entrant, state=EntryState.ACCEPTED)

    declare_ties(judge, [TIE], by=judge.user, at=AT)

    assert list(Conflict.objects.effective().values_list("judge", "entry")) == [(judge.pk, entry.pk)]


def test_the_same_tie_is_kept_once():
    judge = named(pledged=True)

    for _time in range(2):
        declare_ties(judge, [TIE], by=judge.user, at=AT)

    assert judge.relations.count() == 1


@pytest.mark.parametrize("ties", [[], [{"kind": "family", "name": "", "email": "", "organisation": ""}]])
def test_a_tie_names_somebody(ties):
    judge = named(pledged=True)

    with pytest.raises(CompetitionError):
        declare_ties(judge, ties, by=judge.user, at=AT)


def test_too_many_ties_are_refused():
    judge = named(pledged=True)

    with pytest.raises(CompetitionError):
        declare_ties(judge, [TIE | {"name": f"이름 {n}"} for n in range(MOST_TIES + 1)], by=judge.user, at=AT)

    assert not judge.relations.exists()


def test_who_left_declares_nothing():
    judge = named(pledged=True)
    Judge.objects.update(state=Judge.State.DROPPED)

    with pytest.raises(IllegalMove):
        declare_ties(judge, [TIE], by=judge.user, at=AT)


def test_nothing_is_declared_after_the_decision():
    judge = named(pledged=True, state=CompetitionState.DECIDED)

    with pytest.raises(IllegalMove):
        declare_ties(judge, [TIE], by=judge.user, at=AT)

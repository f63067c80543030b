"""Two organisers at once, on connections of their own."""

import pytest

from accounts.errors import IllegalMove
from competitions.actions.results.moving_up import move_up
from competitions.actions.results.revocations import decide_revocation
from competitions.models import Award, Revocation
from tests.competitions.rules.contests import DAY
from tests.competitions.test_moving_up import published, revoked
from tests.competitions.test_revocations import make_award, noticed
from tests.competitions.test_submit_race import together
from tests.factories import AT

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def refusals(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_two_notices_at_once_are_one():
    for _round in range(ROUNDS):
        award = make_award()

        outcomes = together(*[lambda: noticed(award)] * 2)  # noqa: B023

        assert [type(each) for each in refusals(outcomes)] == [IllegalMove]
        assert Revocation.objects.filter(award=award).count() == 1


def test_two_decisions_at_once_are_one():
    for _round in range(ROUNDS):
        revocation = noticed()

        def decide(is_upheld, revocation=revocation):
            return decide_revocation(
                revocation, is_upheld=is_upheld, decision="결정", by=None, at=AT + 10 * DAY
            )

        outcomes = together(lambda: decide(True), lambda: decide(False))

        (refusal,) = refusals(outcomes)
        (kept,) = [each for each in outcomes if each is not refusal]
        assert isinstance(refusal, IllegalMove)
        assert Revocation.objects.get(pk=revocation.pk).is_upheld == kept.is_upheld


def test_two_entries_moved_up_at_once_are_one():
    for _round in range(ROUNDS):
        competition = published()
        revocation = revoked(competition)
        second, third = (competition.entries.get(code=code) for code in ("E2", "E3"))

        outcomes = together(
            *[
                lambda entry=entry: move_up(revocation, entry, reason="차순위", by=None, at=AT)  # noqa: B023
                for entry in (second, third)
            ]
        )

        assert [type(each) for each in refusals(outcomes)] == [IllegalMove]
        assert Award.objects.filter(tier__competition=competition).count() == 2

from decimal import Decimal

import pytest
from django.utils import timezone

from competitions.judging.records import Mark, Votes
from competitions.measured_and_votes import measured_marks, votes_of
from competitions.models import Criterion, Measurement, Track
from tests.competitions.jury import make_judging_competition
from tests.competitions.rounds.making import HOUR, make_ballot, make_entries, make_round, make_vote
from tests.factories import AT

pytestmark = pytest.mark.django_db


def closed_vote(competition=None, **fields):
    now = timezone.now()
    return make_vote(competition, votes_from=now - 2 * HOUR, votes_until=now - HOUR, **fields)


def measure(entry, criterion, points):
    return Measurement.objects.create(entry=entry, criterion=criterion, points=Decimal(points), at=AT)


def test_measured_points_are_marks_of_nobody():
    round_ = make_round("measured")
    (entry,) = make_entries(round_.competition, "E1")
    measure(entry, round_.criteria.get(), "87.5")

    assert measured_marks(round_.competition) == [
        Mark(round="measured", judge="", entry="E1", criterion="result", points=Decimal("87.5"))
    ]


def test_points_of_other_tracks_of_other_kinds_and_of_disqualified_entries_do_not_count():
    round_ = make_round("measured")
    competition = round_.competition
    one, two = make_entries(competition, "E1", "E2")
    other = Track.objects.create(competition=competition, code="b", name="다른 부문")
    of_other = Criterion.objects.create(round=round_, code="other", name="다른", max_points=10, track=other)
    measure(one, of_other, 5)
    measure(one, competition.rounds.first().criteria.first(), 5)
    measure(two, round_.criteria.get(code="result"), 5)
    two.state, two.decision_reason = "disqualified", "표절"
    two.save()

    assert measured_marks(competition) == []


def test_votes_are_counted_per_entry_once_the_vote_is_closed():
    round_ = closed_vote()
    one, two = make_entries(round_.competition, "E1", "E2")
    make_ballot(round_, one, two)
    make_ballot(round_, two)

    assert votes_of(round_.competition) == [
        Votes(round="public_vote", entry="E1", count=1),
        Votes(round="public_vote", entry="E2", count=2),
    ]


def test_nobody_knows_votes_before_the_close():
    round_ = make_vote()
    make_ballot(round_, *make_entries(round_.competition, "E1"))

    assert votes_of(round_.competition) == []


def test_a_vote_without_times_has_no_votes():
    round_ = make_vote(votes_from=None, votes_until=None)
    make_ballot(round_, *make_entries(round_.competition, "E1"))

    assert votes_of(round_.competition) == []


def test_ballots_left_out_and_entries_out_of_the_judging_do_not_count():
    round_ = closed_vote()
    one, two = make_entries(round_.competition, "E1", "E2")
    make_ballot(round_, one, excluded_at=AT, excluded_reason="한 사람")
    make_ballot(round_, two)
    two.state, two.decision_reason = "disqualified", "표절"
    two.save()

    assert votes_of(round_.competition) == []


def test_votes_count_only_in_the_tracks_of_the_round():
    round_ = closed_vote()
    other = Track.objects.create(competition=round_.competition, code="b", name="다른 부문")
    Criterion.objects.create(round=round_, code="vote", name="투표", max_points=10, track=other)
    one, two = make_entries(round_.competition, "E1", "E2")
    two.track = other
    two.save()
    make_ballot(round_, one, two)

    assert votes_of(round_.competition) == [Votes(round="public_vote", entry="E2", count=1)]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(count, django_assert_num_queries):
    competition = make_judging_competition()
    measured, vote = make_round("measured", competition), closed_vote(competition)
    for entry in make_entries(competition, *(f"E{number}" for number in range(count))):
        measure(entry, measured.criteria.get(), 5)
        make_ballot(vote, entry)

    with django_assert_num_queries(1):
        assert len(measured_marks(competition)) == count
    with django_assert_num_queries(1):
        assert len(votes_of(competition)) == count

"""Who is in a round: what the rounds before it say."""

import pytest

from competitions.actions.rounds.advancing import advanced_codes, advanced_entries
from competitions.models import Criterion, Round, Track
from tests.competitions.jury import make_judging_competition, make_sheet, sign
from tests.competitions.rounds.making import make_entries, make_round
from tests.factories import make_judge, make_user

pytestmark = pytest.mark.django_db


def contest(points, **written):
    """A contest whose written round says who goes on, with signed sheets; None: not signed."""
    competition = make_judging_competition()
    Round.objects.filter(competition=competition).update(**written)
    judge = make_judge(competition, user=make_user(), code="J1")
    for code, given in points.items():
        sheet = make_sheet(competition, code=code, judge=judge)
        if given:
            sign(sheet, *given)
    return make_round("presentation", competition)


def codes(round_):
    return set(advanced_entries(round_).values_list("code", flat=True))


def test_without_a_limit_every_accepted_entry_goes_on():
    round_ = contest({"E1": ("40", "60"), "E2": None})

    assert codes(round_) == {"E1", "E2"}
    assert advanced_codes(round_) is None


def test_the_best_go_on_and_equals_at_the_line_with_them():
    points = {"E1": ("40", "60"), "E2": ("30", "40"), "E3": ("30", "40"), "E4": ("1", "1")}

    assert codes(contest(points, advance={"top": 2})) == {"E1", "E2", "E3"}


def test_who_is_below_the_floor_does_not_go_on():
    points = {"E1": ("40", "60"), "E2": ("10", "10")}

    assert codes(contest(points, floor={"percent": "50"})) == {"E1"}


def test_who_has_no_score_where_it_decides_does_not_go_on():
    assert codes(contest({"E1": ("40", "60"), "E2": None}, advance={"top": 5})) == {"E1"}


def test_the_limits_of_the_round_itself_put_nobody_out_of_it():
    round_ = contest({"E1": ("40", "60"), "E2": ("10", "10")}, advance={"top": 2})
    Round.objects.filter(pk=round_.pk).update(floor={"percent": "99"})

    assert codes(round_) == {"E1", "E2"}


def test_a_round_of_one_track_has_only_its_entries():
    round_ = contest({"E1": ("40", "60")})
    other = Track.objects.create(competition=round_.competition, code="b", name="다른 부문")
    Criterion.objects.filter(round=round_).update(track=other)
    (mine,) = make_entries(round_.competition, "E2")
    mine.track = other
    mine.save()

    assert codes(round_) == {"E2"}


def test_a_disqualified_entry_is_in_no_round():
    round_ = contest({"E1": ("40", "60"), "E2": ("30", "40")}, advance={"top": 2})
    round_.competition.entries.filter(code="E1").update(state="disqualified", decision_reason="표절")

    assert codes(round_) == {"E2"}


def test_the_first_round_is_for_all():
    competition = make_judging_competition()
    make_entries(competition, "E1")

    assert codes(competition.rounds.get()) == {"E1"}

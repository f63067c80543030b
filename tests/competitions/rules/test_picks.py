"""Whom to ask next: sides, fields, and who was asked least."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from competitions.rules.picks import PickFact, suggest


def person(key, side="private", **fields):
    return PickFact(key=key, side=side, **fields)


def sides(keys, pool):
    by_key = {each.key: each.side for each in pool}
    return [by_key[key] for key in keys]


def test_half_comes_from_the_private_sector():
    pool = [person(n, "public") for n in range(5)] + [person(n) for n in range(5, 10)]

    chosen = suggest(pool, members=(), size=5)

    assert sorted(sides(chosen, pool)) == ["private"] * 3 + ["public"] * 2


def test_members_already_there_count():
    pool = [person(n, "public") for n in range(5)] + [person(n) for n in range(5, 10)]
    members = [person(0), person(0), person(0)]

    assert sides(suggest(pool, members=members, size=5), pool) == ["public", "public"]


def test_without_private_ones_fewer_are_named():
    pool = [person(0), *(person(n, "public") for n in range(1, 6))]

    assert sorted(sides(suggest(pool, members=(), size=6), pool)) == ["private", "public"]


def test_public_seats_nobody_takes_go_to_the_private_sector():
    pool = [person(n) for n in range(5)]

    assert len(suggest(pool, members=(), size=4)) == 4


def test_a_field_nobody_has_comes_before_one_that_is_there():
    pool = [person(1, field="복지"), person(2, field="교통")]

    assert suggest(pool, members=[person(0, field="복지")], size=2) == [2]


def test_who_judged_least_and_was_asked_longest_ago_comes_first():
    early, late = datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    pool = [person(1, times=2), person(2, times=1, asked_at=late), person(3, times=1, asked_at=early)]

    assert suggest(pool, members=(), size=3) == [3, 2, 1]


def test_the_order_of_the_pool_does_not_matter():
    pool = [person(1, field="복지"), person(2, "public", field="복지"), person(3, field="교통"), person(4)]

    assert len({tuple(suggest(each, members=(), size=3)) for each in permutations(pool)}) == 1


@pytest.mark.parametrize("size", [0, 1])
def test_a_full_committee_needs_nobody(size):
    assert suggest([person(1)], members=[person(0)], size=size) == []

"""What holds for the advice on every contest, tried on made-up ones."""

import json
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from competitions.judging.advice import draws
from competitions.judging.advice.report import advice
from competitions.judging.errors import TallyError
from competitions.judging.tally import compute
from tests.competitions.judging.advice.made_up import made_up
from tests.competitions.judging.advice.panels import contest


def advised(own):
    return advice(own, compute(own))


@pytest.fixture
def few_draws(monkeypatch):
    monkeypatch.setattr(draws, "MOST", 200)
    monkeypatch.setattr(draws, "FEWEST", 200)


@settings(max_examples=60, deadline=None)
@given(chance=st.randoms(use_true_random=False))
@pytest.mark.usefixtures("few_draws")
def test_the_order_of_rows_changes_nothing_and_every_number_is_one(chance):
    own = made_up(chance)
    try:
        found = advised(own)
    except TallyError:
        assume(False)
    shuffled = replace(
        own,
        judges=tuple(chance.sample(own.judges, len(own.judges))),
        entries=tuple(chance.sample(own.entries, len(own.entries))),
        marks=tuple(chance.sample(own.marks, len(own.marks))),
    )

    assert json.dumps(advised(shuffled), allow_nan=False) == json.dumps(found, allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(chance=st.randoms(use_true_random=False), more=st.integers(1, 20))
@pytest.mark.usefixtures("few_draws")
def test_a_judge_who_gives_everybody_more_changes_no_difference_between_entries(chance, more):
    table = {
        f"E{e}": {f"J{j}": chance.randint(10, 80) for j in sorted(chance.sample(range(4), 3))}
        for e in range(6)
    }
    raised = {
        code: given | ({"J0": given["J0"] + more} if "J0" in given else {}) for code, given in table.items()
    }

    before, after = advised(contest(table)), advised(contest(raised))

    # The b add up to 0, so the level moves for all alike: by one judge's part of what this one gives more.
    level = more / len(before["severity"]) if "J0" in before["severity"] else 0
    gaps = [after["calibrated"][code] - before["calibrated"][code] for code in table]
    assert gaps == pytest.approx([level] * 6, abs=1e-5)
    assert after["calibrated_order"] == before["calibrated_order"]


@settings(max_examples=40, deadline=None)
@given(chance=st.randoms(use_true_random=False))
@pytest.mark.usefixtures("few_draws")
def test_a_missing_mark_is_the_same_as_none(chance):
    table = {f"E{e}": {f"J{j}": chance.randint(0, 100) for j in range(4)} for e in range(5)}
    judge, entry = f"J{chance.randrange(4)}", f"E{chance.randrange(5)}"
    emptied = table | {entry: table[entry] | {judge: None}}
    lacking = table | {entry: {code: y for code, y in table[entry].items() if code != judge}}

    assert advised(contest(emptied)) == advised(contest(lacking))

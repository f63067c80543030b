"""What holds for every assignment, tried on made-up panels."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.assigning import assign, without
from tests.competitions.assigning.panels import allowed, groups, most_possible, panel, panels


@settings(max_examples=200)
@given(panels())
def test_no_conflict_and_everything_kept(panel):
    assigned = assign(panel)

    kept = panel.kept - panel.conflicts
    assert not set(assigned.pairs) & panel.conflicts
    assert set(assigned.pairs) == kept | set(assigned.new)
    assert set(assigned.new) <= allowed(panel)


@settings(max_examples=200)
@given(panels())
def test_limits_hold_and_as_many_judges_as_possible(panel):
    assigned = assign(panel)

    added = Counter(judge for judge, _entry in assigned.new)
    kept = Counter(judge for judge, _entry in panel.kept - panel.conflicts)
    for judge in panel.judges:
        assert judge.most is None or added[judge.code] <= max(0, judge.most - kept[judge.code])
    assert len(assigned.new) == most_possible(panel)


@settings(max_examples=200)
@given(panels())
def test_what_is_missing_is_named(panel):
    assigned = assign(panel)

    counts = Counter(entry for _judge, entry in assigned.pairs)
    short = {entry.code for entry in panel.entries if counts[entry.code] < panel.wanted}
    busy = {judge for judge, _entry in assigned.pairs}
    idle = {judge.code for judge in panel.judges if judge.most != 0 and panel.entries} - busy
    assert {one.entry for one in assigned.problems if one.kind == "entry_short"} == short
    assert {one.judge for one in assigned.problems if one.kind == "judge_idle"} == idle
    lost = {(one.judge, one.entry) for one in assigned.problems if one.kind == "kept_in_conflict"}
    assert lost == panel.kept & panel.conflicts
    apart = any(one.kind in {"groups", "single"} for one in assigned.problems)
    assert apart == (groups(assigned.pairs) > 1)
    assert all(one.text() for one in assigned.problems)


@settings(max_examples=100)
@given(panels(), st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(panel, random):
    other = replace(
        panel,
        entries=tuple(random.sample(panel.entries, len(panel.entries))),
        judges=tuple(random.sample(panel.judges, len(panel.judges))),
    )

    assert assign(panel) == assign(other)


@settings(max_examples=100)
@given(st.integers(1, 30), st.integers(2, 9), st.integers(1, 5), st.text(max_size=2))
def test_loads_differ_by_one_at_most(entries, judges, wanted, seed):
    assigned = assign(panel(entries, judges, wanted=wanted, seed=seed))

    after = assigned.report_after
    assert after.load_max - after.load_min <= 1
    assert after.missing == entries * max(0, wanted - judges)


@settings(max_examples=100)
@given(st.integers(1, 30), st.integers(2, 9), st.integers(2, 5), st.text(max_size=2))
def test_judges_are_linked_when_there_are_enough_pairs(entries, judges, wanted, seed):
    assigned = assign(panel(entries, judges, wanted=wanted, seed=seed))

    busy = len({judge for judge, _entry in assigned.pairs})
    if busy == judges and len(assigned.pairs) >= entries + judges - 1:
        assert groups(assigned.pairs) == 1
        assert assigned.report_after.overlap_min >= min(2, assigned.report_after.load_min)


@settings(max_examples=100)
@given(panels(), st.data())
def test_a_judge_who_drops_out_moves_nobody_else(panel, data):
    first = assign(panel)
    panel = replace(panel, kept=frozenset(first.pairs))
    if not panel.judges:
        return
    judge = data.draw(st.sampled_from(panel.judges)).code
    own = sorted(entry for one, entry in first.pairs if one == judge)
    signed = set(data.draw(st.lists(st.sampled_from(own)))) if own else set()

    after = without(panel, judge, signed=signed)

    assert {pair for pair in first.pairs if pair[0] != judge} <= set(after.pairs)
    assert {entry for one, entry in after.pairs if one == judge} == signed
    assert {entry for _judge, entry in after.new} <= {
        entry.code for entry in panel.entries if entry.code in set(own) - signed
    } | {problem.entry for problem in first.problems}

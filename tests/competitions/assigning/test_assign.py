from dataclasses import replace
from fractions import Fraction

import pytest

from competitions.assigning import (
    AssigningError,
    EntryToJudge,
    JudgeForEntries,
    Panel,
    assign,
    everybody,
    without,
)
from tests.competitions.assigning.panels import groups, panel


def kinds(assigned):
    return [problem.kind for problem in assigned.problems]


@pytest.mark.parametrize(("entries", "judges"), [(0, 3), (3, 0), (0, 0)])
def test_nothing_to_assign_is_named(entries, judges):
    assigned = assign(panel(entries, judges))

    assert assigned.pairs == ()
    assert "nothing" in kinds(assigned)


def test_one_judge_has_everything_and_each_entry_is_short():
    assigned = assign(panel(3, 1))

    assert assigned.pairs == (("J0", "E00"), ("J0", "E01"), ("J0", "E02"))
    assert kinds(assigned) == ["entry_short"] * 3 + ["overlap"]
    assert "shares only 0 of 3" in assigned.problems[-1].text()
    assert "only 1 may judge it" in assigned.problems[0].text()


def test_an_entry_in_conflict_with_everybody_is_named_and_the_rest_assigned():
    conflicts = frozenset((f"J{n}", "E01") for n in range(3))

    assigned = assign(panel(3, 3, conflicts=conflicts))

    assert {entry for _judge, entry in assigned.pairs} == {"E00", "E02"}
    assert assigned.report_after.missing == 2
    assert [one.entry for one in assigned.problems if one.kind == "entry_short"] == ["E01"]


def test_more_judges_wanted_than_there_are():
    assigned = assign(panel(2, 3, wanted=5))

    assert len(assigned.pairs) == 6
    assert assigned.report_after.missing == 4


def test_capacity_too_small_spreads_the_shortage():
    small = panel(6, 2)
    judges = tuple(replace(judge, most=3) for judge in small.judges)

    assigned = assign(replace(small, judges=judges))

    assert sorted(entry for _judge, entry in assigned.pairs) == [f"E{n:02}" for n in range(6)]
    assert "no room left" in assigned.problems[0].text()


def test_one_judge_per_entry_cannot_be_compared():
    assigned = assign(panel(6, 3, wanted=1))

    assert "single" in kinds(assigned)
    assert assigned.report_after.groups == 3
    assert assigned.report_after.strangers == assigned.report_after.judge_pairs == 3


def test_experts_come_first_but_loads_stay_even():
    entries = tuple(EntryToJudge(code=f"E{n}", track="ab"[n % 2]) for n in range(4))
    judges = tuple(JudgeForEntries(code=f"J{n}", expertise=("ab"[n % 2],)) for n in range(4))

    assigned = assign(Panel(entries=entries, judges=judges, wanted=1))

    assert assigned.report_after.expertise == 1
    assert (assigned.report_after.load_min, assigned.report_after.load_max) == (1, 1)


def test_expertise_gives_way_to_the_link_between_groups():
    entries = tuple(EntryToJudge(code=f"E{n}", track="ab"[n % 2]) for n in range(8))
    judges = tuple(JudgeForEntries(code=f"J{n}", expertise=("ab"[n % 2],)) for n in range(4))

    assigned = assign(Panel(entries=entries, judges=judges, wanted=2))

    assert assigned.report_after.groups == 1
    assert assigned.report_after.expertise == Fraction(14, 16)
    assert assigned.report_after.load_min == assigned.report_after.load_max == 4


def test_an_entry_may_want_another_number():
    entries = (EntryToJudge(code="E0"), EntryToJudge(code="E1", wanted=3), EntryToJudge(code="E2", wanted=0))
    judges = tuple(JudgeForEntries(code=f"J{n}") for n in range(4))

    assigned = assign(Panel(entries=entries, judges=judges, wanted=2, overlap=0))

    assert [entry for _judge, entry in sorted(assigned.pairs, key=lambda pair: pair[1])] == [
        "E0", "E0", "E1", "E1", "E1",
    ]  # fmt: skip
    assert assigned.report_after.short == 0


def test_a_field_counts_as_a_track_does():
    entries = (EntryToJudge(code="E0", fields=("welfare",)), EntryToJudge(code="E1", fields=("tax",)))
    judges = (
        JudgeForEntries(code="J0", expertise=("tax",)),
        JudgeForEntries(code="J1", expertise=("welfare",)),
    )

    assigned = assign(Panel(entries=entries, judges=judges, wanted=1))

    assert assigned.pairs == (("J0", "E1"), ("J1", "E0"))


def committees(*, general):
    entries = tuple(EntryToJudge(code=f"E{n:02}", track="ab"[n % 2]) for n in range(12))
    judges = [JudgeForEntries(code=f"J{n}", track="ab"[n % 2]) for n in range(4)]
    judges += [JudgeForEntries(code=f"K{n}") for n in range(general)]
    return Panel(entries=entries, judges=tuple(judges), wanted=2)


def test_committees_of_tracks_are_said_to_be_apart_for_certain():
    assigned = assign(committees(general=0))

    assert [one.text() for one in assigned.problems] == [
        "The judges fall into 2 groups that share no entry, and no assignment links them. "
        "Compare scores only within a group."
    ]


@pytest.mark.parametrize("seed", ["", "a", "b", "c", "d", "e"])
def test_a_judge_of_all_tracks_links_them(seed):
    assigned = assign(replace(committees(general=1), seed=seed))

    assert groups(assigned.pairs) == 1
    assert assigned.report_after.load_max - assigned.report_after.load_min <= 2
    assert assigned.problems == ()


def test_too_few_places_to_link_everybody_are_named():
    assigned = assign(panel(3, 6))

    assert "too few places" in assigned.problems[0].text()
    assert (assigned.report_after.load_min, assigned.report_after.load_max) == (1, 1)


def test_a_kept_pair_in_conflict_goes_and_is_named():
    pair = frozenset({("J0", "E00")})

    assigned = assign(panel(2, 3, kept=pair, conflicts=pair))

    assert ("J0", "E00") not in assigned.pairs
    assert kinds(assigned) == ["kept_in_conflict"]
    assert assigned.report_after.missing == 0


def test_a_conflict_of_somebody_who_left_says_nothing():
    assert assign(panel(2, 3, conflicts=frozenset({("gone", "E00"), ("J0", "gone")}))) == assign(panel(2, 3))


@pytest.mark.parametrize(
    "change",
    [
        {"wanted": 0},
        {"overlap": -1},
        {"kept": frozenset({("J9", "E00")})},
        {"kept": frozenset({("J0", "E99")})},
        {"judges": (JudgeForEntries(code="J0"), JudgeForEntries(code="J0"))},
        {"entries": (EntryToJudge(code="E00"), EntryToJudge(code="E00"))},
        {"judges": (JudgeForEntries(code="J0", most=-1),)},
        {"entries": (EntryToJudge(code="E00", wanted=-1),)},
    ],
)
def test_a_panel_that_contradicts_itself_is_refused(change):
    with pytest.raises(AssigningError):
        assign(replace(panel(2, 2), **change))


def test_everybody_gets_all_but_conflicts_and_other_tracks():
    entries = (EntryToJudge(code="E0", track="a"), EntryToJudge(code="E1", track="b"))
    judges = (JudgeForEntries(code="J0"), JudgeForEntries(code="J1", track="a"))

    assigned = everybody(Panel(entries=entries, judges=judges, wanted=1, conflicts=frozenset({("J0", "E0")})))

    assert assigned.pairs == (("J0", "E1"), ("J1", "E0"))


def test_a_judge_without_signed_sheets_leaves_nothing_behind():
    whole = panel(6, 4)
    first = assign(whole)

    after = without(replace(whole, kept=frozenset(first.pairs)), "J2")

    assert not any(judge == "J2" for judge, _entry in after.pairs)
    assert len(after.new) == 3
    assert after.report_before.missing == 3
    assert after.report_after.missing == 0
    assert (after.report_after.judges, after.report_after.load_min, after.report_after.load_max) == (3, 4, 4)


def test_report_before_is_of_what_was_kept():
    assigned = assign(panel(4, 2, kept=frozenset({("J0", "E00")})))

    before = assigned.report_before
    assert (before.pairs, before.short, before.missing, before.load_min, before.load_max) == (1, 4, 7, 0, 1)
    assert (before.load_mean, before.overlap_mean, before.expertise) == (Fraction(1, 2), 0, None)

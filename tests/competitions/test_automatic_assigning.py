import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from casebook.models import WorkField
from competitions.actions.assigning import automatic
from competitions.actions.assigning.automatic import StalePlan, assign_automatically, plan
from competitions.errors import CompetitionError
from competitions.models import Assignment, Conflict, Judge, JudgeRelation, Round, TeamMember, Track
from competitions.states import CompetitionState, SheetState
from tests.competitions.assigned import loads_of, make_panel, pairs_of
from tests.competitions.jury import make_accepted_entry, sign
from tests.factories import AT, entry_content, make_assignment, make_judge, make_user

pytestmark = pytest.mark.django_db


def assign(round_, **fields):
    return assign_automatically(round_, sha256=plan(round_, **fields).sha256, by=None, at=AT, **fields)


def judge_of(round_, code):
    return round_.competition.judges.get(code=code)


def entry_of(round_, code):
    return round_.competition.entries.get(code=code)


def entered_by(round_, code, user):
    entry = entry_of(round_, code)
    entry.entrant = user
    entry.save(update_fields=["entrant"])
    return entry


def test_the_plan_shown_becomes_sheets():
    round_ = make_panel()
    shown = plan(round_)
    assert not Assignment.objects.exists()

    made = assign_automatically(round_, sha256=shown.sha256, by=None, at=AT)

    assert pairs_of(round_) == set(shown.assigned.pairs) == set(made.assigned.pairs)
    assert sorted(loads_of(round_).values()) == [2, 3, 3]
    assert AuditRecord.objects.get(verb="entries.assigned_automatically").detail["made"] == 8


def test_again_adds_nothing():
    round_ = make_panel()
    assign(round_)

    assert assign(round_).missing == []
    assert len(pairs_of(round_)) == 8


def test_sheets_that_stand_stay():
    round_ = make_panel()
    signed = make_assignment(judge_of(round_, "J0"), entry_of(round_, "E0"))
    sign(signed, 30, 40)
    make_assignment(judge_of(round_, "J1"), entry_of(round_, "E0"), state=SheetState.STARTED)

    assign(round_)

    assert pairs_of(round_, entry__code="E0") == {("J0", "E0"), ("J1", "E0")}
    signed.refresh_from_db()
    assert signed.state == SheetState.SIGNED


@pytest.mark.parametrize("state", ["standing", "open"])
def test_a_conflict_is_left_out(state):
    round_ = make_panel(entries=6)
    kind = "challenge" if state == "open" else "exclusion"
    for code in ("E0", "E1"):
        Conflict.objects.create(
            judge=judge_of(round_, "J0"), entry=entry_of(round_, code), kind=kind, ground="declared",
            state=state, at=AT, by=make_user(),
        )  # fmt: skip

    assign(round_)

    assert not pairs_of(round_) & {("J0", "E0"), ("J0", "E1")}
    assert len(pairs_of(round_)) == 12


def test_a_dismissed_conflict_keeps_nobody_apart():
    round_ = make_panel(entries=1, judges=2)
    Conflict.objects.create(
        judge=judge_of(round_, "J0"), entry=entry_of(round_, "E0"), kind="challenge", ground="challenged",
        state="dismissed", at=AT,
    )  # fmt: skip

    assign(round_)

    assert len(pairs_of(round_)) == 2


def test_own_entries_team_entries_and_those_stepped_aside_from_are_left_out():
    round_ = make_panel(entries=3, judges=4, per_entry=3)
    own, team, aside = (entry_of(round_, f"E{n}") for n in range(3))
    own.entrant = judge_of(round_, "J0").user
    own.save()
    member = judge_of(round_, "J1").user
    TeamMember.objects.create(entry=team, user=member, state="accepted", invited_at=AT, answered_at=AT)
    make_assignment(judge_of(round_, "J2"), aside, state=SheetState.RECUSED)

    assign(round_)

    assert not pairs_of(round_, state=SheetState.ASSIGNED) & {("J0", "E0"), ("J1", "E1"), ("J2", "E2")}


def test_a_judge_of_one_track_gets_only_its_entries():
    round_ = make_panel(entries=2, judges=2)
    other = Track.objects.create(competition=round_.competition, code="b", name="직원 부문")
    make_accepted_entry(round_.competition, code="F0", track=other)
    round_.competition.judges.filter(code="J0").update(track=other)

    found = assign(round_)

    assert pairs_of(round_, judge__code="J0") == {("J0", "F0")}
    assert {problem.entry for problem in found.assigned.problems if problem.entry} == {"E0", "E1"}


def test_judges_of_the_field_come_first():
    WorkField.objects.get_or_create(code="tax", defaults={"name": "세무"})
    round_ = make_panel(entries=2, judges=4, per_entry=1)
    for code in ("T0", "T1"):
        content = entry_content()
        content["case"]["work_field"] = "tax"
        make_accepted_entry(round_.competition, code=code, draft=content)
    name = WorkField.objects.get(code="tax").name
    round_.competition.judges.filter(code__in=["J2", "J3"]).update(field=f"회계, {name}")

    assign(round_)

    assert {judge for judge, _entry in pairs_of(round_, entry__code__in=["T0", "T1"])} == {"J2", "J3"}


def test_nobody_gets_more_than_they_take():
    round_ = make_panel(entries=5, judges=3)
    round_.competition.judges.filter(code="J0").update(most_entries=1)

    assign(round_)

    assert loads_of(round_) == {"J0": 1, "J1": 4, "J2": 5} or loads_of(round_) == {"J0": 1, "J1": 5, "J2": 4}


@pytest.mark.parametrize("state", [Judge.State.INVITED, Judge.State.DECLINED, Judge.State.DROPPED])
def test_only_appointed_judges_get_entries(state):
    round_ = make_panel()
    round_.competition.judges.filter(code="J0").update(state=state)

    assign(round_)

    assert loads_of(round_) == {"J1": 4, "J2": 4}


def test_the_signed_sheet_of_who_left_counts():
    round_ = make_panel(entries=1)
    sign(make_assignment(judge_of(round_, "J0"), entry_of(round_, "E0")), 30, 40)
    round_.competition.judges.filter(code="J0").update(state=Judge.State.DROPPED)

    assign(round_)

    assert len(pairs_of(round_)) == 2


def test_everybody_judges_the_calibration_entry():
    round_ = make_panel(entries=4, judges=4, per_entry=1)
    round_.calibration_entry = entry_of(round_, "E2")
    round_.save()

    found = assign(round_)

    assert len(pairs_of(round_, entry__code="E2")) == 4
    assert found.assigned.report_after.groups == 1


def test_the_number_is_asked_where_the_round_declares_none():
    round_ = make_panel(per_entry=None)

    assign(round_, wanted=1)

    assert len(pairs_of(round_)) == 4


@pytest.mark.parametrize("wanted", [None, 0, -1, 51])
def test_a_number_that_makes_no_sense_is_refused(wanted):
    with pytest.raises(CompetitionError):
        plan(make_panel(per_entry=None), wanted=wanted)


@pytest.mark.parametrize(("entries", "judges"), [(0, 2), (2, 0)])
def test_nothing_to_assign_is_refused(entries, judges):
    with pytest.raises(CompetitionError):
        plan(make_panel(entries=entries, judges=judges))


@pytest.mark.parametrize("kind", [Round.Kind.PUBLIC_VOTE, Round.Kind.MEASURED])
def test_a_round_without_sheets_is_refused(kind):
    round_ = make_panel()
    round_.kind = kind

    with pytest.raises(CompetitionError):
        plan(round_)


@pytest.mark.parametrize("state", [CompetitionState.DRAFT, CompetitionState.DECIDED])
def test_out_of_time_is_an_illegal_move(state):
    round_ = make_panel()
    shown = plan(round_)
    type(round_.competition).objects.filter(pk=round_.competition_id).update(state=state)

    with pytest.raises(IllegalMove):
        assign_automatically(round_, sha256=shown.sha256, by=None, at=AT)


@pytest.mark.parametrize("what", ["entry", "judge", "conflict", "sheet"])
def test_what_changed_since_the_plan_makes_it_stale(what):
    round_ = make_panel()
    shown = plan(round_)
    judge, entry = judge_of(round_, "J0"), entry_of(round_, "E0")
    if what == "entry":
        make_accepted_entry(round_.competition, code="E9")
    elif what == "judge":
        make_judge(round_.competition, code="J9")
    elif what == "conflict":
        Conflict.objects.create(judge=judge, entry=entry, kind="recusal", ground="declared", at=AT)
    else:
        make_assignment(judge, entry)

    with pytest.raises(StalePlan):
        assign_automatically(round_, sha256=shown.sha256, by=None, at=AT)

    assert len(pairs_of(round_)) == (what == "sheet")


def test_a_tie_nobody_has_looked_for_is_found_first():
    """The pair was in the plan that was shown; nothing is made, and the next plan leaves it out."""
    round_ = make_panel()
    shown = plan(round_)
    judge, entry = judge_of(round_, "J0"), entered_by(round_, "E0", make_user(email="kin@example.org"))
    JudgeRelation.objects.create(judge=judge, kind="family", email="kin@example.org", at=AT)

    with pytest.raises(StalePlan):
        assign_automatically(round_, sha256=shown.sha256, by=None, at=AT)
    assign(round_)

    assert Conflict.objects.get().ground == "relation"
    assert not judge.assignments.filter(entry=entry).exists()


def test_what_changes_while_the_plan_is_worked_out_makes_it_stale(monkeypatch):
    round_ = make_panel()
    shown = plan(round_)

    def slowly(round_, **fields):
        found = plan(round_, **fields)
        make_judge(round_.competition, code="J9")
        return found

    monkeypatch.setattr(automatic, "plan", slowly)
    with pytest.raises(StalePlan):
        assign_automatically(round_, sha256=shown.sha256, by=None, at=AT)

    assert pairs_of(round_) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_plan_query_count(count, django_assert_num_queries):
    round_ = make_panel(entries=count, judges=count, per_entry=1)

    with django_assert_num_queries(7):
        plan(round_)

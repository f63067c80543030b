"""Finding conflicts: once, again, when something is true no more, and what it does to score sheets."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditRecord, Message, User
from accounts.roles import Role
from competitions.actions.assigning.by_hand import assign_all, set_assignments
from competitions.actions.calls.competitions import start_judging
from competitions.actions.committee.jury import name_judge
from competitions.actions.committee.ties import declare_ties
from competitions.actions.conflicts.finding import find_conflicts, find_in_judged
from competitions.actions.results.results import compute
from competitions.actions.screening.decisions import accept_entry
from competitions.actions.screening.many import decide_many
from competitions.actions.teams.members import remove_member
from competitions.errors import ConflictOfInterest
from competitions.models import Assignment, Conflict, Entry
from competitions.states import CompetitionState, EntryState, SheetState
from tests.competitions.conflicting import add_member, make_case_of_conflict, make_conflict
from tests.competitions.jury import make_accepted_entry, make_judging_competition, sign
from tests.factories import (
    AT,
    grant,
    make_assignment,
    make_closed_competition,
    make_department,
    make_entry,
    make_judge,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """Judge and entrant are of one department."""
    made = make_case_of_conflict()
    made.office = make_department()
    made.judge.user.department = made.entrant.department = made.office
    made.judge.user.save()
    made.entrant.save()
    return made


def states(judge):
    return list(judge.assignments.order_by("pk").values_list("state", flat=True))


def test_found_once(case):
    first = find_conflicts(case.competition, at=AT)
    again = find_conflicts(case.competition, at=AT)

    assert (first.new, again.new, again.gone) == (1, 0, 0)
    row = Conflict.objects.get()
    assert (row.kind, row.ground, row.state, row.by) == ("exclusion", "department", "standing", None)
    record = AuditRecord.objects.get(verb="conflict.found")
    assert record.detail == {"judge": case.judge.code, "entry": "E1", "ground": "department"}


def test_dismissed_is_not_found_again(case):
    make_conflict(case.judge, case.entry, state="dismissed", decided_at=AT)

    assert find_conflicts(case.competition, at=AT).new == 0
    assert Conflict.objects.get().state == "dismissed"


def test_ground_that_is_no_more(case):
    sheet = make_assignment(case.judge, case.entry)
    find_conflicts(case.competition, at=AT)
    User.objects.filter(pk=case.entrant.pk).update(department=None)

    looked = find_conflicts(case.competition, at=AT)

    sheet.refresh_from_db()
    assert (looked.gone, Conflict.objects.count(), sheet.state) == (1, 0, SheetState.ASSIGNED)
    assert AuditRecord.objects.filter(verb="conflict.gone").count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "recusal", "ground": "declared", "by": "judge"},
        {"kind": "exclusion", "ground": "relation", "by": "judge"},
        {"kind": "challenge", "ground": "challenged", "state": "open", "by": "judge"},
        {"ground": "earlier", "state": "dismissed", "decided_at": AT},
    ],
)
def test_what_people_wrote_or_decided_stays(case, fields):
    if "by" in fields:
        fields = fields | {"by": case.judge.user}
    make_conflict(case.judge, case.entry, **fields)

    find_conflicts(case.competition, at=AT)

    assert Conflict.objects.filter(ground=fields["ground"]).exists()


def test_one_of_the_other_judge_is_not_taken_away(case):
    find_conflicts(case.competition, at=AT)

    find_conflicts(case.competition, judge=make_judge(case.competition), at=AT)
    find_conflicts(case.competition, entry=make_accepted_entry(case.competition, code="E9"), at=AT)

    assert Conflict.objects.count() == 1


@pytest.mark.parametrize("state", [EntryState.DRAFT, EntryState.WITHDRAWN])
def test_entries_not_handed_in_are_not_looked_at(case, state):
    Entry.objects.filter(pk=case.entry.pk).update(state=state)

    assert find_conflicts(case.competition, at=AT).new == 0


@pytest.mark.parametrize("state", ["verification", "decided", "published", "cancelled"])
def test_nothing_changes_once_judging_is_over(case, state):
    case.competition.__class__.objects.filter(pk=case.competition.pk).update(state=state, published_at=AT)

    assert find_conflicts(case.competition, at=AT).new == 0


# Sheets


@pytest.mark.parametrize("state", [SheetState.ASSIGNED, SheetState.STARTED])
def test_sheet_not_signed_is_set_aside_and_gone_for_the_judge(case, state):
    sheet = make_assignment(case.judge, case.entry, state=state)

    find_conflicts(case.competition, at=AT)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.recused_reason) == (SheetState.RECUSED, "")
    assert not Assignment.objects.visible_to(case.judge.user).exists()


def test_signed_sheet_stays_and_does_not_count(case):
    organiser = make_user()
    grant(organiser, Role.ORGANISER, case.competition)
    sheet = make_assignment(case.judge, case.entry)
    sign(sheet, "30", "50")
    before = compute(case.competition, by=None, at=AT).outcome["entries"][0]

    find_conflicts(case.competition, at=AT)

    sheet.refresh_from_db()
    after = compute(case.competition, by=None, at=AT).outcome["entries"][0]
    assert (sheet.state, sheet.scores.count()) == (SheetState.SIGNED, 2)
    assert (before["status"], before["total"]) == ("ranked", "80")
    assert (after["status"], after["total"]) == ("unscored", None)
    assert AuditRecord.objects.get(verb="sheet.left_out").target_id == str(sheet.pk)
    assert "E1" in Message.objects.get(person=organiser, kind="conflict.sheets_left_out").body


def test_marks_of_a_judge_set_aside_are_never_zero(case):
    other = make_judge(case.competition, user=make_user())
    make_assignment(case.judge, case.entry)
    sign(make_assignment(other, case.entry), "20", "40")

    find_conflicts(case.competition, at=AT)

    (row,) = compute(case.competition, by=None, at=AT).outcome["entries"]
    assert (row["total"], row["rounds"]["written"]["judges"]) == ("60", 1)


def test_sheet_assigned_by_a_file_after_the_conflict_is_set_aside(case):
    find_conflicts(case.competition, at=AT)
    make_assignment(case.judge, case.entry)

    find_conflicts(case.competition, at=AT)

    assert states(case.judge) == [SheetState.RECUSED]


# When it runs


def test_when_an_entry_is_accepted():
    competition = make_closed_competition()
    user = make_user()
    make_judge(competition, user=user)
    entry = make_entry(competition, entrant=make_user(), state=EntryState.SUBMITTED)
    add_member(entry, user, state="removed")

    accept_entry(entry, by=None, at=AT)

    assert Conflict.objects.get().entry == entry


def test_when_many_entries_are_accepted():
    competition = make_closed_competition()
    user = make_user()
    make_judge(competition, user=user)
    for _number in range(2):
        entry = make_entry(competition, entrant=make_user(), state=EntryState.SUBMITTED)
        add_member(entry, user, state="removed")

    decide_many(competition.entries.all(), "accept", competition=competition, by=None, at=AT)

    assert Conflict.objects.count() == 2


def test_when_a_judge_is_named(case):
    office = case.office
    user = make_user(department=office)

    judge = name_judge(case.competition, email=user.email, by=None, at=AT)

    assert judge.conflicts.get().entry == case.entry


def test_when_a_tie_is_declared(case):
    ties = [{"kind": "family", "name": case.entrant.name}]

    declare_ties(case.judge, ties, by=case.judge.user, at=AT)

    assert case.judge.conflicts.filter(ground="relation").exists()


def test_when_the_team_changes():
    case = make_case_of_conflict()
    entry = make_entry(case.competition, entrant=make_user(), state=EntryState.RETURNED)
    Entry.objects.filter(pk=entry.pk).update(correction_due="2099-01-01T00:00Z")
    member = add_member(entry, case.judge.user)
    find_conflicts(case.competition, at=AT)

    remove_member(member, by=entry.entrant, at=AT)

    assert list(case.judge.conflicts.values_list("ground", flat=True)) == ["team_mate"]


def test_before_judging_begins(case):
    case.competition.__class__.objects.filter(pk=case.competition.pk).update(
        state=CompetitionState.ANNOUNCED, closes_at=AT
    )
    case.competition.refresh_from_db()

    start_judging(case.competition, by=None, at=AT)

    assert case.judge.conflicts.get().ground == "department"


def test_before_all_is_assigned(case):
    other = make_accepted_entry(case.competition, code="E2")

    assigned = assign_all(case.competition.rounds.get(), by=None, at=AT)

    assert list(case.judge.assignments.values_list("entry", flat=True)) == [other.pk]
    assert assigned.skipped == ((case.judge, case.entry),)


def test_before_one_judge_is_assigned_by_hand(case):
    with pytest.raises(ConflictOfInterest):
        set_assignments(
            case.judge,
            case.competition.rounds.get(),
            shown={case.entry.pk},
            chosen={case.entry.pk},
            by=None,
            at=AT,
        )


def test_by_the_clock(case):
    find_in_judged(at=AT)

    assert Conflict.objects.count() == 1


# Queries


def _queries(judges, entries):
    competition = make_judging_competition()
    office = make_department()
    people = [make_user(department=office) for _number in range(judges)]
    members = [make_judge(competition, user=user) for user in people]
    for number in range(entries):
        entry = make_accepted_entry(competition, code=f"E{number}", entrant=make_user(department=office))
        add_member(entry, people[0], state="removed")
        make_assignment(members[0], entry)
    with CaptureQueriesContext(connection) as captured:
        looked = find_conflicts(competition, at=AT)
    return len(captured), looked.new


def test_number_of_queries_does_not_grow():
    one, few = _queries(1, 1)
    three, many = _queries(3, 3)

    assert (few, many) == (2, 12)
    assert three == one


def test_nothing_is_asked_without_judges(django_assert_num_queries):
    competition = make_judging_competition()
    make_accepted_entry(competition, code="E1")

    with django_assert_num_queries(2):
        find_conflicts(competition, at=AT)

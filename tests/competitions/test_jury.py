import pytest

from accounts.errors import IllegalMove
from accounts.models import RoleGrant
from accounts.permissions import scope_of
from accounts.roles import Role
from competitions.actions.assigning.by_hand import assign_all, set_assignments
from competitions.actions.committee.jury import name_judge, remove_judge
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Assignment
from competitions.states import CompetitionState, EntryState, SheetState
from tests.factories import (
    AT,
    make_assignment,
    make_closed_competition,
    make_entry,
    make_judge,
    make_user,
)

pytestmark = pytest.mark.django_db


def active_judge_grants(user, competition):
    return RoleGrant.objects.active().filter(user=user, role=Role.JUDGE, scope=scope_of(competition)).count()


def test_name_judge_by_email_grants_the_role_for_this_competition():
    competition, user = make_closed_competition(), make_user(email="judge@example.org", name="김심사")

    judge = name_judge(competition, by=None, at=AT, email=" Judge@Example.org ")

    assert (judge.user, judge.code, judge.name) == (user, "J1", "김심사")
    assert active_judge_grants(user, competition) == 1


def test_name_judge_by_name_has_no_account():
    competition = make_closed_competition()
    name_judge(competition, by=None, at=AT, name="박위원")

    judge = name_judge(competition, by=None, at=AT, name="이위원")

    assert (judge.user, judge.code, judge.name) == (None, "J2", "이위원")


def test_name_judge_with_an_entry_is_a_conflict():
    competition, user = make_closed_competition(), make_user()
    make_entry(competition, entrant=user)

    with pytest.raises(ConflictOfInterest):
        name_judge(competition, by=None, at=AT, email=user.email)

    assert active_judge_grants(user, competition) == 0


def test_name_judge_who_withdrew_is_allowed():
    competition, user = make_closed_competition(), make_user()
    make_entry(competition, entrant=user, state=EntryState.WITHDRAWN)

    assert name_judge(competition, by=None, at=AT, email=user.email).user == user


@pytest.mark.parametrize("who", [{"email": "nobody@example.org"}, {"name": "  "}, {}])
def test_name_judge_without_a_person_is_refused(who):
    with pytest.raises(CompetitionError):
        name_judge(make_closed_competition(), by=None, at=AT, **who)


def test_name_judge_twice_is_refused():
    competition, user = make_closed_competition(), make_user()
    name_judge(competition, by=None, at=AT, email=user.email)

    with pytest.raises(CompetitionError):
        name_judge(competition, by=None, at=AT, email=user.email)

    assert competition.judges.count() == 1


def test_name_judge_after_the_decision_is_an_illegal_move():
    with pytest.raises(IllegalMove):
        name_judge(make_closed_competition(state=CompetitionState.DECIDED), by=None, at=AT, name="늦은 위원")


def test_remove_judge_revokes_the_role_and_unsigned_sheets():
    competition, user = make_closed_competition(), make_user()
    judge = name_judge(competition, by=None, at=AT, email=user.email)
    make_assignment(judge, make_entry(competition, state=EntryState.ACCEPTED))

    remove_judge(judge, by=None, at=AT)

    assert not competition.judges.exists()
    assert not Assignment.objects.exists()
    assert active_judge_grants(user, competition) == 0


def test_remove_judge_with_a_signed_sheet_is_an_illegal_move():
    competition = make_closed_competition()
    judge = make_judge(competition)
    entry = make_entry(competition, state=EntryState.ACCEPTED)
    make_assignment(judge, entry, state=SheetState.SIGNED, signed_at=AT)

    with pytest.raises(IllegalMove):
        remove_judge(judge, by=None, at=AT)

    assert competition.judges.count() == 1


def test_assign_all_leaves_out_own_entries_and_those_stepped_aside_from():
    competition = make_closed_competition()
    round_ = competition.rounds.get()
    entrant = make_user()
    own_judge, other = make_judge(competition, user=entrant), make_judge(competition)
    own = make_entry(competition, entrant=entrant, state=EntryState.ACCEPTED)
    recused = make_entry(competition, state=EntryState.ACCEPTED)
    make_entry(competition, state=EntryState.DISQUALIFIED)
    make_assignment(other, recused, state=SheetState.RECUSED, recused_reason="친척")

    assigned = assign_all(round_, by=None, at=AT)

    assert assigned.made == 2
    assert set(assigned.skipped) == {(own_judge, own), (other, recused)}
    assert set(Assignment.objects.exclude(state=SheetState.RECUSED).values_list("judge", "entry")) == {
        (own_judge.pk, recused.pk),
        (other.pk, own.pk),
    }


def test_assign_all_twice_adds_nothing():
    competition = make_closed_competition()
    make_judge(competition)
    make_entry(competition, state=EntryState.ACCEPTED)
    assign_all(competition.rounds.get(), by=None, at=AT)

    assert assign_all(competition.rounds.get(), by=None, at=AT).made == 0


def test_assign_all_without_judges_is_refused():
    competition = make_closed_competition()
    make_entry(competition, state=EntryState.ACCEPTED)

    with pytest.raises(CompetitionError):
        assign_all(competition.rounds.get(), by=None, at=AT)


def test_assign_all_in_a_draft_is_an_illegal_move():
    competition = make_closed_competition(state=CompetitionState.DRAFT)

    with pytest.raises(IllegalMove):
        assign_all(competition.rounds.get(), by=None, at=AT)


def test_set_assignments_adds_and_takes_away_only_what_was_shown():
    competition = make_closed_competition()
    judge, round_ = make_judge(competition), competition.rounds.get()
    kept, removed, added = (make_entry(competition, state=EntryState.ACCEPTED) for _ in range(3))
    make_assignment(judge, kept)
    make_assignment(judge, removed)

    counts = set_assignments(judge, round_, shown={removed.pk, added.pk}, chosen={added.pk}, by=None, at=AT)

    assert counts == (1, 1)
    assert set(judge.assignments.values_list("entry", flat=True)) == {kept.pk, added.pk}


def test_set_assignments_of_an_own_entry_is_a_conflict():
    competition, user = make_closed_competition(), make_user()
    judge = make_judge(competition, user=user)
    own = make_entry(competition, entrant=user, state=EntryState.ACCEPTED)

    with pytest.raises(ConflictOfInterest):
        set_assignments(judge, competition.rounds.get(), shown={own.pk}, chosen={own.pk}, by=None, at=AT)

    assert not judge.assignments.exists()


def test_set_assignments_never_takes_away_a_sheet_already_begun():
    competition = make_closed_competition()
    judge = make_judge(competition)
    entry = make_entry(competition, state=EntryState.ACCEPTED)
    make_assignment(judge, entry, state=SheetState.STARTED)

    with pytest.raises(IllegalMove):
        set_assignments(judge, competition.rounds.get(), shown={entry.pk}, chosen=set(), by=None, at=AT)

    assert judge.assignments.count() == 1


def test_set_assignments_ignores_entries_of_another_competition():
    competition = make_closed_competition()
    foreign = make_entry(make_closed_competition(), state=EntryState.ACCEPTED)
    judge = make_judge(competition)

    counts = set_assignments(
        judge, competition.rounds.get(), shown={foreign.pk}, chosen={foreign.pk}, by=None, at=AT
    )

    assert counts == (0, 0)

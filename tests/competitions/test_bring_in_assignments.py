import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.bringing_in.assignments import assignments_from_bytes, bring_in_assignments
from competitions.actions.bringing_in.files import BringInRefused
from competitions.models import Assignment, Conflict, Judge, JudgeRelation, Track
from competitions.states import CompetitionState, EntryState
from tests.competitions.assigned import make_panel, pairs_of
from tests.competitions.test_automatic_assigning import entered_by, entry_of, judge_of
from tests.factories import AT, make_assignment, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEAD = "round,judge,entry\n"


def bring(round_, rows, *, head=HEAD, **options):
    table = assignments_from_bytes(round_.competition, (head + rows).encode())
    return bring_in_assignments(round_.competition, table.assignments, by=None, at=AT, **options)


def refusal(round_, rows, **options):
    with pytest.raises(BringInRefused) as caught:
        bring(round_, rows, **options)
    assert not Assignment.objects.exists()
    return caught.value.sentences


def test_rows_become_sheets_and_the_same_file_changes_nothing():
    round_ = make_panel()
    rows = "written,J0,E0\nwritten,J1,E0\n"

    first, second = bring(round_, rows), bring(round_, rows)

    assert (first.new, first.unchanged, second.new, second.unchanged) == (2, 0, 0, 2)
    assert pairs_of(round_) == {("J0", "E0"), ("J1", "E0")}
    assert AuditRecord.objects.filter(verb="entries.assigned_by_file").count() == 2


def test_headings_may_be_korean():
    round_ = make_panel()

    bring(round_, "written,J0,E0\n", head="심사 단계,위원 코드,작품 코드\n")

    assert pairs_of(round_) == {("J0", "E0")}


def test_only_looking_stores_nothing():
    round_ = make_panel()

    assert bring(round_, "written,J0,E0\n", only_look=True).new == 1

    assert not Assignment.objects.exists()
    assert not AuditRecord.objects.filter(verb="entries.assigned_by_file").exists()


def test_every_fault_is_named_with_its_line_and_nothing_is_stored():
    sentences = refusal(
        make_panel(), "written,J0,E0\noral,J0,E1\nwritten,J9,E8\nwritten,J1,\nwritten,J0,E0\n"
    )

    assert [sentence.split(":")[0] for sentence in sentences] == [
        "Line 3, round", "Line 4, judge", "Line 4, entry", "Line 5, entry", "Line 6, entry",
    ]  # fmt: skip
    assert "line 2 already" in sentences[-1]


def test_a_missing_column_is_refused():
    assert "entry" in refusal(make_panel(), "written,J0\n", head="round,judge\n")[0]


def test_an_entry_that_is_not_accepted_is_refused():
    round_ = make_panel()
    round_.competition.entries.filter(code="E0").update(state=EntryState.SUBMITTED)

    [sentence] = refusal(round_, "written,J1,E1\nwritten,J0,E0\n")

    assert sentence.startswith("Line 3, entry: The entry “E0” is not judged")


def test_a_conflict_is_refused():
    round_ = make_panel()
    Conflict.objects.create(
        judge=judge_of(round_, "J0"), entry=entry_of(round_, "E0"), kind="recusal", ground="declared", at=AT
    )

    [sentence] = refusal(round_, "written,J0,E0\n")

    assert "conflict of interest" in sentence


def test_a_tie_nobody_has_looked_for_is_found_first():
    round_ = make_panel()
    entered_by(round_, "E0", make_user(email="kin@example.org"))
    JudgeRelation.objects.create(judge=judge_of(round_, "J0"), kind="family", email="kin@example.org", at=AT)

    [sentence] = refusal(round_, "written,J0,E0\n")

    assert "conflict of interest" in sentence


def test_an_own_entry_is_refused():
    round_ = make_panel()
    round_.competition.entries.filter(code="E0").update(entrant=judge_of(round_, "J0").user)

    [sentence] = refusal(round_, "written,J0,E0\n")

    assert sentence.startswith("Line 2, judge")


def test_another_track_is_refused():
    round_ = make_panel()
    other = Track.objects.create(competition=round_.competition, code="b", name="직원 부문")
    round_.competition.judges.filter(code="J0").update(track=other)

    [sentence] = refusal(round_, "written,J0,E0\n")

    assert "another track" in sentence


def test_a_judge_who_left_is_not_known():
    round_ = make_panel()
    round_.competition.judges.filter(code="J0").update(state=Judge.State.DROPPED)

    [sentence] = refusal(round_, "written,J0,E0\n")

    assert "“J0” is not known" in sentence


def test_more_than_a_judge_takes_is_refused_at_the_first_row():
    round_ = make_panel()
    round_.competition.judges.filter(code="J0").update(most_entries=1)

    [sentence] = refusal(round_, "written,J1,E0\nwritten,J0,E0\nwritten,J0,E1\n")

    assert sentence == "Line 3, judge: Judge J0 would have 2 entries in the round, but takes 1 at most."


def test_a_sheet_that_stands_is_never_refused():
    round_ = make_panel()
    make_assignment(judge_of(round_, "J0"), entry_of(round_, "E0"))
    round_.competition.judges.filter(code="J0").update(most_entries=0)

    assert bring(round_, "written,J0,E0\n").unchanged == 1


def test_after_the_decision_is_an_illegal_move():
    round_ = make_panel(state=CompetitionState.DECIDED)

    with pytest.raises(IllegalMove):
        bring(round_, "written,J0,E0\n")

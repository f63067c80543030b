from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.bringing_in.competitions import Brought, bring_in_competition
from competitions.actions.bringing_in.entries import bring_in_entries
from competitions.actions.bringing_in.files import BringInRefused
from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.actions.calls.records import record_of
from competitions.contest_files.records import EntryRecord, JudgeRecord, ScoreRecord
from competitions.errors import CompetitionError
from competitions.models import Assignment, Competition, Score
from competitions.results import sheet_sha256
from competitions.states import CompetitionState, EntryState, SheetState
from tests.competitions.test_competition_actions import a_record
from tests.factories import AT, make_assignment, make_closed_competition, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db


def paper_record(**fields):
    return a_record(announced_at=AT, judges=(JudgeRecord(code="J1", name="김위원"),), **fields)


def an_entry(code="E1", **fields):
    values = {
        "line": 2,
        "code": code,
        "title": "작품",
        "track": "a",
        "team": "",
        "summary": "요약",
        "submitted_at": None,
    }
    return EntryRecord(**values | fields)


def a_score(**fields):
    values = {
        "line": 2, "round": "written", "judge": "J1", "entry": "E1", "criterion": "idea",
        "points": Decimal("35.5"), "comment": "좋음",
    }  # fmt: skip
    return ScoreRecord(**values | fields)


def scored_competition(**fields):
    competition = make_closed_competition(**fields)
    make_judge(competition, code="J1")
    make_entry(competition, code="E1", state=EntryState.ACCEPTED)
    return competition


def test_bring_in_competition_already_announced():
    competition, is_new = bring_in_competition(paper_record(), by=None, at=AT)

    assert is_new
    assert competition.state == CompetitionState.ANNOUNCED
    assert record_of(competition) == paper_record()


def test_bring_in_competition_announced_later_is_a_draft():
    competition, _is_new = bring_in_competition(a_record(), by=None, at=AT)

    assert (competition.state, competition.announced_at) == (CompetitionState.DRAFT, None)


def test_bring_in_competition_twice_changes_nothing():
    bring_in_competition(paper_record(), by=None, at=AT)

    competition, is_new = bring_in_competition(paper_record(), by=None, at=AT)

    assert not is_new
    assert list(Competition.objects.all()) == [competition]


@pytest.mark.parametrize("change", [{"title": "다름"}, {"tracks": ()}, {"call": "다름"}])
def test_bring_in_changed_competition_is_refused(change):
    bring_in_competition(paper_record(), by=None, at=AT)

    with pytest.raises(CompetitionError):
        bring_in_competition(paper_record(**change), by=None, at=AT)

    assert record_of(Competition.objects.get()) == paper_record()


def test_bring_in_competition_with_too_long_values_names_every_place():
    record = paper_record(title="가" * 201, tracks=(replace(a_record().tracks[0], name="나" * 201),))

    with pytest.raises(BringInRefused) as refusal:
        bring_in_competition(record, by=None, at=AT)

    assert [sentence.split(":")[0] for sentence in refusal.value.sentences] == ["title", "tracks[1].name"]
    assert not Competition.objects.exists()


def test_bring_in_competition_with_a_reserved_address_is_refused():
    with pytest.raises(CompetitionError):
        bring_in_competition(paper_record(slug="new"), by=None, at=AT)


def test_bring_in_entries_are_accepted_with_a_snapshot():
    competition = make_closed_competition()

    brought = bring_in_entries(competition, [an_entry(), an_entry("E2", line=3)], by=None, at=AT)

    entry = competition.entries.get(code="E1")
    assert brought == Brought(new=2)
    assert (entry.state, entry.entrant, entry.track.code) == (EntryState.ACCEPTED, None, "a")
    assert entry.submitted_at == competition.closes_at
    assert entry.snapshot.content == entry.draft
    assert (entry.draft["case"]["title"], entry.draft["case"]["summary"]) == ("작품", "요약")


def test_bring_in_entries_twice_changes_nothing():
    competition = make_closed_competition()
    bring_in_entries(competition, [an_entry()], by=None, at=AT)

    assert bring_in_entries(competition, [an_entry()], by=None, at=AT) == Brought(unchanged=1)
    assert competition.entries.count() == 1


def test_bring_in_entry_with_another_title_under_the_same_code_is_refused():
    competition = make_closed_competition()
    bring_in_entries(competition, [an_entry()], by=None, at=AT)

    with pytest.raises(BringInRefused) as refusal:
        bring_in_entries(competition, [an_entry(title="다름", line=7), an_entry("E2")], by=None, at=AT)

    assert len(refusal.value.sentences) == 1
    assert "7" in refusal.value.sentences[0]
    assert competition.entries.count() == 1


def test_bring_in_entry_with_the_code_of_an_entry_made_on_the_site_is_refused():
    competition = make_closed_competition()
    make_entry(competition, entrant=make_user(), code="E1", title="작품", state=EntryState.SUBMITTED)

    with pytest.raises(BringInRefused):
        bring_in_entries(competition, [an_entry()], by=None, at=AT)


def test_bring_in_entry_with_a_long_summary_keeps_it_whole():
    competition = make_closed_competition()
    text = "가나다 " * 500

    bring_in_entries(competition, [an_entry(summary=text)], by=None, at=AT)

    case = competition.entries.get().snapshot.content["case"]
    assert len(case["summary"]) == 300
    assert case["approach"] == text.strip()


@pytest.mark.parametrize(
    "state", [CompetitionState.DECIDED, CompetitionState.PUBLISHED, CompetitionState.CANCELLED]
)
def test_bring_in_entries_after_the_decision_is_an_illegal_move(state):
    with pytest.raises(IllegalMove):
        bring_in_entries(make_closed_competition(state=state), [an_entry()], by=None, at=AT)


def test_bring_in_scores_makes_a_signed_sheet():
    competition = scored_competition()

    brought = bring_in_scores(
        competition, [a_score(), a_score(criterion="effect", points=None)], by=None, at=AT
    )

    sheet = Assignment.objects.get()
    assert brought == Brought(new=2)
    assert (sheet.state, sheet.signed_at) == (SheetState.SIGNED, AT)
    assert sheet.signed_sha256 == sheet_sha256(sheet)
    assert list(
        sheet.scores.order_by("criterion__code").values_list("criterion__code", "points", "comment")
    ) == [
        ("effect", None, "좋음"),
        ("idea", Decimal("35.5"), "좋음"),
    ]


def test_bring_in_scores_twice_changes_nothing():
    competition = scored_competition()
    bring_in_scores(competition, [a_score()], by=None, at=AT)

    brought = bring_in_scores(competition, [a_score()], by=None, at=AT)

    assert brought == Brought(unchanged=1)
    assert Score.objects.count() == 1


def test_bring_in_changed_score_replaces_it_and_is_audited():
    competition = scored_competition()
    bring_in_scores(competition, [a_score()], by=None, at=AT)
    before = Assignment.objects.get().signed_sha256

    brought = bring_in_scores(competition, [a_score(points=Decimal(10))], by=None, at=AT)

    sheet = Assignment.objects.get()
    assert brought == Brought(changed=1)
    assert Score.objects.get().points == Decimal(10)
    assert sheet.signed_sha256 == sheet_sha256(sheet) != before
    assert AuditRecord.objects.get(verb="score.changed_by_file").detail == {
        "criterion": "idea",
        "before": "35.5",
        "after": "10",
    }


def test_bring_in_scores_signs_a_sheet_assigned_before():
    competition = scored_competition()
    sheet = make_assignment(competition.judges.get(), competition.entries.get())

    bring_in_scores(competition, [a_score()], by=None, at=AT)

    sheet.refresh_from_db()
    assert sheet.state == SheetState.SIGNED


def test_bring_in_score_of_an_entry_not_accepted_is_refused():
    competition = scored_competition()
    competition.entries.update(state=EntryState.SUBMITTED)

    with pytest.raises(BringInRefused):
        bring_in_scores(competition, [a_score()], by=None, at=AT)

    assert not Assignment.objects.exists()


def test_bring_in_score_of_an_own_entry_is_refused():
    competition, user = scored_competition(), make_user()
    competition.entries.update(entrant=user)
    competition.judges.update(user=user)

    with pytest.raises(BringInRefused):
        bring_in_scores(competition, [a_score()], by=None, at=AT)


def test_bring_in_score_over_a_sheet_filled_in_on_the_site_is_refused():
    competition = scored_competition()
    competition.judges.update(user=make_user())
    make_assignment(competition.judges.get(), competition.entries.get(), state=SheetState.STARTED)

    with pytest.raises(BringInRefused):
        bring_in_scores(competition, [a_score()], by=None, at=AT)

    assert not Score.objects.exists()


def test_bring_in_score_of_a_judge_who_stepped_aside_is_refused():
    competition = scored_competition()
    make_assignment(competition.judges.get(), competition.entries.get(), state=SheetState.RECUSED)

    with pytest.raises(BringInRefused):
        bring_in_scores(competition, [a_score()], by=None, at=AT)


def test_one_bad_score_keeps_all_out():
    competition = scored_competition()
    make_entry(competition, code="E2", state=EntryState.DISQUALIFIED)

    with pytest.raises(BringInRefused):
        bring_in_scores(competition, [a_score(), a_score(entry="E2")], by=None, at=AT)

    assert not Score.objects.exists()


@pytest.mark.parametrize(
    "state", [CompetitionState.DECIDED, CompetitionState.PUBLISHED, CompetitionState.CANCELLED]
)
def test_bring_in_scores_after_the_decision_is_an_illegal_move(state):
    with pytest.raises(IllegalMove):
        bring_in_scores(scored_competition(state=state), [a_score()], by=None, at=AT)

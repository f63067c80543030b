from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from accounts.permissions import scope_of
from accounts.roles import Role
from competitions.actions.calls.changes import change_competition
from competitions.actions.calls.competitions import (
    announce_competition,
    cancel_competition,
    create_competition,
    start_judging,
)
from competitions.actions.calls.records import fingerprint, record_of
from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    RoundRecord,
    TrackRecord,
)
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import Competition, Criterion
from competitions.permissions import can_manage_competition
from competitions.states import CompetitionState, EntryState
from tests.factories import AT, make_closed_competition, make_competition, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db


def a_criterion(**fields):
    values = {
        "code": "c1",
        "name": "창의성",
        "description": "",
        "max": Decimal(40),
        "weight": Decimal(1),
        "required": True,
    }
    return CriterionRecord(**values | fields)


def a_round(**fields):
    return RoundRecord(
        code="written", name="서면", kind="written", weight=Decimal(100), criteria=(a_criterion(**fields),)
    )


def a_record(**fields):
    values = {
        "slug": "새-공모전",
        "title": "새 공모전",
        "kind": "resident",
        "profile": "light",
        "announced_at": None,
        "opens_at": datetime(2099, 1, 1, tzinfo=UTC),
        "closes_at": datetime(2099, 2, 1, tzinfo=UTC),
        "call": "## 목적",
        "tracks": (TrackRecord(code="t1", name="주민"),),
        "judges": (),
        "rounds": (
            RoundRecord(
                code="written", name="서면", kind="written", weight=Decimal(100), criteria=(a_criterion(),)
            ),
        ),
        "awards": (AwardRecord(code="a1", name="대상", count=1, prize=""),),
    }
    return CompetitionRecord(**values | fields)


def test_create_competition_stores_what_the_record_says():
    organiser = make_user(Role.ORGANISER)

    competition = create_competition(a_record(), by=organiser, at=AT)

    assert record_of(competition) == a_record()
    assert competition.state == CompetitionState.DRAFT
    assert organiser.grants.filter(role=Role.ORGANISER, scope=scope_of(competition)).count() == 1
    assert AuditRecord.objects.filter(verb="competition.created", by=organiser).count() == 1


def test_create_competition_twice_with_one_key_is_one_competition():
    organiser, key = make_user(), uuid4()

    first = create_competition(a_record(), by=organiser, at=AT, idempotency_key=key)
    second = create_competition(a_record(), by=organiser, at=AT, idempotency_key=key)

    assert first == second
    assert Competition.objects.count() == 1


def test_creator_manages_the_competition_without_a_site_wide_role():
    person = make_user()

    competition = create_competition(a_record(), by=person, at=AT)

    assert can_manage_competition(person, competition)


def test_create_competition_with_a_taken_address_is_refused():
    create_competition(a_record(), by=make_user(), at=AT)

    with pytest.raises(CompetitionError):
        create_competition(a_record(), by=make_user(), at=AT)

    assert Competition.objects.count() == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"slug": "new"},
        {"closes_at": datetime(2099, 1, 1, tzinfo=UTC)},
        {"tracks": ()},
        {"tracks": (TrackRecord(code="t", name="a"), TrackRecord(code="t", name="b"))},
        {"rounds": ()},
        {"rounds": (replace(a_record().rounds[0], criteria=()),)},
        {"rounds": (replace(a_record().rounds[0], weight=Decimal(0)),)},
        {"rounds": (replace(a_record().rounds[0], criteria=(a_criterion(max=Decimal(0)),)),)},
        {"rounds": (replace(a_record().rounds[0], criteria=(a_criterion(), a_criterion())),)},
        {"tracks": (TrackRecord(code="t", name="주민", closes_at=datetime(2099, 2, 2, tzinfo=UTC)),)},
        {"tracks": (TrackRecord(code="t", name="주민", description="가" * 2001),)},
        {"rounds": (a_round(description="가" * 2001),)},
    ],
)
def test_create_competition_with_a_broken_rule_is_refused(broken):
    with pytest.raises(CompetitionError):
        create_competition(a_record(**broken), by=make_user(), at=AT)

    assert not Competition.objects.exists()


def test_change_draft_replaces_everything():
    competition = create_competition(a_record(), by=make_user(), at=AT)
    after = a_record(
        title="다른 이름",
        tracks=(TrackRecord(code="x", name="직원"),),
        rounds=(replace(a_record().rounds[0], criteria=(a_criterion(max=Decimal(100)),)),),
    )

    change_competition(competition, after, by=None, at=AT, seen=fingerprint(record_of(competition)))

    assert record_of(Competition.objects.get()) == after


def test_change_of_what_somebody_else_changed_is_refused():
    competition = create_competition(a_record(), by=make_user(), at=AT)
    seen = fingerprint(record_of(competition))
    change_competition(competition, a_record(title="먼저"), by=None, at=AT, seen=seen)

    with pytest.raises(CompetitionError):
        change_competition(competition, a_record(title="나중"), by=None, at=AT, seen=seen)

    assert Competition.objects.get().title == "먼저"


def announced(**fields):
    competition = create_competition(a_record(), by=make_user(), at=AT)
    announce_competition(competition, by=None, at=AT)
    return competition


def test_change_of_an_announced_call_without_a_notice_is_refused():
    competition = announced()

    with pytest.raises(IllegalMove):
        change_competition(competition, a_record(title="다름"), by=None, at=AT)

    assert Competition.objects.get().title == a_record().title


def test_change_after_judging_began_is_refused():
    competition = make_competition(state=CompetitionState.JUDGING)

    with pytest.raises(IllegalMove):
        change_competition(competition, record_of(competition), by=None, at=AT)


def test_change_of_criteria_with_entries_is_refused():
    competition = make_competition(state=CompetitionState.DRAFT)
    make_entry(competition, state=EntryState.ACCEPTED)
    record = record_of(competition)

    with pytest.raises(CompetitionError):
        change_competition(competition, replace(record, awards=()), by=None, at=AT)

    assert competition.award_tiers.count() == 2


def test_announce_makes_the_call_public():
    competition = announced()

    assert competition.state == CompetitionState.ANNOUNCED
    assert competition.announced_at == AT
    assert list(Competition.objects.public()) == [competition]


def test_announce_with_an_empty_call_is_refused():
    competition = make_competition(state=CompetitionState.DRAFT, call=" \n")

    with pytest.raises(CompetitionError):
        announce_competition(competition, by=None, at=AT)


def test_announce_without_track_is_refused():
    competition = make_competition(state=CompetitionState.DRAFT)
    competition.tracks.all().delete()

    with pytest.raises(CompetitionError):
        announce_competition(competition, by=None, at=AT)


def test_announce_without_criterion_is_refused():
    competition = make_competition(state=CompetitionState.DRAFT)
    Criterion.objects.all().delete()

    with pytest.raises(CompetitionError):
        announce_competition(competition, by=None, at=AT)


def test_announce_after_the_closing_time_is_too_late():
    competition = make_closed_competition(state=CompetitionState.DRAFT)

    with pytest.raises(TooLate):
        announce_competition(competition, by=None, at=AT)


def test_announce_twice_is_an_illegal_move():
    competition = announced()

    with pytest.raises(IllegalMove):
        announce_competition(competition, by=None, at=AT)


def ready_for_judging(**fields):
    competition = make_closed_competition(**fields)
    make_entry(competition, state=EntryState.ACCEPTED)
    make_judge(competition)
    return competition


def test_start_judging_after_the_deadline():
    competition = ready_for_judging()

    start_judging(competition, by=None, at=AT)

    assert competition.state == CompetitionState.JUDGING
    assert AuditRecord.objects.filter(verb="competition.judging_started").count() == 1


def test_start_judging_before_the_deadline_is_too_early_by_the_database_clock():
    competition = make_competition()
    make_entry(competition, state=EntryState.ACCEPTED)
    make_judge(competition)

    with pytest.raises(TooEarly):
        start_judging(competition, by=None, at=competition.closes_at + timedelta(days=1))


def test_start_judging_with_unscreened_entries_is_refused():
    competition = ready_for_judging()
    make_entry(competition, state=EntryState.SUBMITTED)

    with pytest.raises(CompetitionError):
        start_judging(competition, by=None, at=AT)


def test_start_judging_without_judges_is_refused():
    competition = make_closed_competition()
    make_entry(competition, state=EntryState.ACCEPTED)

    with pytest.raises(CompetitionError):
        start_judging(competition, by=None, at=AT)


def test_start_judging_without_accepted_entries_is_refused():
    competition = make_closed_competition()
    make_judge(competition)

    with pytest.raises(CompetitionError):
        start_judging(competition, by=None, at=AT)


def test_start_judging_twice_is_an_illegal_move():
    competition = ready_for_judging()
    rival = Competition.objects.get()
    start_judging(competition, by=None, at=AT)

    with pytest.raises(IllegalMove):
        start_judging(rival, by=None, at=AT)


def test_cancel_keeps_entries():
    competition = ready_for_judging()

    cancel_competition(competition, by=None, at=AT, reason="예산 삭감")

    assert competition.state == CompetitionState.CANCELLED
    assert competition.entries.count() == 1


def test_cancel_without_reason_is_refused():
    with pytest.raises(CompetitionError):
        cancel_competition(make_competition(), by=None, at=AT, reason=" ")


def test_cancel_of_published_results_is_an_illegal_move():
    competition = make_competition(state=CompetitionState.PUBLISHED)

    with pytest.raises(IllegalMove):
        cancel_competition(competition, by=None, at=AT, reason="늦음")

from dataclasses import replace

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.calls.competitions import announce_competition, cancel_competition
from competitions.actions.calls.gates import GateRefused, override_gate
from competitions.actions.calls.notices import change_call
from competitions.actions.calls.records import fingerprint, record_of
from competitions.contest_files.call_records import ContactRecord, EligibilityRecord, FaqRecord
from competitions.errors import CompetitionError, TooLate
from competitions.models import CallNotice, Competition
from competitions.states import CompetitionState
from tests.competitions.rules.contests import DAY, make_full_competition
from tests.factories import AT, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db


def announced(**fields):
    competition = make_full_competition(**fields)
    announce_competition(competition, by=None, at=AT)
    return competition


def change(competition, *, kind="change", at=AT, exception="", seen=None, text="무엇을 왜", **values):
    record = replace(record_of(Competition.objects.get(pk=competition.pk)), **values)
    return change_call(
        competition, record, text=text, kind=kind, exception=exception, by=None, at=at, seen=seen
    )


def with_prize(competition, prize):
    awards = record_of(competition).awards
    return (replace(awards[0], prize=prize), *awards[1:])


def test_announcing_is_notice_one():
    competition = announced()

    notice = competition.call_notices.get()

    assert (notice.number, notice.kind, notice.at) == (1, CallNotice.Kind.ANNOUNCEMENT, AT)


def test_cancelling_an_announced_call_is_a_notice():
    competition = announced()

    cancel_competition(competition, by=None, at=AT, reason="예산 삭감")

    notice = competition.call_notices.last()
    assert (notice.number, notice.kind, notice.text) == (2, CallNotice.Kind.CANCELLATION, "예산 삭감")


def test_cancelling_a_draft_is_no_notice():
    competition = make_full_competition()

    cancel_competition(competition, by=None, at=AT, reason="예산 삭감")

    assert not competition.call_notices.exists()


def test_change_tells_before_and_after():
    competition, person = announced(), make_user()
    record = replace(record_of(competition), title="새 이름")

    notice = change_call(competition, record, text=" 이름을 바꿉니다. ", kind="change", by=person, at=AT)

    assert (notice.number, notice.text, notice.by) == (2, "이름을 바꿉니다.", person)
    assert notice.changes == [{"field": "title", "before": competition.title, "after": "새 이름"}]
    assert Competition.objects.get().title == "새 이름"
    detail = AuditRecord.objects.get(verb="competition.call_changed").detail
    assert detail == {"fields": ["title"], "kind": "change"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": "가" * 5001},
        {"kind": "announcement"},
        {"kind": "correction"},
        {"kind": "correction", "exception": "mood"},
        {"title": None},  # nothing changed
    ],
)
def test_incomplete_notice_is_refused(wrong):
    competition = announced()
    if "title" in wrong:
        wrong = {"title": competition.title}

    with pytest.raises(CompetitionError):
        change(competition, **{"title": "새 이름"} | wrong)

    assert competition.call_notices.count() == 1
    assert Competition.objects.get().title == competition.title


def test_change_of_what_somebody_else_changed_is_refused():
    competition = announced()
    seen = fingerprint(record_of(competition))
    change(competition, title="먼저")

    with pytest.raises(CompetitionError):
        change(competition, title="나중", seen=seen)

    assert Competition.objects.get().title == "먼저"


@pytest.mark.parametrize("state", [CompetitionState.DRAFT, CompetitionState.JUDGING])
def test_notice_of_a_competition_that_is_not_announced_is_refused(state):
    with pytest.raises(IllegalMove):
        change(make_competition(state=state), title="새 이름")


@pytest.mark.parametrize(
    "broken",
    [
        {"slug": "다른-주소"},
        {"opens_at": AT + 2 * DAY},
        {"closes_at": AT + 20 * DAY},
        {"profile": "light"},
        {"call": " "},
    ],
)
def test_change_that_breaks_a_promise_is_refused(broken):
    competition = announced()

    with pytest.raises(CompetitionError):
        change(competition, **broken)

    assert competition.call_notices.count() == 1


def test_track_that_closes_earlier_is_refused():
    competition = announced()
    tracks = tuple(replace(each, closes_at=AT + 20 * DAY) for each in record_of(competition).tracks)

    with pytest.raises(CompetitionError):
        change(competition, tracks=tracks)


def test_article_5_3_refuses_a_change_four_days_before_the_close():
    competition = announced(opens_at=AT + 28 * DAY)

    with pytest.raises(GateRefused):
        change(competition, at=AT + 26 * DAY, title="새 이름")

    assert competition.call_notices.count() == 1
    assert Competition.objects.get().title == competition.title


def test_article_5_3_light_profile_does_not_refuse():
    competition = announced(opens_at=AT + 28 * DAY, profile="light")

    change(competition, at=AT + 26 * DAY, title="새 이름")

    assert Competition.objects.get().title == "새 이름"


def test_article_5_3_takes_a_late_change_that_moves_the_close():
    competition = announced(opens_at=AT + 28 * DAY)

    change(competition, at=AT + 26 * DAY, title="새 이름", closes_at=AT + 31 * DAY)

    assert Competition.objects.get().closes_at == AT + 31 * DAY


def test_article_5_3_takes_a_late_change_with_an_override():
    competition = announced(opens_at=AT + 28 * DAY)
    override_gate(competition, "renotice", reason="법령 개정", by=None, at=AT)

    change(competition, at=AT + 26 * DAY, title="새 이름")

    assert Competition.objects.get().title == "새 이름"


@pytest.mark.parametrize("exception", ["calculation", "typing", "omission"])
def test_article_5_3_takes_a_late_correction(exception):
    competition = announced(opens_at=AT + 28 * DAY)

    notice = change(competition, at=AT + 26 * DAY, kind="correction", exception=exception, title="새 이름")

    assert notice.text.endswith(": 무엇을 왜")


def test_article_5_3_takes_a_late_change_of_the_contact():
    competition = announced(opens_at=AT + 28 * DAY)

    change(competition, at=AT + 26 * DAY, contact=ContactRecord(office="정보통신과"))

    assert Competition.objects.get().contact_record.office == "정보통신과"


def test_correction_of_amounts_is_refused():
    competition = announced()
    moves = [
        {"closes_at": AT + 40 * DAY},
        {"eligibility": EligibilityRecord(who=("staff",))},
        {"verification_days": 20},
        {"terms": ()},
        {"awards": with_prize(competition, "100만 원")},
    ]

    for values in moves:
        with pytest.raises(CompetitionError):
            change(competition, kind="correction", exception="typing", **values)

    assert competition.call_notices.count() == 1


def test_correction_of_an_awards_name():
    competition = announced()
    awards = record_of(competition).awards

    change(
        competition,
        kind="correction",
        exception="typing",
        awards=(replace(awards[0], name="큰상"), awards[1]),
    )

    assert competition.award_tiers.first().name == "큰상"


def test_change_while_open_of_the_plan_and_answers():
    competition = announced()

    change(
        competition, at=AT + 2 * DAY, faq=(FaqRecord(question="되나요?", answer="됩니다."),), call="## 새 글"
    )

    assert Competition.objects.get().call == "## 새 글"


@pytest.mark.parametrize(
    "late", [{"title": "늦음"}, {"eligibility": EligibilityRecord(who=("staff",))}, {"terms": ()}]
)
def test_change_while_open_of_what_entrants_rely_on_is_too_late(late):
    competition = announced()

    with pytest.raises(TooLate):
        change(competition, at=competition.opens_at, **late)

    assert competition.call_notices.count() == 1


def test_change_of_awards_while_open_without_entries():
    competition = announced()

    change(competition, at=AT + 2 * DAY, awards=with_prize(competition, "10만 원"))

    assert competition.award_tiers.first().prize == "10만 원"


@pytest.mark.parametrize("days", [0, 2])
def test_change_of_awards_with_entries_is_refused(days):
    competition = announced()
    make_entry(competition)

    with pytest.raises(CompetitionError):
        change(competition, at=AT + days * DAY, awards=())

    assert competition.award_tiers.count() == 2


def test_change_after_the_close_is_too_late():
    competition = announced()

    with pytest.raises(TooLate):
        change(competition, at=competition.closes_at, contact=ContactRecord(office="정보통신과"))


def test_extension_with_entries_moves_the_close():
    competition = announced()
    make_entry(competition)

    notice = change(competition, kind="extension", at=AT + 29 * DAY, closes_at=AT + 40 * DAY)

    assert notice.kind == CallNotice.Kind.EXTENSION
    assert Competition.objects.get().closes_at == AT + 40 * DAY
    assert competition.entries.get().track == competition.tracks.get()


def test_extension_of_a_track_keeps_its_row():
    competition = announced()
    track = competition.tracks.get()
    track.closes_at = AT + 20 * DAY
    track.save()
    make_entry(competition)
    tracks = tuple(replace(each, closes_at=AT + 25 * DAY) for each in record_of(competition).tracks)

    change(competition, kind="extension", tracks=tracks)

    track.refresh_from_db()
    assert track.closes_at == AT + 25 * DAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_at": AT + 29 * DAY},
        {"closes_at": AT + 40 * DAY, "title": "새 이름"},
        {"title": "새 이름"},
    ],
)
def test_extension_of_anything_else_is_refused(wrong):
    competition = announced()

    with pytest.raises(CompetitionError):
        change(competition, kind="extension", **wrong)

    assert competition.call_notices.count() == 1


def test_extension_of_a_track_beyond_the_competition_is_refused():
    competition = announced()
    tracks = tuple(replace(each, closes_at=AT + 50 * DAY) for each in record_of(competition).tracks)

    with pytest.raises(CompetitionError):
        change(competition, kind="extension", tracks=tracks)


def test_extension_to_a_time_that_has_passed_is_refused():
    competition = announced(grace_seconds=600)
    late = competition.closes_at

    with pytest.raises(CompetitionError):
        change(competition, kind="extension", at=late + DAY / 1440 * 5, closes_at=late + DAY / 1440)


def test_extension_within_the_grace_time():
    competition = announced(grace_seconds=600)

    change(competition, kind="extension", at=competition.closes_at + DAY / 1440, closes_at=AT + 40 * DAY)

    assert Competition.objects.get().closes_at == AT + 40 * DAY


@pytest.mark.parametrize("grace", [0, 60])
def test_extension_after_the_grace_time_is_too_late(grace):
    competition = announced(grace_seconds=grace)

    with pytest.raises(TooLate):
        change(competition, kind="extension", at=competition.closes_at + DAY / 1440, closes_at=AT + 40 * DAY)

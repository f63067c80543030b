from copy import deepcopy
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Consent
from casebook.content import ContentRefused, clean_case, clean_prompt, content_sha256
from competitions.actions.entries.consents import ENTRY_CONSENTS, ConsentMissing
from competitions.actions.entries.drafts import StaleEntry, save_draft, withdraw_entry
from competitions.actions.entries.submissions import submit_entry
from competitions.entry_content import changed_since_submission
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import Competition, Entry, Snapshot
from competitions.states import CompetitionState, EntryState
from tests.factories import make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
CONTENT = {
    "case": {
        "title": "민원 답변 초안",
        "summary": "답변 초안을 5분 만에 씁니다.",
        "problem": "30분씩 걸렸습니다.",
        "approach": "민원 요지를 넣어 초안을 받습니다.",
    },
    "prompts": [
        {"title": "답변 초안", "messages": [{"role": "user", "content": "{{민원요지}}에 답해 주세요."}]}
    ],
}


def written(**case):
    content = deepcopy(CONTENT)
    content["case"] |= case
    return content


def save(competition, user, content=CONTENT, **more):
    values = {
        "by": user,
        "at": timezone.now(),
        "track": competition.tracks.first(),
        "idempotency_key": uuid4(),
    }
    return save_draft(competition, content, **values | more)


def again(entry, user, content, **more):
    return save(entry.competition, user, content, entry=entry, **more)


def close(competition):
    Competition.objects.filter(pk=competition.pk).update(closes_at=datetime(2026, 6, 1, tzinfo=UTC))


def test_save_draft_stores_unfinished_text():
    user, competition = make_user(), make_competition()

    entry = save(
        competition, user, {"case": {"title": "", "problem": "<b>오래</b>"}, "prompts": []}, team="새벽"
    )

    entry.refresh_from_db()
    assert entry.draft == {
        "case": {"title": "", "problem": "<b>오래</b>"},
        "prompts": [],
        "entry": {"track": "a", "team": "새벽"},
    }
    assert (entry.state, entry.title, entry.team, entry.revision) == (EntryState.DRAFT, "", "새벽", 1)


def test_save_draft_leaves_out_what_no_database_holds():
    entry = save(make_competition(), make_user(), written(problem="가\x00나"))

    assert Entry.objects.get(pk=entry.pk).draft["case"]["problem"] == "가나"


def test_save_draft_with_the_same_key_is_one_entry():
    user, competition, key = make_user(), make_competition(), uuid4()

    first = save(competition, user, idempotency_key=key)
    second = save(competition, user, idempotency_key=key)

    assert second == first
    assert Entry.objects.get().revision == 1


def test_save_draft_in_a_second_window_is_refused():
    user, competition = make_user(), make_competition()
    entry = save(competition, user)

    with pytest.raises(StaleEntry) as refusal:
        save(competition, user, written(title="다른 제목"))

    assert refusal.value.entry == entry
    assert Entry.objects.get().title == "민원 답변 초안"


def test_save_draft_with_a_strangers_key_is_refused():
    competition, key = make_competition(), uuid4()
    save(competition, make_user(), idempotency_key=key)

    with pytest.raises(CompetitionError):
        save(competition, make_user(), idempotency_key=key)


def test_save_draft_over_a_newer_one_is_refused():
    user = make_user()
    entry = save(make_competition(), user)
    again(entry, user, written(title="둘째"), revision=1)

    with pytest.raises(StaleEntry):
        again(entry, user, written(title="셋째"), revision=1)

    entry.refresh_from_db()
    assert (entry.title, entry.revision) == ("둘째", 2)


def test_save_draft_repeated_with_an_old_revision_changes_nothing():
    user = make_user()
    entry = save(make_competition(), user)
    again(entry, user, written(title="둘째"), revision=1)

    assert again(entry, user, written(title="둘째"), revision=1).revision == 2


def test_save_draft_with_a_foreign_track_is_refused():
    with pytest.raises(CompetitionError):
        save(make_competition(), make_user(), track=make_competition().tracks.first())

    assert not Entry.objects.exists()


def test_save_draft_of_an_over_long_text_is_refused():
    with pytest.raises(ContentRefused) as refusal:
        save(make_competition(), make_user(), written(problem="가" * 50_001))

    assert [problem.path for problem in refusal.value.problems] == ["case.problem"]
    assert not Entry.objects.exists()


def test_save_draft_before_opening_is_refused():
    competition = make_competition(opens_at=timezone.now() + timedelta(days=1))

    with pytest.raises(TooEarly):
        save(competition, make_user())


def test_save_draft_after_the_deadline_is_refused():
    competition = make_competition()
    close(competition)

    with pytest.raises(TooLate):
        save(competition, make_user())


@pytest.mark.parametrize(
    "state", [CompetitionState.JUDGING, CompetitionState.PUBLISHED, CompetitionState.CANCELLED]
)
def test_save_draft_once_judging_began_is_refused(state):
    with pytest.raises(TooLate):
        save(make_competition(state=state), make_user())


def test_save_draft_of_a_draft_competition_is_refused():
    with pytest.raises(TooEarly):
        save(make_competition(state=CompetitionState.DRAFT), make_user())


def test_submit_entry_freezes_the_whole_content():
    user = make_user()
    entry = save(make_competition(), user)

    snapshot = submit_entry(entry, by=user)

    entry.refresh_from_db()
    assert set(snapshot.content) == {"case", "prompts"}
    assert snapshot.content["case"] == clean_case(CONTENT["case"])
    assert [blank["key"] for blank in snapshot.content["prompts"][0]["variables"]] == ["민원요지"]
    assert clean_prompt(snapshot.content["prompts"][0]) == snapshot.content["prompts"][0]
    assert snapshot.content_sha256 == content_sha256(Snapshot.objects.get().content)
    assert (entry.state, entry.snapshot, entry.code) == (EntryState.SUBMITTED, snapshot, f"E{entry.pk:05d}")
    assert (entry.title, entry.summary) == ("민원 답변 초안", "답변 초안을 5분 만에 씁니다.")
    assert entry.submitted_at == snapshot.submitted_at


def test_submit_entry_numbers_the_receipt():
    user, competition = make_user(), make_competition()
    entry = save(competition, user)

    snapshot = submit_entry(entry, by=user)

    year = timezone.localtime(snapshot.submitted_at).year
    assert snapshot.receipt_number.startswith(f"R{year}-{competition.pk:03d}-{entry.pk:06d}-01-")


def test_submit_entry_takes_the_databases_time():
    user = make_user()
    entry = save(make_competition(), user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        before = cursor.fetchone()[0]
        snapshot = submit_entry(entry, by=user)
        cursor.execute("SELECT clock_timestamp()")
        after = cursor.fetchone()[0]

    assert before <= snapshot.submitted_at <= after


def test_submit_entry_unchanged_keeps_its_receipt():
    user = make_user()
    entry = save(make_competition(), user)

    assert submit_entry(entry, by=user) == submit_entry(entry, by=user)
    assert Snapshot.objects.count() == 1


def test_submit_entry_changed_adds_a_snapshot():
    user = make_user()
    entry = save(make_competition(), user)
    first = submit_entry(entry, by=user)
    entry = again(entry, user, written(title="고친 제목"), revision=1)

    second = submit_entry(entry, by=user)

    entry.refresh_from_db()
    assert [s.number for s in entry.snapshots.all()] == [1, 2]
    assert (entry.snapshot, entry.title) == (second, "고친 제목")
    assert Snapshot.objects.get(pk=first.pk).content["case"]["title"] == "민원 답변 초안"


def test_save_draft_after_submission_changes_only_the_draft():
    user = make_user()
    entry = save(make_competition(), user)
    snapshot = submit_entry(entry, by=user)

    again(entry, user, written(title="고친 제목"), revision=1, team="새 팀")

    entry.refresh_from_db()
    assert (entry.state, entry.title, entry.team) == (EntryState.SUBMITTED, "민원 답변 초안", "")
    assert entry.snapshot == snapshot
    assert entry.draft["case"]["title"] == "고친 제목"
    assert changed_since_submission(entry)


def test_submit_entry_records_consents_and_audit():
    user = make_user()
    submit_entry(save(make_competition(), user), by=user)

    assert dict(Consent.objects.values_list("purpose", "text_version")) == ENTRY_CONSENTS
    assert list(AuditRecord.objects.order_by("pk").values_list("verb", flat=True)) == [
        "entry.created",
        "entry.submitted",
    ]


def test_submit_entry_with_earlier_consents_keeps_them():
    user = make_user()
    submit_entry(save(make_competition(), user), by=user)

    submit_entry(save(make_competition(), user), by=user)

    assert Consent.objects.count() == 3


def test_submit_entry_without_a_consent_is_refused():
    user = make_user()
    entry = save(make_competition(), user)

    with pytest.raises(ConsentMissing):
        submit_entry(entry, by=user, consents=["entry-privacy", "entry-licence"])

    assert not Snapshot.objects.exists()


def test_submit_entry_names_every_fault():
    user = make_user()
    entry = save(make_competition(), user, {"case": {"effect": {"minutes_before": "많이"}}, "prompts": []})

    with pytest.raises(ContentRefused) as refusal:
        submit_entry(entry, by=user)

    assert sorted(problem.path for problem in refusal.value.problems) == [
        "case.approach",
        "case.effect.minutes_before",
        "case.problem",
        "case.summary",
        "case.title",
        "prompts.0.title",
    ]


def test_submit_entry_with_four_prompts_is_refused():
    user = make_user()
    entry = save(make_competition(), user, CONTENT | {"prompts": CONTENT["prompts"] * 4})

    with pytest.raises(ContentRefused):
        submit_entry(entry, by=user)


def test_submit_entry_after_the_deadline_names_both_times():
    user, competition = make_user(), make_competition()
    entry = save(competition, user)
    close(competition)

    with pytest.raises(TooLate, match=r"09:00:00.*\d\d:\d\d:\d\d"):
        submit_entry(entry, by=user)

    entry.refresh_from_db()
    assert entry.state == EntryState.DRAFT


def test_submit_entry_before_opening_is_refused():
    user = make_user()
    entry = make_entry(make_competition(opens_at=timezone.now() + timedelta(days=1)), entrant=user)

    with pytest.raises(TooEarly):
        submit_entry(entry, by=user)


@pytest.mark.parametrize("state", [EntryState.WITHDRAWN, EntryState.ACCEPTED, EntryState.DISQUALIFIED])
def test_submit_entry_decided_or_withdrawn_is_refused(state):
    user = make_user()
    entry = make_entry(make_competition(), entrant=user, state=state)

    with pytest.raises(IllegalMove):
        submit_entry(entry, by=user)


def test_submit_entry_without_a_track_among_several_is_refused():
    user, competition = make_user(), make_competition()
    competition.tracks.create(code="b", name="직원 부문")
    entry = save(competition, user, track=None)

    with pytest.raises(CompetitionError):
        submit_entry(entry, by=user)


def test_submit_entry_takes_the_only_track():
    user, competition = make_user(), make_competition()
    entry = save(competition, user, track=None)

    submit_entry(entry, by=user)

    entry.refresh_from_db()
    assert entry.track == competition.tracks.get()
    assert not changed_since_submission(entry)


def test_submit_entry_brought_in_keeps_its_team():
    user = make_user()
    entry = make_entry(make_competition(), entrant=user, team="새벽팀")

    submit_entry(entry, by=user)

    entry.refresh_from_db()
    assert (entry.team, entry.state) == ("새벽팀", EntryState.SUBMITTED)
    assert not changed_since_submission(entry)


def test_withdraw_entry_keeps_its_snapshots():
    user = make_user()
    entry = save(make_competition(), user)
    snapshot = submit_entry(entry, by=user)

    withdraw_entry(entry, by=user, at=timezone.now())

    entry.refresh_from_db()
    assert (entry.state, entry.snapshot) == (EntryState.WITHDRAWN, snapshot)
    assert AuditRecord.objects.latest("pk").verb == "entry.withdrawn"


def test_withdraw_entry_lets_the_person_enter_anew():
    user, competition = make_user(), make_competition()
    old = save(competition, user)
    withdraw_entry(old, by=user, at=timezone.now())

    assert save(competition, user) != old


def test_save_draft_with_the_key_of_a_withdrawn_entry_is_refused():
    user, competition, key = make_user(), make_competition(), uuid4()
    withdraw_entry(save(competition, user, idempotency_key=key), by=user, at=timezone.now())

    with pytest.raises(IllegalMove):
        save(competition, user, idempotency_key=key)


def test_withdraw_entry_after_the_deadline_is_refused():
    user, competition = make_user(), make_competition()
    entry = save(competition, user)
    close(competition)

    with pytest.raises(TooLate):
        withdraw_entry(entry, by=user, at=timezone.now())


@pytest.mark.parametrize("state", [EntryState.WITHDRAWN, EntryState.ACCEPTED])
def test_withdraw_entry_decided_or_withdrawn_is_refused(state):
    user = make_user()
    entry = make_entry(make_competition(), entrant=user, state=state)

    with pytest.raises(IllegalMove):
        withdraw_entry(entry, by=user, at=timezone.now())


def test_submit_entry_gives_way_to_a_code_brought_in_from_a_file():
    user, competition = make_user(), make_competition()
    entry = save(competition, user)
    make_entry(competition, state=EntryState.ACCEPTED, code=f"E{entry.pk:05d}")

    submit_entry(entry, by=user)

    entry.refresh_from_db()
    assert entry.code == f"E{entry.pk:05d}-1"

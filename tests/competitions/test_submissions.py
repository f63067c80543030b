"""What decides whether an entry is taken, beyond the one deadline: tracks, grace, corrections, questions, terms."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Consent, Message
from casebook.content import ContentRefused
from competitions.actions.entries.consents import ConsentMissing
from competitions.actions.entries.drafts import withdraw_entry
from competitions.actions.entries.eligibility import NotEligible
from competitions.actions.entries.frozen import is_changed_since_submission
from competitions.actions.entries.submissions import (
    ChangedMeanwhile,
    save_and_submit,
    submit_entry,
)
from competitions.contest_files.call_records import EligibilityRecord
from competitions.entry_content import changed_since_submission
from competitions.errors import CompetitionError, TooLate
from competitions.models import Attachment, Competition, ConsentTerm, Entry, FormField, TeamMember, Track
from competitions.states import CompetitionState, EntryState
from tests.competitions.test_entries_action import CONTENT, again, save, written
from tests.factories import make_attachment, make_competition, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def ago(span):
    return timezone.now() - span


@pytest.fixture
def competition():
    return make_competition()


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def entry(competition, user):
    return save(competition, user)


def set_closing(competition, **fields):
    Competition.objects.filter(pk=competition.pk).update(**fields)


def test_submit_after_the_tracks_own_deadline_is_too_late(competition, user, entry):
    Track.objects.filter(competition=competition).update(closes_at=ago(HOUR))

    with pytest.raises(TooLate):
        submit_entry(entry, by=user)

    assert not entry.snapshots.exists()


def test_submit_within_the_declared_grace_is_taken(competition, user, entry):
    set_closing(competition, closes_at=ago(timedelta(seconds=30)), grace_seconds=600)

    assert submit_entry(entry, by=user).number == 1


def test_submit_after_the_grace_is_too_late(competition, user, entry):
    set_closing(competition, closes_at=ago(HOUR), grace_seconds=600)

    with pytest.raises(TooLate):
        submit_entry(entry, by=user)


def test_submit_to_a_closed_track_keeps_the_draft(competition, user, entry):
    Track.objects.filter(competition=competition).update(is_closed=True)

    with pytest.raises(TooLate):
        submit_entry(entry, by=user)

    again(entry, user, written(title="다른 제목"), revision=entry.revision)
    assert Entry.objects.get().draft["case"]["title"] == "다른 제목"


def test_submit_from_an_older_page_is_refused(user, entry):
    again(entry, user, written(title="고친 제목"), revision=entry.revision)

    with pytest.raises(ChangedMeanwhile):
        submit_entry(entry, by=user, revision=entry.revision)


# Correction


@pytest.fixture
def returned(competition, user, entry):
    submit_entry(entry, by=user)
    set_closing(competition, closes_at=ago(HOUR))
    Entry.objects.filter(pk=entry.pk).update(
        state=EntryState.RETURNED,
        correction_due=timezone.now() + HOUR,
        correction_note="제목을 고쳐 주십시오.",
    )
    entry.refresh_from_db()
    return entry


def test_returned_entry_is_corrected_after_the_close(user, returned):
    again(returned, user, written(title="고친 제목"), revision=returned.revision)

    snapshot = submit_entry(returned, by=user)

    returned.refresh_from_db()
    assert (snapshot.number, returned.state, returned.title) == (2, EntryState.SUBMITTED, "고친 제목")


def test_returned_entry_handed_in_unchanged_is_an_answer(user, returned):
    assert submit_entry(returned, by=user).number == 1

    returned.refresh_from_db()
    assert returned.state == EntryState.SUBMITTED


@pytest.mark.parametrize("act", ["save", "submit", "withdraw"])
def test_returned_entry_past_its_date_is_too_late(user, returned, act):
    Entry.objects.filter(pk=returned.pk).update(correction_due=ago(timedelta(seconds=1)))
    acts = {
        "save": lambda: again(returned, user, written(title="늦음"), revision=returned.revision),
        "submit": lambda: submit_entry(returned, by=user),
        "withdraw": lambda: withdraw_entry(returned, by=user, at=timezone.now()),
    }

    with pytest.raises(TooLate):
        acts[act]()


def test_returned_entry_of_a_decided_competition_is_too_late(competition, user, returned):
    set_closing(competition, state=CompetitionState.DECIDED)

    with pytest.raises(TooLate):
        submit_entry(returned, by=user)


# The call's own questions and terms


def ask(competition, **fields):
    values = {"code": "reuse", "name": "다른 부서도 쓸 수 있습니까?", "required": "submission"}
    return FormField.objects.create(competition=competition, **values | fields)


def test_submit_without_a_needed_answer_is_refused(competition, user, entry):
    ask(competition)

    with pytest.raises(ContentRefused) as refused:
        submit_entry(entry, by=user)

    assert [problem.path for problem in refused.value.problems] == ["answers.reuse"]


def test_submit_freezes_the_answers(competition, user):
    ask(competition)
    entry = save(competition, user, written() | {"answers": {"reuse": " 예 ", "gone": "옛 물음의 답"}})

    assert submit_entry(entry, by=user).content["answers"] == {"reuse": "예"}


def test_question_of_another_track_is_not_asked(competition, user, entry):
    ask(competition, tracks=["b"])

    assert "answers" not in submit_entry(entry, by=user).content


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://", "가온시 누리집"])
def test_submit_with_a_wrong_link_is_refused(competition, user, link):
    entry = save(competition, user, written() | {"links": [link]})

    with pytest.raises(ContentRefused) as refused:
        submit_entry(entry, by=user)

    assert [problem.path for problem in refused.value.problems] == ["links.0"]


def make_term(competition, **fields):
    values = {"purpose": "privacy", "title": "개인정보 수집·이용", "text": "이름과 전자우편을 받습니다."}
    return ConsentTerm.objects.create(competition=competition, **values | fields)


def test_submit_without_the_calls_own_consent_is_refused(competition, user, entry):
    make_term(competition)

    with pytest.raises(ConsentMissing):
        submit_entry(entry, by=user, consents=["pledge"])


def test_submit_keeps_the_version_agreed_to(competition, user, entry):
    make_term(competition, version=1, replaced_at=timezone.now())
    make_term(competition, version=2)
    make_term(competition, purpose="news", is_required=False)

    submit_entry(entry, by=user, consents=["privacy"])

    kept = Consent.objects.values_list("purpose", "text_version")
    assert list(kept) == [(f"{competition.pk}:privacy", "2")]


# Files, team, limits


def attach(entry, **fields):
    values = {"name": "결과.pdf", "size": 5, "started_at": timezone.now()}
    return Attachment.objects.create(entry=entry, **values | fields)


def ready(**fields):
    values = {
        "state": "ready",
        "kind": "pdf",
        "sha256": "a" * 64,
        "received": 5,
        "finished_at": timezone.now(),
    }
    return values | fields


def test_submit_while_a_file_is_being_received_is_refused(user, entry):
    attach(entry)

    with pytest.raises(CompetitionError):
        submit_entry(entry, by=user)


def test_submit_freezes_the_files_that_are_there(user, entry):
    kept = attach(entry, **ready())
    attach(entry, **ready(removed_at=timezone.now()))
    attach(entry, state="refused", refusal="받지 않는 파일입니다.")

    assert submit_entry(entry, by=user).content["files"] == [
        {
            "id": str(kept.pk),
            "name": "결과.pdf",
            "kind": "pdf",
            "size": 5,
            "sha256": "a" * 64,
            "field": "",
        }
    ]


def test_submit_lists_only_who_has_accepted(user, entry):
    at = timezone.now()
    joined, invited = make_user(name="함께"), make_user(name="아직")
    for person, state in ((user, "accepted"), (joined, "accepted"), (invited, "invited")):
        TeamMember.objects.create(entry=entry, user=person, state=state, invited_at=at, answered_at=at)

    names = [member["name"] for member in submit_entry(entry, by=user).content["team"]]

    assert names == [user.name, "함께"]


def test_submit_beyond_the_tracks_limit_is_refused(competition, user, entry):
    Track.objects.filter(competition=competition).update(most_entries=1)
    submit_entry(entry, by=user)
    second = Entry.objects.create(
        competition=competition,
        entrant=user,
        ordinal=2,
        draft=written(title="둘째"),
        created_at=timezone.now(),
        saved_at=timezone.now(),
    )

    with pytest.raises(CompetitionError):
        submit_entry(second, by=user)


def test_submit_after_the_decision_is_refused(user, entry):
    submit_entry(entry, by=user)
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.ACCEPTED)

    with pytest.raises(IllegalMove):
        submit_entry(entry, by=user)


def test_submit_step_takes_few_queries(user, entry, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        submit_entry(entry, by=user)


def test_answers_that_are_not_handed_in_are_no_change(competition, user, entry):
    competition.tracks.create(code="b", name="직원 부문")
    fields = {"office": [], "elsewhere": ["b"]}
    for number, (code, tracks) in enumerate(fields.items()):
        competition.form_fields.create(code=code, name=code, tracks=tracks, position=number)
    entry.draft["answers"] = {
        "office": " 민원과\r\n",
        "elsewhere": "다른 부문",
        "gone": "지운 질문",
        "empty": " ",
    }
    entry.draft["links"] = [" ", ""]
    entry.save()
    submit_entry(entry, by=user)
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.snapshot.content["answers"] == {"office": "민원과"}
    assert not changed_since_submission(entry)

    for answers in ({"office": "총무과"}, {"elsewhere": "다른 부문"}, {"office": ""}):
        entry.draft["answers"] = answers
        assert changed_since_submission(entry)


def test_an_answer_to_a_question_added_after_the_submission_is_a_change(competition, user, entry):
    submit_entry(entry, by=user)
    entry = Entry.objects.get(pk=entry.pk)
    entry.draft["answers"] = {"late": "답"}
    assert not changed_since_submission(entry)

    competition.form_fields.create(code="late", name="늦은 질문")

    assert changed_since_submission(entry)


def test_text_file_or_member_added_after_the_submission_is_a_change(user, entry):
    submit_entry(entry, by=user)
    entry.refresh_from_db()
    assert not is_changed_since_submission(entry)

    TeamMember.objects.create(
        entry=entry, user=user, state="accepted", invited_at=timezone.now(), answered_at=timezone.now()
    )
    assert is_changed_since_submission(entry)
    entry.members.all().delete()

    make_attachment(entry)
    assert is_changed_since_submission(entry)
    entry.attachments.all().delete()

    entry.draft["case"]["problem"] = "새로 쓴 문제"
    assert is_changed_since_submission(entry)


def test_submit_without_a_needed_file_is_refused(competition, user, entry):
    FormField.objects.create(
        competition=competition, code="plan", name="계획서", kind="file", required="submission"
    )

    with pytest.raises(ContentRefused) as refusal:
        submit_entry(entry, by=user)
    assert [problem.path for problem in refusal.value.problems] == ["answers.plan"]

    make_attachment(
        entry, field="plan", state="ready", received=1000, sha256="a" * 64, finished_at=timezone.now()
    )
    assert submit_entry(entry, by=user).content["files"][0]["field"] == "plan"


def test_who_hands_in_is_told_with_the_receipt(user, entry):
    snapshot = submit_entry(entry, by=user)

    message = Message.objects.get(person=user, kind="entry.received")
    assert snapshot.receipt_number in message.body


# Who may hand in


def limit(competition, **limits):
    set_closing(competition, eligibility=EligibilityRecord(**limits).kept())
    competition.refresh_from_db()


def test_submit_of_somebody_the_call_excludes_is_refused(competition, user, entry):
    limit(competition, who=("staff",))

    with pytest.raises(NotEligible):
        submit_entry(entry, by=user)


@pytest.mark.parametrize(("district", "is_taken"), [("중앙동", True), ("먼동", False), ("", False)])
def test_submit_holds_the_declared_district_up_to_the_call(competition, user, district, is_taken):
    limit(competition, who=("resident",), districts=("중앙동",))
    entry = save(competition, user, declared={"district": district})

    if is_taken:
        assert submit_entry(entry, by=user).number == 1
    else:
        with pytest.raises(NotEligible):
            submit_entry(entry, by=user)


@pytest.mark.parametrize("limits", [{"entrants": "team"}, {"team_min": 3}])
def test_submit_of_too_few_is_refused(competition, user, entry, limits):
    if "team_min" in limits:
        for person in (user, make_user()):
            at = timezone.now()
            TeamMember.objects.create(
                entry=entry, user=person, state="accepted", invited_at=at, answered_at=at
            )
    limit(competition, **limits)

    with pytest.raises(NotEligible):
        submit_entry(entry, by=user)


# How many entries one person may have


def test_second_entry_of_a_call_that_takes_two_has_the_next_number(competition, user):
    limit(competition, entries_per_person=2)

    entries = [save(competition, user, written(title=title)) for title in ("첫째", "둘째")]

    assert [(entry.ordinal, entry.title) for entry in entries] == [(1, "첫째"), (2, "둘째")]


def test_third_entry_of_a_call_that_takes_two_is_refused(competition, user):
    limit(competition, entries_per_person=2)
    for _entry in range(2):
        save(competition, user)

    with pytest.raises(CompetitionError):
        save(competition, user)


def test_same_key_in_a_call_that_takes_two_is_one_entry(competition, user):
    limit(competition, entries_per_person=2)
    key = uuid4()

    assert save(competition, user, idempotency_key=key) == save(competition, user, idempotency_key=key)


# Saved and handed in at once


def hand_in(competition, user, content=CONTENT, **more):
    values = {"by": user, "at": timezone.now(), "idempotency_key": uuid4()}
    return save_and_submit(competition, content, **values | more)


def test_save_and_submit_is_one_step_of_few_queries(competition, user, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        snapshot = hand_in(competition, user)

    entry = Entry.objects.get()
    assert (entry.state, entry.snapshot, entry.revision) == (EntryState.SUBMITTED, snapshot, 1)


def test_save_and_submit_again_replaces_the_snapshot(competition, user):
    entry = hand_in(competition, user).entry

    second = hand_in(competition, user, written(title="고친 제목"), entry=entry, revision=1)

    entry.refresh_from_db()
    assert (second.number, entry.title, entry.revision) == (2, "고친 제목", 2)


def test_save_and_submit_of_an_unfinished_text_writes_nothing(competition, user):
    with pytest.raises(ContentRefused):
        hand_in(competition, user, written(problem=""))

    assert not Entry.objects.exists()


def test_what_the_page_saves_by_itself_is_not_audited(competition, user, entry):
    again(entry, user, written(problem="새로"), revision=1, is_automatic=True)
    again(entry, user, written(problem="다시"), revision=2)

    assert AuditRecord.objects.filter(verb="entry.saved").count() == 1


def test_same_form_sent_again_after_the_deadline_has_its_receipt(competition, user):
    key = uuid4()
    first = hand_in(competition, user, idempotency_key=key)
    set_closing(competition, opens_at=ago(2 * HOUR), closes_at=ago(HOUR))

    assert hand_in(competition, user, idempotency_key=key) == first
    with pytest.raises(TooLate):
        hand_in(competition, user, written(title="늦게 고친 제목"), idempotency_key=key)
    with pytest.raises(TooLate):
        hand_in(competition, make_user())


def test_submit_pressed_again_after_the_deadline_has_its_receipt(competition, user, entry):
    first = submit_entry(entry, by=user)
    set_closing(competition, opens_at=ago(2 * HOUR), closes_at=ago(HOUR))

    assert submit_entry(entry, by=user) == first
    entry.refresh_from_db()
    entry.draft["case"]["problem"] = "늦게 고친 글"
    entry.save()
    with pytest.raises(TooLate):
        submit_entry(entry, by=user)

"""The organiser's messages tab: own words, a message written freely, departments, and what was sent."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import AuditRecord, Job, Message, Topic
from accounts.roles import Role
from accounts.tasks import run_job as run_now
from competitions.actions.calls.departments import notify_departments
from competitions.actions.calls.follows import follow_call
from competitions.actions.wordings import default_words, save_words
from competitions.models import LetterText
from competitions.states import CompetitionState, EntryState
from tests.factories import (
    AT,
    grant,
    make_competition,
    make_department,
    make_entry,
    make_judge,
    make_message,
    make_user,
)

pytestmark = pytest.mark.django_db
KIND = "entry.disqualified"
PAGES = ["organise_letters", "organise_write_letter", "organise_tell_departments", "organise_outbox"]


@pytest.fixture
def competition():
    return make_competition(title="가온 프롬프트 공모전")


@pytest.fixture
def organiser(competition):
    person = make_user(name="이가온")
    grant(person, Role.ORGANISER, competition)
    return person


@pytest.fixture
def desk(as_user, organiser):
    return as_user(organiser)


def address(competition, name, *args):
    return reverse(f"competitions:{name}", args=[competition.slug, *args])


def words(**fields):
    values = {
        "subject_ko": "심사 제외: {entry}",
        "body_ko": "사유: {reason}",
        "subject_en": "Out: {entry}",
        "body_en": "Why: {reason}",
    }
    return values | fields


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_the_organiser(as_user, competition, organiser, name):
    assert as_user(make_user()).get(address(competition, name)).status_code == 403
    assert as_user(organiser).get(address(competition, name)).status_code == 200


def test_kind_without_a_text_is_unknown(desk, competition):
    assert desk.get(address(competition, "organise_letter_words", "letter.free")).status_code == 404


def test_form_begins_with_the_words_that_go_out(desk, competition, organiser):
    save_words(competition, KIND, {"ko": ("제외", "사유: {reason}")}, by=organiser, at=AT)

    form = desk.get(address(competition, "organise_letter_words", KIND)).context["form"]

    assert form.initial["subject_ko"] == "제외"
    assert form.initial["subject_en"] == default_words(KIND, "en")[0]


def test_words_are_looked_at_with_real_facts_before_they_are_saved(desk, competition):
    given = words(subject_ko="{title} 심사 제외", act="look")

    response = desk.post(address(competition, "organise_letter_words", KIND), given)

    korean, english = response.context["previews"]
    assert korean["subject"] == "가온 프롬프트 공모전 심사 제외"
    assert english["body"].startswith("Why: ‹")
    assert not LetterText.objects.exists()


def test_words_are_saved_and_audited(desk, competition, organiser):
    response = desk.post(address(competition, "organise_letter_words", KIND), words(act="save"))

    assert response.status_code == 302
    assert set(LetterText.objects.values_list("language", "subject", "by")) == {
        ("ko", "심사 제외: {entry}", organiser.pk),
        ("en", "Out: {entry}", organiser.pk),
    }
    record = AuditRecord.objects.get(verb="letter.worded")
    assert record.detail == {"kind": KIND, "languages": ["en", "ko"]}


def test_saving_again_replaces_and_an_empty_language_goes_back(desk, competition):
    page = address(competition, "organise_letter_words", KIND)

    desk.post(page, words(act="save"))
    desk.post(page, words(act="save", subject_ko="다시", subject_en="", body_en=""))

    assert LetterText.objects.get().subject == "다시"


def test_words_of_the_site_are_not_kept_as_own(desk, competition):
    (subject_ko, body_ko), (subject_en, body_en) = (default_words(KIND, each) for each in ("ko", "en"))
    given = {"subject_ko": subject_ko, "body_ko": body_ko.replace("\n", "\r\n")}

    desk.post(
        address(competition, "organise_letter_words", KIND),
        given | {"subject_en": subject_en, "body_en": body_en, "act": "save"},
    )

    assert not LetterText.objects.exists()
    assert not AuditRecord.objects.filter(verb="letter.worded").exists()


def test_reset_goes_back_to_the_words_of_the_site(desk, competition, organiser):
    save_words(competition, KIND, {"ko": ("제외", "사유: {reason}")}, by=organiser, at=AT)

    desk.post(address(competition, "organise_letter_words", KIND), {"act": "reset"})

    assert not LetterText.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"body_ko": "사유: {reason} {receipt_number}"}, "body_ko"),
        ({"subject_en": "{entri}"}, "subject_en"),
        ({"body_ko": "제외되었습니다."}, "body_ko"),
        ({"subject_en": ""}, "subject_en"),
        ({"subject_ko": "가" * 201}, "subject_ko"),
    ],
)
@pytest.mark.parametrize("act", ["save", "look"])
def test_wrong_words_are_refused_and_kept(desk, competition, given, field, act):
    response = desk.post(address(competition, "organise_letter_words", KIND), words(act=act, **given))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["body_en"].value() == "Why: {reason}"
    assert not LetterText.objects.exists()


def test_another_organiser_changes_nothing(as_user, competition):
    other = make_user()
    grant(other, Role.ORGANISER, make_competition())

    response = as_user(other).post(address(competition, "organise_letter_words", KIND), words(act="save"))

    assert response.status_code == 403
    assert not LetterText.objects.exists()


def letter(**fields):
    values = {
        "group": "entrants",
        "subject_ko": "안내: {title}",
        "body_ko": "{name}님, 설명회가 있습니다.",
        "subject_en": "",
        "body_en": "",
        "key": str(uuid4()),
        "act": "send",
    }
    return values | fields


def test_a_message_is_shown_with_its_readers_counted_before_it_is_sent(desk, competition):
    make_entry(competition, entrant=make_user())

    response = desk.post(address(competition, "organise_write_letter"), letter(act="look"))

    assert (response.context["count"], response.status_code) == (1, 200)
    (preview,) = response.context["previews"]
    assert (preview["subject"], preview["body"]) == (
        "안내: 가온 프롬프트 공모전",
        "이가온님, 설명회가 있습니다.",
    )
    assert not Message.objects.exists()


def test_a_message_sent_twice_goes_out_once(desk, competition):
    person = make_user(language="en", name="Kim")
    make_entry(competition, entrant=person)
    given = letter(is_duty="on")

    for _time in range(2):
        response = desk.post(address(competition, "organise_write_letter"), given)

    assert response["Location"] == address(competition, "organise_outbox")
    message = Message.objects.get()
    assert (message.person, message.topic, message.body) == (person, Topic.DUTY, "Kim님, 설명회가 있습니다.")
    record = AuditRecord.objects.get(verb="letter.sent")
    assert record.detail == {"group": "entrants", "count": 1, "is_duty": True}


def test_english_words_go_to_who_reads_english(desk, competition):
    for language in ("ko", "en"):
        make_entry(competition, entrant=make_user(language=language))

    desk.post(
        address(competition, "organise_write_letter"), letter(subject_en="Notice", body_en="Dear {name}")
    )

    assert dict(Message.objects.values_list("language", "subject")) == {
        "ko": "안내: 가온 프롬프트 공모전",
        "en": "Notice",
    }
    assert set(Message.objects.values_list("topic", flat=True)) == {Topic.CALL}


@pytest.mark.parametrize(
    ("group", "names"),
    [
        (
            "entrants",
            {"draft", "submitted", "returned", "accepted", "disqualified", "awarded", "not_awarded"},
        ),
        ("drafts", {"draft"}),
        ("handed_in", {"submitted", "returned", "accepted", "disqualified", "awarded", "not_awarded"}),
        ("returned", {"returned"}),
        ("accepted", {"accepted", "awarded", "not_awarded"}),
        ("disqualified", {"disqualified"}),
        ("awarded", {"awarded"}),
        ("judges", {"judge"}),
        ("followers", {"follower"}),
    ],
)
def test_a_group_is_who_it_says(desk, competition, group, names):
    for state in (*EntryState, "elsewhere"):
        of = make_competition() if state == "elsewhere" else competition
        entry_state = EntryState.SUBMITTED if state == "elsewhere" else state
        make_entry(of, entrant=make_user(name=str(state)), state=entry_state)
    make_judge(competition, user=make_user(name="judge"))
    follow_call(make_user(name="follower"), competition, at=AT)

    desk.post(address(competition, "organise_write_letter"), letter(group=group))

    assert set(Message.objects.values_list("person__name", flat=True)) == names


@pytest.mark.parametrize(
    "given",
    [
        {"group": "everybody"},
        {"body_ko": ""},
        {"body_ko": "{receipt_number}"},
        {"subject_en": "x"},
        {"key": "1"},
    ],
)
def test_a_wrong_message_is_refused_and_kept(desk, competition, given):
    make_entry(competition, entrant=make_user())

    response = desk.post(address(competition, "organise_write_letter"), letter(**given))

    assert response.status_code == 422
    assert response.context["form"]["subject_ko"].value() == "안내: {title}"
    assert not Message.objects.exists()


def test_a_message_to_nobody_is_refused(desk, competition):
    response = desk.post(address(competition, "organise_write_letter"), letter())

    assert response.status_code == 422
    assert not AuditRecord.objects.filter(verb="letter.sent").exists()


def make_officials(count=1, department=None):
    department = department or make_department()
    return department, [make_user(Role.STAFF, department=department) for _number in range(count)]


def test_departments_are_counted_then_told_once(desk, competition):
    department, (official,) = make_officials()
    make_officials()
    make_user(department=department)  # without a role
    make_user(Role.STAFF, department=department, is_active=False)
    page, given = address(competition, "organise_tell_departments"), {"departments": [department.pk]}

    counted = desk.post(page, given)
    assert (counted.context["count"], Message.objects.count()) == (1, 0)
    for _time in range(2):
        desk.post(page, given | {"send": "yes"})

    message = Message.objects.get()
    assert (message.person, message.kind, message.topic) == (official, "call.announced", Topic.CALL)
    record = AuditRecord.objects.filter(verb="letter.departments_told").first()
    assert record.detail == {"departments": [department.code], "count": 1}


def test_the_departments_of_the_call_are_offered(desk, competition):
    wanted, other = make_department(), make_department()
    page = address(competition, "organise_tell_departments")

    assert set(desk.get(page).context["form"].fields["departments"].queryset) == {wanted, other}
    competition.eligibility = {"departments": [wanted.code]}
    competition.save()
    assert set(desk.get(page).context["form"].fields["departments"].queryset) == {wanted}
    assert desk.post(page, {"departments": [other.pk], "send": "yes"}).status_code == 422


@pytest.mark.parametrize("state", [CompetitionState.JUDGING, CompetitionState.CANCELLED])
def test_departments_hear_of_announced_calls_only(desk, competition, state):
    department, _people = make_officials()
    competition.state = state
    competition.save()

    response = desk.post(
        address(competition, "organise_tell_departments"), {"departments": [department.pk], "send": "yes"}
    )

    assert response.status_code == 422
    assert not Message.objects.exists()


def test_a_department_without_people_is_refused(desk, competition):
    given = {"departments": [make_department().pk], "send": "yes"}

    assert desk.post(address(competition, "organise_tell_departments"), given).status_code == 422


def test_many_officials_are_told_by_a_job(competition, organiser, monkeypatch, run_job):
    monkeypatch.setattr("competitions.actions.calls.departments.AT_ONCE", 1)
    monkeypatch.setattr("competitions.actions.letters.AT_ONCE", 2)
    department, people = make_officials(3)

    count, job = notify_departments(competition, [department], by=organiser, at=AT)
    assert (count, Message.objects.count()) == (3, 0)
    for _time in range(2):
        run_job(job)

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert set(Message.objects.values_list("person", flat=True)) == {person.pk for person in people}
    assert Message.objects.count() == 3


@pytest.fixture
def run_job():
    def run(job):
        Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
        run_now(str(job.pk))

    return run


def sent(competition, **fields):
    person = fields.pop("person", None) or make_user(name="홍길동", email=f"{uuid4().hex[:6]}@example.org")
    return make_message(person, **{"about": f"competition:{competition.pk}", "kind": KIND} | fields)


def test_outbox_hides_who_and_what(desk, competition):
    message = sent(competition, subject="봉인된 제목", mail="sent")
    sent(make_competition(), subject="다른 공모전")

    page = desk.get(address(competition, "organise_outbox"))

    text = page.content.decode()
    assert [row["message"] for row in page.context["rows"]] == [message]
    for secret in ("봉인된 제목", "홍길동", message.email):
        assert secret not in text
    assert "홍**" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?mail=failed", {"failed"}),
        ("?kind=call.results", {"sent"}),
        ("?mail=failed&kind=call.results", set()),
        ("?mail=nonsense&kind=nonsense", {"failed", "sent"}),
    ],
)
def test_outbox_filters(desk, competition, query, found):
    sent(competition, mail="failed")
    sent(competition, mail="sent", kind="call.results")

    page = desk.get(address(competition, "organise_outbox") + query)

    assert {row["message"].mail for row in page.context["rows"]} == found


def test_failed_messages_are_sent_again_and_audited(desk, competition):
    failed = [sent(competition, mail="failed", tries=6, error="Refused") for _number in range(2)]
    other = sent(make_competition(), mail="failed")
    unsure = sent(competition, mail="unsure")

    desk.post(address(competition, "organise_send_again"))

    for message in failed:
        message.refresh_from_db()
        assert (message.mail, message.tries, message.error) == ("queued", 0, "")
    assert set(Message.objects.exclude(mail="queued")) == {other, unsure}
    assert AuditRecord.objects.get(verb="letter.sent_again").detail == {"count": 2, "message": None}


def test_one_perhaps_sent_is_sent_again_when_asked_for(desk, competition):
    unsure = sent(competition, mail="unsure")

    desk.post(address(competition, "organise_send_again"), {"message": unsure.pk})

    unsure.refresh_from_db()
    assert unsure.mail == "queued"


@pytest.mark.parametrize("state", ["sent", "queued", "sending", "none"])
def test_only_what_failed_is_sent_again(desk, competition, state):
    message = sent(competition, mail=state)

    for given in ({"message": message.pk}, {"message": "x"}, {}):
        desk.post(address(competition, "organise_send_again"), given)

    message.refresh_from_db()
    assert message.mail == state
    assert not AuditRecord.objects.filter(verb="letter.sent_again").exists()


def test_a_message_about_another_contest_is_not_sent_again(desk, competition):
    message = sent(make_competition(), mail="failed")

    desk.post(address(competition, "organise_send_again"), {"message": message.pk})

    message.refresh_from_db()
    assert message.mail == "failed"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("organise_letters", 8), ("organise_outbox", 9)])
def test_pages_take_the_same_queries(
    desk, competition, organiser, count, name, queries, django_assert_num_queries
):
    for _number in range(count):
        sent(competition, mail="failed")
    for kind in [KIND, "entry.returned", "entry.received"][:count]:
        LetterText.objects.create(
            competition=competition, kind=kind, language="ko", subject="가", body="나", by=organiser, at=AT
        )

    with django_assert_num_queries(queries):
        desk.get(address(competition, name))

"""The guided entering: saving by itself, review, the light submission, questions, terms, further entries."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent
from competitions.actions.entries.submissions import submit_entry
from competitions.models import Competition, ConsentTerm, Entry, FormField, Snapshot, TeamMember, Track
from competitions.states import EntryState
from tests.competitions.similar_entries import content_with, handed_in
from tests.competitions.similarity.texts import TEXT
from tests.competitions.test_call_views import queries_of
from tests.competitions.test_entering_views import (
    CONSENTS,
    close,
    enter_address,
    errors,
    submitted,
    submitted_entry,
    typed,
)
from tests.factories import (
    AT,
    make_attachment,
    make_competition,
    make_entry,
    make_prompt,
    make_user,
    prompt_content,
)

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
HTMX = {"hx-request": "true"}


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def competition():
    return make_competition()


@pytest.fixture
def browser(as_user, user):
    return as_user(user)


def address(name, entry):
    return reverse(f"competitions:{name}", args=[entry.pk])


def ask(competition, code, **fields):
    values = {"name": f"질문 {code}", "kind": "text"} | fields
    return FormField.objects.create(competition=competition, code=code, **values)


def add_term(competition, purpose, **fields):
    values = {"title": f"동의 {purpose}", "text": "**한 해** 보관"} | fields
    return ConsentTerm.objects.create(competition=competition, purpose=purpose, **values)


def hand_in(browser, entry, *, revision=1, **consents):
    return browser.post(address("submit_entry", entry), {"revision": str(revision), **(consents or CONSENTS)})


# Saving by itself


def test_first_save_by_itself_makes_one_entry_with_an_address(browser, competition):
    fields = typed(competition)

    first, second = (browser.post(enter_address(competition), fields, headers=JSON) for _again in range(2))

    entry = Entry.objects.get()
    assert first.json()["address"] == second.json()["address"] == entry.get_absolute_url()
    assert first.json()["revision"] == 1
    assert first.json()["saved"] == f"{timezone.localtime(entry.saved_at):%H:%M:%S}"


def test_save_by_itself_stores_the_text_and_counts_up(browser, competition, user):
    entry = make_entry(competition, entrant=user)

    told = browser.post(entry.get_absolute_url(), typed(competition, revision="1"), headers=JSON).json()

    entry.refresh_from_db()
    assert told["revision"] == entry.revision == 2
    assert entry.draft["case"]["title"] == "민원 답변 초안"


def test_save_by_itself_of_a_submitted_entry_says_that_it_changed(browser, competition, user):
    entry = submitted_entry(competition, entrant=user)

    told = browser.post(entry.get_absolute_url(), typed(competition, revision="1"), headers=JSON).json()

    assert address("receipt", entry) in told["status"]
    assert "notice-warning" in told["status"]


def test_save_by_itself_over_a_newer_one_tells_both(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    browser.post(entry.get_absolute_url(), typed(competition, revision="1", **{"case-title": "저장된 제목"}))

    stale = typed(competition, revision="1", **{"case-title": "내가 쓴 제목"})
    answer = browser.post(entry.get_absolute_url(), stale, headers=JSON)

    assert (answer.status_code, answer.json()["revision"]) == (409, 2)
    assert "내가 쓴 제목" in answer.json()["conflict"]
    assert "저장된 제목" in answer.json()["conflict"]
    assert Entry.objects.get().title == "저장된 제목"


def test_save_by_itself_after_the_deadline_is_refused(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    close(competition)

    answer = browser.post(entry.get_absolute_url(), typed(competition, revision="1"), headers=JSON)

    assert answer.status_code == 422
    assert "09:00:00" in answer.json()["problems"]


def test_save_by_itself_of_a_text_too_long_names_the_field(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    fields = typed(competition, revision="1", **{"case-problem": "가" * 50_001})

    answer = browser.post(entry.get_absolute_url(), fields, headers=JSON)

    assert answer.status_code == 422
    assert [error["target"] for error in answer.json()["errors"]] == ["id_case-problem"]


def test_save_by_itself_after_the_session_has_ended_asks_to_log_in(client, competition, user):
    entry = make_entry(competition, entrant=user)

    answer = client.post(entry.get_absolute_url(), typed(competition), headers=JSON)

    assert answer.status_code == 401
    assert answer.json()["login"].startswith("/accounts/login/")


def test_save_with_a_refused_form_answers_422(browser, competition):
    assert browser.post(enter_address(competition), typed(competition, track="x")).status_code == 422


def test_save_of_a_stale_page_answers_409(browser, competition, user):
    entry = make_entry(competition, entrant=user, revision=3)

    response = browser.post(entry.get_absolute_url(), typed(competition, revision="1"))

    assert response.status_code == 409
    assert "민원 답변 초안" in response.content.decode()


# The light submission


def test_light_submission_leads_to_the_receipt(browser, competition, user):
    entry = make_entry(competition, entrant=user)

    response = hand_in(browser, entry)

    assert response.url == address("receipt", entry)
    assert Snapshot.objects.get().submitted_by == user
    assert Consent.objects.count() == 3


def test_light_submission_twice_is_one_receipt(browser, competition, user):
    entry = make_entry(competition, entrant=user)

    first, second = (hand_in(browser, entry) for _click in range(2))

    assert first.url == second.url
    assert Snapshot.objects.count() == 1


def test_light_submission_query_count(browser, competition, user, django_assert_max_num_queries):
    entry = make_entry(competition, entrant=user)

    with django_assert_max_num_queries(24) as captured:
        hand_in(browser, entry)

    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) <= 20


@pytest.mark.parametrize("missing", CONSENTS)
def test_light_submission_without_a_consent_shows_the_last_step(browser, competition, user, missing):
    entry = make_entry(competition, entrant=user)
    given = {name: "on" for name in CONSENTS if name != missing}

    response = hand_in(browser, entry, **given)

    assert response.status_code == 422
    assert missing in errors(response)
    assert response.context["start"] == "review"
    assert [name for name in given if response.context["form"][name].value()] == list(given)
    assert not Snapshot.objects.exists()


def test_light_submission_of_something_saved_elsewhere_meanwhile_is_refused(browser, competition, user):
    entry = make_entry(competition, entrant=user, revision=4)

    response = hand_in(browser, entry, revision=3)

    assert response.status_code == 409
    assert "__all__" in errors(response)
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 40])
def test_light_submission_without_a_revision_is_refused(browser, competition, user, revision):
    assert hand_in(browser, make_entry(competition, entrant=user), revision=revision).status_code == 409


def test_light_submission_of_an_unfinished_entry_names_the_fields(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    entry.draft["case"]["summary"] = ""
    entry.save()

    response = hand_in(browser, entry)

    assert response.status_code == 422
    assert "case-summary" in errors(response)
    assert response.context["form"]["case-title"].value() == entry.draft["case"]["title"]


def test_light_submission_too_late_is_refused(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    close(competition)

    response = hand_in(browser, entry)

    assert response.status_code == 422
    assert "09:00:00" in errors(response)["__all__"][0]


def test_light_submission_to_a_track_that_was_closed_meanwhile_keeps_the_text(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    competition.tracks.update(is_closed=True)

    response = hand_in(browser, entry)

    assert response.status_code == 422
    assert "주민 부문" in errors(response)["__all__"][0]
    assert entry.draft["case"]["title"] in response.content.decode()


def test_light_submission_gone_back_to_leads_to_the_entry(browser, competition, user):
    entry = make_entry(competition, entrant=user)

    assert browser.get(address("submit_entry", entry)).url == entry.get_absolute_url()


def test_light_submission_in_an_ended_session_asks_to_log_in(client, competition, user):
    entry = make_entry(competition, entrant=user)

    assert client.post(address("submit_entry", entry)).url.endswith(f"next={entry.get_absolute_url()}")


@pytest.mark.parametrize("name", ["submit_entry", "review_entry", "files_part"])
def test_parts_do_not_exist_for_strangers(browser, competition, name):
    entry = make_entry(competition, entrant=make_user())

    assert browser.get(address(name, entry)).status_code == 404


# Questions and terms of the call


def test_questions_are_answered_and_stand_in_the_snapshot(browser, competition):
    ask(competition, "office")
    ask(competition, "share", kind="number", least=Decimal(1), most=Decimal(5))

    fields = {
        "answers-office": "민원과",
        "answers-share": "3",
        "links": "https://a.example/1\n\nhttps://a.example/2",
    }
    browser.post(enter_address(competition), submitted(competition, **fields))

    content = Snapshot.objects.get().content
    assert content["answers"] == {"office": "민원과", "share": "3"}
    assert content["links"] == ["https://a.example/1", "https://a.example/2"]


def test_questions_left_open_are_said_beside_them(browser, competition):
    ask(competition, "office", required="submission")
    ask(competition, "share", kind="number", most=Decimal(5))

    response = browser.post(enter_address(competition), submitted(competition, **{"answers-share": "9"}))

    assert response.status_code == 422
    assert set(errors(response)) == {"answers-office", "answers-share"}
    assert Entry.objects.get().draft["answers"] == {"share": "9"}


def test_question_of_another_track_is_not_asked(browser, competition):
    Track.objects.create(competition=competition, code="b", name="직원 부문")
    ask(competition, "office", required="submission", tracks=["b"])

    response = browser.post(enter_address(competition), submitted(competition))

    assert response.status_code == 302


def test_question_needed_to_save_refuses_the_save_and_keeps_the_text(browser, competition):
    ask(competition, "office", required="draft")

    response = browser.post(enter_address(competition), typed(competition))

    assert list(errors(response)) == ["answers-office"]
    assert "민원 답변 초안" in response.content.decode()
    assert not Entry.objects.exists()


def test_question_added_after_the_page_was_opened_is_said(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    ask(competition, "office", required="submission")

    response = hand_in(browser, entry)

    assert response.status_code == 422
    assert "answers-office" in errors(response)
    assert not Snapshot.objects.exists()


def test_wrong_links_are_said(browser, competition):
    response = browser.post(enter_address(competition), submitted(competition, links="내 영상"))

    assert list(errors(response)) == ["links"]


def test_help_of_a_question_is_no_markup(browser, competition):
    ask(competition, "office", help="<b>굵게</b>")

    assert "<b>굵게</b>" not in browser.get(enter_address(competition)).content.decode()


def test_terms_of_the_call_are_shown_and_kept(browser, competition):
    add_term(competition, "privacy")
    add_term(competition, "news", is_required=False)
    page = browser.get(enter_address(competition)).content.decode()

    response = browser.post(enter_address(competition), submitted(competition, **{"consent-privacy": "on"}))

    assert "동의 privacy" in page
    assert "<strong>한 해</strong>" in page
    assert "entry-pledge" not in page
    assert response.status_code == 302
    assert [consent.purpose for consent in Consent.objects.all()] == [f"{competition.pk}:privacy"]


def test_required_term_left_out_is_refused(browser, competition):
    add_term(competition, "privacy")

    response = browser.post(enter_address(competition), submitted(competition))

    assert list(errors(response)) == ["consent-privacy"]
    assert not Snapshot.objects.exists()


# What is declared


def limit(competition, **eligibility):
    Competition.objects.filter(pk=competition.pk).update(eligibility=eligibility)


def test_declared_district_and_year_are_kept(browser, competition):
    limit(competition, districts=["가온동"], min_age=19)
    fields = {"declared-district": "가온동", "declared-birth_year": "1990"}

    browser.post(enter_address(competition), typed(competition, **fields))

    entry = Entry.objects.get()
    assert entry.declared == {"district": "가온동", "birth_year": 1990}
    form = browser.get(entry.get_absolute_url()).context["form"]
    assert form["declared-district"].value() == "가온동"


@pytest.mark.parametrize("year", ["1", "19 90", "2999"])
def test_declared_year_that_is_none_is_said(browser, competition, year):
    limit(competition, min_age=19)

    response = browser.post(enter_address(competition), typed(competition, **{"declared-birth_year": year}))

    assert list(errors(response)) == ["declared-birth_year"]


def test_nothing_declared_is_said_on_submitting(browser, competition):
    limit(competition, districts=["가온동"])

    response = browser.post(enter_address(competition), submitted(competition))

    assert list(errors(response)) == ["declared-district"]
    assert not Snapshot.objects.exists()


def test_limit_that_is_not_met_is_told_in_the_first_step(browser, competition):
    limit(competition, who=["staff"])

    assert len(browser.get(enter_address(competition)).context["findings"]) == 1


def test_limit_that_is_not_met_refuses_the_submission(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    limit(competition, who=["staff"])

    response = hand_in(browser, entry)

    assert response.status_code == 422
    assert not Snapshot.objects.exists()


def test_member_neither_sees_nor_changes_what_the_leader_declared(as_user, competition, user):
    limit(competition, districts=["가온동"])
    entry = make_entry(competition, entrant=user, declared={"district": "가온동"})
    member = make_user()
    TeamMember.objects.create(entry=entry, user=member, state="accepted", invited_at=AT, answered_at=AT)
    browser = as_user(member)

    page = browser.get(entry.get_absolute_url())
    browser.post(entry.get_absolute_url(), typed(competition, revision="1"))

    entry.refresh_from_db()
    assert "declared-district" not in page.context["form"].fields
    assert page.context["leader"] == user
    assert entry.declared == {"district": "가온동"}


# Review


def test_review_says_what_is_lacking_and_where(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    entry.draft["case"]["summary"] = ""
    entry.save()
    ask(competition, "proposal", kind="file", required="submission")
    make_attachment(entry, name="반쪽.pdf")

    response = browser.get(address("review_entry", entry), headers=HTMX)

    assert [lack.target for lack in response.context["lacking"]] == ["id_case-summary", "uploads", "uploads"]
    assert "<html" not in response.content.decode()


def test_review_without_script_is_a_page(browser, competition, user):
    entry = make_entry(competition, entrant=user)

    response = browser.get(address("review_entry", entry))

    assert "<html" in response.content.decode()
    assert response.context["lacking"] == []


def test_review_points_at_personal_data(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    entry.draft["case"]["problem"] = "담당자 010-1234-5678, 주민번호 900101-1234567"
    entry.save()

    found = browser.get(address("review_entry", entry), headers=HTMX).context["personal"]

    assert [(each["target"], each["must_go"]) for each in found] == [("id_case-problem", True)]


def test_review_keeps_personal_answers_out_of_what_judges_see(browser, competition, user):
    ask(competition, "phone", is_personal=True)
    ask(competition, "office")
    entry = make_entry(competition, entrant=user)
    entry.draft["answers"] = {"phone": "비밀", "office": "민원과"}
    entry.save()

    context = browser.get(address("review_entry", entry), headers=HTMX).context

    assert [answer for _name, answer, _kind in context["shown"].answers] == ["민원과"]
    assert context["personal_answers"] == [("질문 phone", "비밀")]


def test_review_tells_of_what_is_public_or_own_and_alike(browser, competition, user):
    entry = make_entry(competition, entrant=user, draft=content_with(TEXT))
    assert browser.get(address("review_entry", entry), headers=HTMX).context["similar"] == []
    mine = handed_in(TEXT, entrant=user)
    handed_in(TEXT)  # somebody else's
    messages = [{"role": "user", "content": TEXT}]
    prompt = make_prompt(published=True, title="같은 글", messages=messages)
    entry.draft["prompts"] = [prompt_content(title="같은 글", messages=messages)]
    entry.save()

    response = browser.get(address("review_entry", entry), headers=HTMX)

    similar = response.context["similar"]
    assert {each["address"] for each in similar} == {mine.get_absolute_url(), prompt.get_absolute_url()}
    assert {each["title"] for each in similar} == {mine.title, "같은 글"}
    assert all(0 < each["percent"] <= 100 and each["kind"] for each in similar)
    page = response.content.decode()
    assert all(each["address"] in page for each in similar)


def test_review_query_count_does_not_grow_with_questions(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    ask(competition, "q0")
    one = queries_of(browser, address("review_entry", entry))
    for number in range(1, 4):
        ask(competition, f"q{number}")

    assert queries_of(browser, address("review_entry", entry)) == one


# Pages


def test_entry_page_query_count(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    add_term(competition, "privacy")
    ask(competition, "q0")
    one = queries_of(browser, entry.get_absolute_url())
    for number in range(1, 6):
        ask(competition, f"q{number}")
        make_attachment(entry)

    assert queries_of(browser, entry.get_absolute_url()) == one <= 12


def test_new_entry_page_query_count(browser, competition):
    add_term(competition, "privacy")
    ask(competition, "q0")

    assert queries_of(browser, enter_address(competition)) <= 12


def test_returned_entry_shows_what_is_asked_and_can_be_changed_after_the_close(browser, competition, user):
    due = timezone.now() + timedelta(days=2)
    entry = make_entry(competition, entrant=user, state=EntryState.RETURNED, correction_due=due)
    close(competition)

    response = browser.get(entry.get_absolute_url())

    assert response.context["is_returned"]
    assert entry.correction_note in response.content.decode()
    assert "form" in response.context


def test_returned_entry_after_its_date_is_shown_to_read(browser, competition, user):
    due = timezone.now() - timedelta(minutes=1)
    entry = make_entry(competition, entrant=user, state=EntryState.RETURNED, correction_due=due)

    assert "form" not in browser.get(entry.get_absolute_url()).context


def test_files_part_lists_files_by_question(browser, competition, user):
    ask(competition, "proposal", kind="file")
    entry = make_entry(competition, entrant=user)
    own, other = make_attachment(entry, field="proposal"), make_attachment(entry)

    context = browser.get(address("files_part", entry)).context

    assert [each["files"] for each in context["file_questions"]] == [[own]]
    assert context["attachments"] == [other]


# Several entries of one person


def test_another_entry_is_offered_and_begun(browser, competition, user):
    limit(competition, entries_per_person=2)
    first = make_entry(competition, entrant=user)

    listed = browser.get(enter_address(competition))
    form = browser.get(f"{enter_address(competition)}?another=1")
    browser.post(enter_address(competition), typed(competition))

    assert (listed.context["entries"], listed.context["can_begin"]) == ([first], True)
    assert form.context["entry"] is None
    assert Entry.objects.filter(entrant=user).count() == 2
    full = browser.get(f"{enter_address(competition)}?another=1")
    assert (len(full.context["entries"]), full.context["can_begin"]) == (2, False)


def test_another_entry_beyond_the_limit_is_refused_with_its_text(browser, competition, user):
    limit(competition, entries_per_person=2)
    make_entry(competition, entrant=user)
    make_entry(competition, entrant=user, ordinal=2)

    response = browser.post(enter_address(competition), typed(competition))

    assert response.status_code == 422
    assert "민원 답변 초안" in response.content.decode()
    assert Entry.objects.count() == 2


def test_receipt_names_the_leader_and_the_team_to_a_member(as_user, competition):
    leader, member = make_user(name="김대표"), make_user(name="이팀원")
    entry = make_entry(competition, entrant=leader)
    for person in (leader, member):
        TeamMember.objects.create(entry=entry, user=person, state="accepted", invited_at=AT, answered_at=AT)
    submit_entry(entry, by=member)

    context = as_user(member).get(address("receipt", entry)).context

    assert context["entrant"].startswith("김대표")
    assert context["team"] == ["김대표", "이팀원"]


def test_kept_text_that_fits_no_save_is_written_again(client, competition, user):
    entry = make_entry(competition, entrant=user)
    client.force_login(user)
    page = client.get(entry.get_absolute_url())
    fields = typed(competition, writer=page.context["form"]["writer"].value(), idempotency_key=str(uuid4()))
    client.logout()
    client.post(entry.get_absolute_url(), fields)
    client.force_login(user)

    response = client.get(entry.get_absolute_url())

    assert response.context["is_unsaved"]
    assert response.context["form"]["case-problem"].value() == "30분씩 걸렸습니다."

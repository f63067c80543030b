import hashlib
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent
from competitions.actions.entries.submissions import submit_entry
from competitions.forms.entry import KEPT_ENTRY
from competitions.models import Competition, Entry, Snapshot
from competitions.states import CompetitionState, EntryState
from tests.competitions.test_call_views import queries_of
from tests.factories import make_competition, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db
SCRIPT = '<script>alert("x")</script><b>굵게</b>'
MINE = "/entries/"
CONSENTS = {"entry-privacy": "on", "entry-pledge": "on", "entry-licence": "on"}


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def competition():
    return make_competition()


@pytest.fixture
def browser(as_user, user):
    return as_user(user)


def enter_address(competition):
    return reverse("competitions:enter", args=[competition.slug])


def typed(competition, **fields):
    values = {
        "act": "save",
        "track": "a",
        "team": "새벽팀",
        "idempotency_key": str(uuid4()),
        "revision": "0",
        "prompt_count": "1",
        "task_count": "1",
        "prompts-0-title": "답변 초안",
        "prompts-0-system": "공손하게 씁니다.",
        "prompts-0-user": "{{민원요지}}에 답해 주세요.",
        "case-title": "민원 답변 초안",
        "case-summary": "답변 초안을 5분 만에 씁니다.",
        "case-problem": "30분씩 걸렸습니다.",
        "case-approach": "민원 요지를 넣습니다.",
        "case-before_after-0-task": "초안",
        "case-before_after-0-before": "직접 씀",
        "case-before_after-0-after": "고쳐 씀",
        "case-effect-minutes_before": "30",
        "case-effect-minutes_after": "5",
        "case-effect-adoption_rate": "80%",
        "case-effect-method": "measured",
    }
    return values | fields


def submitted(competition, **fields):
    return typed(competition, act="submit", **CONSENTS | fields)


def submitted_entry(competition, *, entrant):
    entry = make_entry(competition, entrant=entrant)
    submit_entry(entry, by=entrant)
    return entry


def close(competition):
    Competition.objects.filter(pk=competition.pk).update(closes_at=datetime(2026, 6, 1, tzinfo=UTC))


def errors(response):
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


# Ways in


def test_enter_asks_a_visitor_to_sign_in(client, competition):
    response = client.get(enter_address(competition))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=/competitions/")


@pytest.mark.parametrize("name", ["entry", "receipt", "withdraw"])
def test_entry_pages_ask_a_visitor_to_sign_in(client, competition, user, name):
    entry = make_entry(competition, entrant=user)

    assert client.get(reverse(f"competitions:{name}", args=[entry.pk])).status_code == 302


@pytest.mark.parametrize("name", ["entry", "receipt", "withdraw"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_entry_pages_do_not_exist_for_strangers(browser, competition, name, method):
    entry = make_entry(competition, entrant=make_user())

    assert getattr(browser, method)(reverse(f"competitions:{name}", args=[entry.pk])).status_code == 404


def test_enter_is_forbidden_for_a_judge(browser, competition, user):
    make_judge(competition, user=user)

    assert browser.get(enter_address(competition)).status_code == 403
    assert browser.post(enter_address(competition), typed(competition)).status_code == 403


def test_enter_a_draft_competition_does_not_exist(browser):
    competition = make_competition(state=CompetitionState.DRAFT)

    assert browser.get(enter_address(competition)).status_code == 404


def test_enter_before_opening_leads_back_to_the_call(browser):
    competition = make_competition(opens_at=timezone.now() + timedelta(days=1))

    response = browser.get(enter_address(competition))

    assert response.url == competition.get_absolute_url()


def test_enter_with_an_entry_leads_to_it(browser, competition, user):
    entry = make_entry(competition, entrant=user)

    assert browser.get(enter_address(competition)).url == entry.get_absolute_url()


# Drafts


def test_save_draft_keeps_everything_typed(browser, competition):
    response = browser.post(enter_address(competition), typed(competition))

    entry = Entry.objects.get()
    assert response.url == entry.get_absolute_url()
    assert entry.draft["case"]["before_after"] == [{"task": "초안", "before": "직접 씀", "after": "고쳐 씀"}]
    assert entry.draft["prompts"][0]["messages"][0] == {"role": "system", "content": "공손하게 씁니다."}
    assert (entry.title, entry.team, entry.track.code) == ("민원 답변 초안", "새벽팀", "a")
    page = browser.get(response.url).context["form"]
    given = typed(competition)
    assert {name: page[name].value() for name in given if name.startswith(("case", "prompts"))} == {
        name: value for name, value in given.items() if name.startswith(("case", "prompts"))
    }


def test_save_draft_empty_is_accepted(browser, competition):
    browser.post(enter_address(competition), {"act": "save", "idempotency_key": str(uuid4())})

    assert Entry.objects.get().title == ""


def test_save_draft_escapes_markup(browser, competition):
    fields = {name: SCRIPT for name in typed(competition) if name.startswith(("case-", "prompts-", "team"))}
    fields.pop("case-effect-method")
    browser.post(enter_address(competition), typed(competition, **fields))

    entry = Entry.objects.get()
    assert entry.draft["case"]["problem"] == SCRIPT
    for address in (entry.get_absolute_url(), MINE):
        page = browser.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_save_draft_keeps_what_the_form_does_not_show(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    entry.draft["case"]["tags"] = ["민원"]
    entry.draft["prompts"][0]["purpose"] = "초안"
    entry.save()

    browser.post(entry.get_absolute_url(), typed(competition, revision="1"))

    entry.refresh_from_db()
    assert entry.draft["case"]["tags"] == ["민원"]
    assert entry.draft["prompts"][0]["purpose"] == "초안"
    assert entry.draft["case"]["title"] == "민원 답변 초안"


def test_save_draft_over_a_newer_one_shows_both(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    browser.post(entry.get_absolute_url(), typed(competition, revision="1", **{"case-title": "저장된 제목"}))

    stale = typed(competition, revision="1", **{"case-title": "내가 쓴 제목"})
    response = browser.post(entry.get_absolute_url(), stale)

    assert [(typed_text, saved) for _label, typed_text, saved in response.context["differences"]] == [
        ("내가 쓴 제목", "저장된 제목")
    ]
    assert response.context["form"]["revision"].value() == 2
    assert Entry.objects.get().title == "저장된 제목"


def test_save_draft_again_after_a_stale_refusal_replaces(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    browser.post(entry.get_absolute_url(), typed(competition, revision="1", **{"case-title": "저장된 제목"}))

    browser.post(entry.get_absolute_url(), typed(competition, revision="2", **{"case-title": "내가 쓴 제목"}))

    assert Entry.objects.get().title == "내가 쓴 제목"


def test_save_draft_with_an_invalid_track_keeps_the_text(browser, competition):
    response = browser.post(enter_address(competition), typed(competition, track="x"))

    assert list(errors(response)) == ["track"]
    assert "민원 답변 초안" in response.content.decode()
    assert not Entry.objects.exists()


def test_save_draft_of_two_megabytes_keeps_the_text(browser, competition):
    text = "가나" * 350_000

    response = browser.post(enter_address(competition), typed(competition, **{"case-problem": text}))

    assert list(errors(response)) == ["case-problem"]
    assert "700,000" in errors(response)["case-problem"][0]
    assert text in response.content.decode()
    assert not Entry.objects.exists()


def test_add_prompt_shows_one_more_and_saves_nothing(browser, competition):
    response = browser.post(enter_address(competition), typed(competition, act="add-prompt"))

    assert len(response.context["form"].prompts) == 2
    assert "민원 답변 초안" in response.content.decode()
    assert not Entry.objects.exists()


def test_add_prompt_stops_at_three(browser, competition):
    response = browser.post(
        enter_address(competition), typed(competition, act="add-prompt", prompt_count="999")
    )

    assert len(response.context["form"].prompts) == 3


# An ended session


def test_text_typed_in_an_ended_session_comes_back_after_signing_in(client, competition, user):
    fields = typed(competition, writer=KEPT_ENTRY.mark_of(user))
    response = client.post(enter_address(competition), fields)
    assert response.url.startswith("/accounts/login/")
    client.force_login(user)

    page = client.get(enter_address(competition))

    assert page.context["form"]["case-problem"].value() == "30분씩 걸렸습니다."
    assert not Entry.objects.exists()


def test_text_typed_in_an_ended_session_is_not_shown_to_another(client, competition, user):
    client.post(enter_address(competition), typed(competition, writer=KEPT_ENTRY.mark_of(user)))
    client.force_login(make_user())

    assert "30분씩" not in client.get(enter_address(competition)).content.decode()


def test_text_of_nobody_is_not_kept(client, competition):
    client.post(enter_address(competition), typed(competition, writer="x"))

    assert "kept_entry" not in client.session


# Submitting


def test_submit_leads_to_the_receipt(browser, competition):
    response = browser.post(enter_address(competition), submitted(competition))

    entry = Entry.objects.get()
    assert response.url == reverse("competitions:receipt", args=[entry.pk])
    assert entry.state == EntryState.SUBMITTED
    assert entry.snapshot.content["case"]["effect"]["adoption_rate"] == "0.8"
    assert Consent.objects.count() == 3


def test_submit_twice_is_one_entry(browser, competition):
    fields = submitted(competition)

    first, second = (browser.post(enter_address(competition), fields) for _click in range(2))

    assert first.url == second.url
    assert (Entry.objects.count(), Snapshot.objects.count()) == (1, 1)


def test_submit_query_count(browser, competition, django_assert_max_num_queries):
    fields = submitted(competition)

    with django_assert_max_num_queries(24) as captured:  # 4 are savepoints of this test's own transaction
        browser.post(enter_address(competition), fields)

    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) <= 20


def test_submit_unfinished_says_everything_and_saves(browser, competition):
    fields = {"prompts-0-user": "", "case-summary": "", "case-effect-minutes_after": "조금"}

    response = browser.post(enter_address(competition), typed(competition, act="submit", **fields))

    assert set(errors(response)) == {"prompts-0-user", "case-summary", "case-effect-minutes_after", *CONSENTS}
    assert response.context["form"]["case-effect-minutes_after"].value() == "조금"
    assert Entry.objects.get().state == EntryState.DRAFT
    assert response.context["form"]["revision"].value() == 1


@pytest.mark.parametrize("missing", CONSENTS)
def test_submit_without_a_consent_is_refused(browser, competition, missing):
    fields = submitted(competition)
    del fields[missing]

    response = browser.post(enter_address(competition), fields)

    assert list(errors(response)) == [missing]
    assert not Snapshot.objects.exists()


def test_submit_with_a_faulty_second_prompt_points_at_it(browser, competition):
    fields = {"prompt_count": "3", "prompts-2-title": "", "prompts-2-user": "제목이 없습니다."}

    response = browser.post(enter_address(competition), submitted(competition, **fields))

    assert list(errors(response)) == ["prompts-2-title"]


def test_submit_too_late_keeps_the_text(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    close(competition)

    response = browser.post(entry.get_absolute_url(), submitted(competition, revision="1"))

    assert list(errors(response)) == ["__all__"]
    assert re.search(r"09:00:00.*\d\d:\d\d:\d\d", errors(response)["__all__"][0])
    assert "30분씩 걸렸습니다." in response.content.decode()
    entry.refresh_from_db()
    assert entry.state == EntryState.DRAFT


@pytest.mark.parametrize("state", [EntryState.ACCEPTED, EntryState.WITHDRAWN])
def test_submit_decided_or_withdrawn_is_refused(browser, competition, user, state):
    entry = make_entry(competition, entrant=user, state=state)

    response = browser.post(entry.get_absolute_url(), submitted(competition, revision="1"))

    assert list(errors(response)) == ["__all__"]
    assert not Snapshot.objects.exists()


def test_entry_says_when_it_changed_since_submission(browser, competition):
    browser.post(enter_address(competition), submitted(competition))
    entry = Entry.objects.get()
    assert browser.get(entry.get_absolute_url()).context["is_changed"] is False

    browser.post(entry.get_absolute_url(), typed(competition, revision="1", **{"case-title": "고침"}))

    page = browser.get(entry.get_absolute_url())
    assert page.context["is_changed"] is True


def test_entry_after_the_deadline_is_shown_to_read(browser, competition, user):
    entry = make_entry(competition, entrant=user, state=EntryState.ACCEPTED)
    close(competition)

    response = browser.get(entry.get_absolute_url())

    assert "form" not in response.context
    assert response.context["state"] == EntryState.ACCEPTED


def test_entry_hides_an_award_until_results_are_published(browser, user):
    competition = make_competition(state=CompetitionState.DECIDED)
    entry = make_entry(competition, entrant=user, state=EntryState.AWARDED)

    assert browser.get(entry.get_absolute_url()).context["state"] == EntryState.ACCEPTED


# Withdrawing


def test_withdraw_asks_first(browser, competition, user):
    entry = make_entry(competition, entrant=user)

    browser.get(reverse("competitions:withdraw", args=[entry.pk]))

    assert Entry.objects.get().state == EntryState.DRAFT


def test_withdraw_leads_to_my_entries(browser, competition, user):
    entry = make_entry(competition, entrant=user)

    response = browser.post(reverse("competitions:withdraw", args=[entry.pk]))

    assert response.url == MINE
    assert Entry.objects.get().state == EntryState.WITHDRAWN


def test_withdraw_too_late_changes_nothing(browser, competition, user):
    entry = make_entry(competition, entrant=user)
    close(competition)

    browser.post(reverse("competitions:withdraw", args=[entry.pk]))

    assert Entry.objects.get().state == EntryState.DRAFT


# My entries and receipts


def test_my_entries_query_count_at_one_and_three_rows(browser, user):
    make_entry(make_competition(), entrant=user)
    make_entry(make_competition(), entrant=make_user())
    one = queries_of(browser, MINE)
    for _number in range(2):
        submitted_entry(make_competition(), entrant=user)

    assert queries_of(browser, MINE) == one <= 12
    assert len(browser.get(MINE).context["rows"]) == 3


def test_my_entries_empty_suggests_competitions(browser):
    assert "/competitions/" in browser.get(MINE).content.decode()


@pytest.mark.parametrize("state", EntryState.values)
def test_my_entries_names_a_next_step(browser, competition, user, state):
    make_entry(competition, entrant=user, state=state)

    response = browser.get(MINE)

    assert response.context["rows"][0]["next"]


def test_receipt_shows_number_time_and_hash(browser, competition):
    browser.post(enter_address(competition), submitted(competition))
    snapshot = Snapshot.objects.get()

    page = browser.get(reverse("competitions:receipt", args=[snapshot.entry_id])).content.decode()

    local = timezone.localtime(snapshot.submitted_at)
    for text in (snapshot.receipt_number, snapshot.content_sha256, f"{local:%H:%M:%S} (KST, UTC+09:00)"):
        assert text in page


def test_receipt_lists_all_submissions(browser, competition):
    browser.post(enter_address(competition), submitted(competition))
    entry = Entry.objects.get()
    browser.post(entry.get_absolute_url(), submitted(competition, revision="1", **{"case-title": "고침"}))

    response = browser.get(reverse("competitions:receipt", args=[entry.pk]))

    assert [snapshot.number for snapshot in response.context["snapshots"]] == [2, 1]


def test_receipt_of_a_draft_does_not_exist(browser, competition, user):
    entry = make_entry(competition, entrant=user)

    assert browser.get(reverse("competitions:receipt", args=[entry.pk])).status_code == 404


def test_submission_download_has_the_hash_of_the_receipt(browser, competition):
    browser.post(enter_address(competition), submitted(competition))
    snapshot = Snapshot.objects.get()

    response = browser.get(reverse("competitions:submission", args=[snapshot.entry_id, 1]))

    assert hashlib.sha256(response.content).hexdigest() == snapshot.content_sha256


def test_submission_of_a_stranger_does_not_exist(client, browser, competition):
    browser.post(enter_address(competition), submitted(competition))
    entry = Entry.objects.get()
    client.force_login(make_user())

    assert client.get(reverse("competitions:submission", args=[entry.pk, 1])).status_code == 404

"""How an entry stands with the organiser, on the pages of its own people."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from competitions.actions.results.candidates import candidates_among
from competitions.models import Award, Competition, Entry, EntryNote, Result, TeamMember
from competitions.states import CompetitionState, EntryState
from tests.competitions.test_call_views import queries_of
from tests.competitions.test_candidate_reports import make_verified
from tests.competitions.test_revocations import noticed
from tests.factories import AT, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
MINE = reverse("competitions:my_entries")


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def browser(as_user, user):
    return as_user(user)


def note(entry, text, *, audience="entrant", at=AT):
    values = {"entry": entry, "audience": audience, "text": text, "at": at, "idempotency_key": uuid4()}
    return EntryNote.objects.create(**values)


def of_state(user, state, *, phase=CompetitionState.ANNOUNCED, **fields):
    """On a page to write, a draft; on one to read, anything else."""
    return make_entry(make_competition(state=phase), entrant=user, state=state, **fields)


@pytest.mark.parametrize("state", [EntryState.DRAFT, EntryState.ACCEPTED])
def test_notes_for_the_entrant_are_shown_newest_first_and_no_others(browser, user, state):
    entry = of_state(user, state)
    older = note(entry, "첫 쪽지")
    newer = note(entry, "둘째 쪽지", at=AT + timedelta(days=1))
    for audience in ("organisers", "committee"):
        note(entry, f"비밀 {audience}", audience=audience)

    response = browser.get(entry.get_absolute_url())

    assert response.context["notes"] == [newer, older]
    page = response.content.decode()
    assert page.index("둘째 쪽지") < page.index("첫 쪽지")
    assert "비밀" not in page


def test_a_note_is_no_markup(browser, user):
    entry = of_state(user, EntryState.DRAFT)
    note(entry, "<b>굵게</b>")

    assert "<b>굵게</b>" not in browser.get(entry.get_absolute_url()).content.decode()


def test_a_member_of_the_team_reads_the_notes_too(as_user, user):
    entry, member = of_state(user, EntryState.DRAFT), make_user()
    TeamMember.objects.create(entry=entry, user=member, state="accepted", invited_at=AT, answered_at=AT)
    note(entry, "쪽지")

    assert "쪽지" in as_user(member).get(entry.get_absolute_url()).content.decode()


def test_what_was_asked_of_a_correction_stays_once_it_was_answered(browser, user):
    entry = of_state(
        user, EntryState.SUBMITTED, correction_note="수치를 고쳐 주십시오.", correction_due=now()
    )

    response = browser.get(entry.get_absolute_url())

    assert response.context["corrected"] == "수치를 고쳐 주십시오."
    assert response.content.decode().count("수치를 고쳐 주십시오.") == 1


def test_what_is_to_be_corrected_now_is_told_once(browser, user):
    due = now() + timedelta(days=1)
    entry = of_state(user, EntryState.RETURNED, correction_note="수치를 고쳐 주십시오.", correction_due=due)

    assert browser.get(entry.get_absolute_url()).content.decode().count("수치를 고쳐 주십시오.") == 1


@pytest.mark.parametrize("state", [EntryState.DRAFT, EntryState.ACCEPTED])
def test_page_takes_the_same_queries_for_one_and_three_notes(browser, user, state):
    entry = of_state(user, state)
    none = queries_of(browser, entry.get_absolute_url())
    note(entry, "쪽지")
    one = queries_of(browser, entry.get_absolute_url())
    for _number in range(2):
        note(entry, "쪽지")

    assert queries_of(browser, entry.get_absolute_url()) == one == none + 1


def test_a_save_that_is_refused_shows_the_notes_again(browser, user):
    entry = of_state(user, EntryState.DRAFT, revision=3)
    note(entry, "쪽지")
    form = browser.get(entry.get_absolute_url()).context["form"]

    fields = form.as_if_posted() | {"revision": "1", "case-title": "다른 제목", "act": "save"}
    response = browser.post(entry.get_absolute_url(), {k: v for k, v in fields.items() if v is not None})

    assert response.status_code == 409
    assert [each.text for each in response.context["notes"]] == ["쪽지"]


# The notice about an award


def make_revoked(user):
    competition = make_competition(state=CompetitionState.PUBLISHED, profile="full")
    entry = make_entry(competition, entrant=user, state=EntryState.AWARDED)
    noticed(Award.objects.create(tier=competition.award_tiers.first(), entry=entry, decided_at=AT))
    return entry


def test_entry_and_list_lead_to_the_notice_about_the_award(browser, user):
    entry = make_revoked(user)
    other = of_state(user, EntryState.AWARDED, phase=CompetitionState.PUBLISHED)

    pages = [
        browser.get(address).content.decode()
        for address in (entry.get_absolute_url(), MINE, other.get_absolute_url())
    ]

    links = [reverse("competitions:entry_revocation", args=[each.pk]) for each in (entry, other)]
    assert [links[0] in page for page in pages] == [True, True, False]
    assert not any(links[1] in page for page in pages)


# Candidates


def own_of(competition, user, code):
    entry = Entry.objects.get(competition=competition, code=code)
    Entry.objects.filter(pk=entry.pk).update(entrant=user)
    return entry


@pytest.mark.parametrize(("code", "is_candidate"), [("E1", True), ("X1", False), ("Y1", False)])
def test_entry_and_list_say_that_it_is_a_candidate(browser, user, code, is_candidate):
    competition = make_verified()
    entry = own_of(competition, user, code)
    link = f"{competition.get_absolute_url()}#candidates-title"

    pages = [browser.get(address).content.decode() for address in (entry.get_absolute_url(), MINE)]

    assert [link in page for page in pages] == [is_candidate] * 2


def test_an_entry_tied_at_the_award_line_is_a_candidate():
    competition = make_verified()
    result = Result.objects.get()
    result.outcome["entries"][2] |= {"award": None, "status": "tied_at_award_line"}
    result.save()
    entries = list(Entry.objects.select_related("competition"))

    assert {row.code for row in entries if row.pk in candidates_among(entries)} == {"E1", "E2", "X1"}
    assert competition.entries.count() == 4


def test_outside_the_verification_nobody_is_a_candidate_and_nothing_is_asked(django_assert_num_queries):
    Competition.objects.filter(pk=make_verified().pk).update(state=CompetitionState.DECIDED)
    entries = list(Entry.objects.select_related("competition"))

    with django_assert_num_queries(0):
        assert candidates_among(entries) == set()


def test_my_entries_query_count_with_notices_and_candidates(browser, user):
    own_of(make_verified(), user, "E1")
    make_revoked(user)
    one = queries_of(browser, MINE)
    for _number in range(2):
        own_of(make_verified(), user, "E1")
        make_revoked(user)

    assert queries_of(browser, MINE) == one <= 12

import pytest

from casebook.actions.versions import ask_review
from competitions.states import CompetitionState, EntryState, SheetState
from competitions.waiting import waiting_for
from tests.factories import (
    AT,
    grant,
    make_assignment,
    make_closed_competition,
    make_competition,
    make_entry,
    make_judge,
    make_prompt,
    make_question,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_nothing_waits_for_a_resident_and_nothing_is_asked(django_assert_num_queries):
    user = make_user()

    with django_assert_num_queries(1):
        assert waiting_for(user) == []


def test_open_sheets_wait_for_a_judge():
    competition = make_closed_competition(state=CompetitionState.JUDGING)
    user = make_user()
    grant(user, "judge", competition)
    judge = make_judge(competition, user=user)
    for state in (SheetState.ASSIGNED, SheetState.STARTED):
        make_assignment(judge, make_entry(competition, state=EntryState.ACCEPTED), state=state)
    signed = make_entry(competition, state=EntryState.ACCEPTED)
    make_assignment(judge, signed, state=SheetState.SIGNED, signed_at=AT)

    assert waiting_for(user) == [(2, "/judging/")]


def test_unscreened_entries_wait_for_their_organiser_once_entries_closed():
    closed, still_open = make_closed_competition(), make_competition()
    user = make_user("organiser")
    for competition in (closed, still_open):
        make_entry(competition, state=EntryState.SUBMITTED)

    assert waiting_for(user) == [(1, "/organise/")]


def test_unanswered_questions_wait_for_their_organiser():
    competition = make_competition()
    user = make_user("organiser")
    make_question(competition)
    make_question(competition, answered=True)
    make_question(competition, removed_at=AT)

    assert waiting_for(user) == [(1, "/organise/")]


def test_questions_about_calls_of_others_wait_for_nobody():
    user = make_user()
    grant(user, "organiser", make_competition())
    make_question(make_competition())

    assert waiting_for(user) == [(0, "/organise/")]


def test_versions_in_review_wait_for_editors(as_user):
    ask_review(make_prompt().versions.get(), by=None, at=AT)
    editor = make_user("editor")

    page = as_user(editor).get("/prompts/").content.decode()

    assert waiting_for(editor) == [(1, "/desk/")]
    assert '<span class="count">1' in page

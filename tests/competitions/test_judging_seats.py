"""Where the judge's queue leads besides the sheets, and what a judge reads whose sheet was taken away."""

import pytest
from django.urls import reverse

from competitions.models import Assignment, Judge, Round
from competitions.states import CompetitionState
from tests.competitions.conflicting import make_conflict
from tests.competitions.jury import make_accepted_entry, make_judging_competition, make_sheet
from tests.competitions.test_judging_room import SCRIPT, begin
from tests.competitions.test_judging_views import QUEUE, make_sheets, page, typed
from tests.factories import AT, make_competition, make_judge, make_user

pytestmark = pytest.mark.django_db
CHALLENGES = reverse("competitions:judging_challenges")


def to(name, competition, *more):
    return reverse(f"competitions:{name}", args=[competition.slug, *more])


def make_stage(competition, *, drawn_at=AT):
    fields = {"name": "발표", "kind": Round.Kind.PRESENTATION, "drawn_at": drawn_at}
    return competition.rounds.create(code="stage", weight=50, position=2, **fields)


def make_challenge(competition, **fields):
    """A challenge of another member, for the committee to vote on."""
    other = make_judge(competition, user=make_user(), code="J8")
    entry = make_accepted_entry(competition, code="E8", entrant=make_user())
    return make_conflict(other, entry, kind="challenge", state="open", **fields)


# Ways


def test_queue_leads_to_the_letter_the_ties_and_the_deliberation(as_user):
    (sheet,) = make_sheets(1)
    Judge.objects.update(letter_number="2026-001-01")

    text = as_user(sheet.judge.user).get(QUEUE).content.decode()

    for name in ("judge_letter", "judge_ties", "judging_deliberation"):
        assert to(name, sheet.entry.competition) in text
    assert CHALLENGES not in text


def test_queue_without_a_letter_does_not_offer_it(as_user):
    (sheet,) = make_sheets(1)

    assert (
        to("judge_letter", sheet.entry.competition)
        not in as_user(sheet.judge.user).get(QUEUE).content.decode()
    )


@pytest.mark.parametrize("is_chair", [True, False])
def test_queue_leads_to_the_presentations_and_the_chair_to_the_screen(as_user, is_chair):
    (sheet,) = make_sheets(1)
    Judge.objects.update(is_chair=is_chair)
    competition = sheet.entry.competition
    make_stage(competition)

    text = as_user(sheet.judge.user).get(QUEUE).content.decode()

    assert to("judging_now", competition, "stage") in text
    assert (to("stage", competition, "stage") in text) == is_chair


@pytest.mark.parametrize(
    ("drawn_at", "state"), [(None, CompetitionState.JUDGING), (AT, CompetitionState.PUBLISHED)]
)
def test_queue_without_a_presentation_now_leads_to_none(as_user, drawn_at, state):
    competition = make_judging_competition(state=state)
    make_stage(competition, drawn_at=drawn_at)
    judge = make_judge(competition, user=make_user())

    (seat,) = as_user(judge.user).get(QUEUE).context["seats"]

    assert seat.presentations == ()


def test_queue_names_no_committee_one_has_left_or_that_was_cancelled(as_user):
    judge = make_judge(make_judging_competition(), user=make_user(), state=Judge.State.DROPPED)
    make_judge(make_competition(state=CompetitionState.CANCELLED), user=judge.user)

    assert as_user(judge.user).get(QUEUE).context["seats"] == []


def test_queue_says_that_a_challenge_waits_until_one_has_voted(as_user):
    (sheet,) = make_sheets(1)
    row = make_challenge(sheet.entry.competition)
    client = as_user(sheet.judge.user)

    before = client.get(QUEUE)
    row.votes.create(judge=sheet.judge, upholds=True, reason="같은 부서", at=AT)
    after = client.get(QUEUE)

    assert (before.context["challenge_count"], after.context["challenge_count"]) == (1, 0)
    assert CHALLENGES in before.content.decode()
    assert CHALLENGES not in after.content.decode()


def test_queue_hides_the_challenge_from_the_challenged_member(as_user):
    (sheet,) = make_sheets(1)
    row = make_challenge(sheet.entry.competition)

    assert as_user(row.judge.user).get(QUEUE).context["challenge_count"] == 0


@pytest.mark.parametrize("count", [1, 3])
def test_queue_of_several_committees_query_count(as_user, count, django_assert_num_queries):
    user = make_user()
    for _number in range(count):
        competition = make_judging_competition()
        make_stage(competition)
        make_sheet(competition, judge=make_judge(competition, user=user))
    client = as_user(user)

    with django_assert_num_queries(14):
        client.get(QUEUE)


# A sheet that was taken away


def test_saving_by_script_a_sheet_that_was_taken_away_says_so(as_user):
    (sheet,) = make_sheets(1)
    given = typed(sheet, "30", "40")
    Assignment.objects.all().delete()

    response = as_user(sheet.judge.user).post(page(sheet), given, **SCRIPT)

    assert response.status_code == 410
    assert QUEUE in response.json()["problems"]


def test_saving_by_script_after_a_conflict_was_found_says_so(as_user):
    (sheet,) = make_sheets(1)
    make_conflict(sheet.judge, sheet.entry)

    response = as_user(sheet.judge.user).post(page(sheet), typed(sheet, "30", "40"), **SCRIPT)

    assert response.status_code == 410
    assert sheet.entry.title not in response.content.decode()


def test_saving_a_sheet_that_was_taken_away_leads_to_the_queue(as_user):
    (sheet,) = make_sheets(1)
    given = typed(sheet, "30", "40")
    Assignment.objects.all().delete()

    response = as_user(sheet.judge.user).post(page(sheet), given, follow=True)

    assert response.redirect_chain == [(QUEUE, 302)]
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_sheet_of_nobody_is_not_found_by_who_judges_nothing(as_user):
    (sheet,) = make_sheets(1)

    assert as_user(make_user()).post(page(sheet), typed(sheet, "30", "40")).status_code == 404


def test_of_several_sheets_one_that_was_taken_away_keeps_none_from_being_signed(as_user):
    gone, there = make_sheets(2)
    for sheet in (gone, there):
        begin(sheet, "30", "40")
    there.refresh_from_db()
    Assignment.objects.filter(pk=gone.pk).delete()
    given = {"sheets": [gone.pk, there.pk], f"seen_at_{there.pk}": there.saved_at.isoformat()}

    response = as_user(there.judge.user).post(reverse("competitions:judging_sign_many"), given)

    assert response.status_code == 422
    assert Assignment.objects.signed().get() == there
    assert [message.level_tag for message in response.context["messages"]] == ["error"]

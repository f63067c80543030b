import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from accounts.roles import Role
from competitions.actions.results.results import compute
from competitions.models import Assignment, Award, Competition, Result, Track
from competitions.states import CompetitionState
from tests.competitions.deciding.making import make_committee_contest
from tests.competitions.jury import make_scored_competition, sign
from tests.factories import AT, grant, make_user

pytestmark = pytest.mark.django_db


def address(competition, name="decide_result"):
    return reverse(f"competitions:{name}", args=[competition.slug])


def organiser_of(competition):
    user = make_user()
    grant(user, Role.ORGANISER, competition)
    return user


def chosen(competition, *, none=(), **awards):
    """What the page posts. none: (code of a tier, reason) pairs."""
    given = {"inputs_sha256": Result.objects.get(competition=competition).inputs_sha256}
    for entry in competition.entries.all():
        given[f"award_{entry.pk}"] = awards.get(entry.code, "")
        given[f"reason_{entry.pk}"] = awards.get(f"{entry.code}_reason", "")
    for code, reason in none:
        given[f"none_{competition.award_tiers.get(code=code).pk}"] = reason
    return given


def confirmed(given):
    return given | {"confirmed": "yes"}


def test_page_has_the_proposal_filled_in(as_user):
    competition = make_committee_contest()

    form = as_user(organiser_of(competition)).get(address(competition)).context["form"]

    assert [award.value() for _row, award, _reason in form.rows] == ["grand", "good", None]


def test_page_names_what_parted_equals(as_user):
    competition = make_scored_competition(E1=("30", "40"), E2=("40", "30"))
    Competition.objects.update(scoring={"tie_break": ["criterion:idea"]})
    compute(Competition.objects.get(), by=None, at=AT)

    form = as_user(organiser_of(competition)).get(address(competition)).context["form"]

    name = competition.rounds.get().criteria.get(code="idea").name
    assert name != "idea"
    assert [(row.code, name in row.tie) for row, _award, _reason in form.rows] == [("E2", True), ("E1", True)]


def test_looking_marks_what_departs_and_decides_nothing(as_user):
    competition = make_committee_contest()

    response = as_user(organiser_of(competition)).post(
        address(competition),
        chosen(competition, E2="grand", E2_reason="현장 확인", none=[("good", "기준 미달")]),
    )

    assert [(line.row.code, line.mark, line.reason) for line in response.context["lines"]] == [
        ("E2", "departing", "현장 확인")
    ]
    assert response.context["empty"] == [("우수", "기준 미달")]
    assert not Award.objects.exists()


def test_changing_what_was_looked_at_keeps_it(as_user):
    competition = make_committee_contest()
    given = chosen(competition, E1="grand", none=[("good", "기준 미달")])

    response = as_user(organiser_of(competition)).post(address(competition), given | {"change": "yes"})

    assert response.status_code == 200
    assert [award.value() for _row, award, _reason in response.context["form"].rows] == ["grand", "", ""]
    assert not Award.objects.exists()


def test_confirming_decides(as_user):
    competition = make_committee_contest()
    given = chosen(competition, E1="grand", none=[("good", "기준 미달")])

    response = as_user(organiser_of(competition)).post(address(competition), confirmed(given))

    assert response.url == address(competition, "organise_result")
    assert Award.objects.get().entry.code == "E1"
    assert AuditRecord.objects.get(verb="awards.decided").detail["no_award"] == {"good": "기준 미달"}


@pytest.mark.parametrize("wanted", [lambda given: given, confirmed], ids=["looking", "deciding"])
def test_award_not_given_without_a_reason_is_told_beside_the_award(as_user, wanted):
    competition = make_committee_contest()

    response = as_user(organiser_of(competition)).post(
        address(competition), wanted(chosen(competition, E1="grand"))
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"none_{competition.award_tiers.get(code='good').pk}"]
    assert not Award.objects.exists()


def test_two_prizes_for_one_person_are_told_beside_the_entry(as_user):
    competition = make_committee_contest()
    Competition.objects.update(one_prize_per_person=True)
    person = make_user()
    for ordinal, code in enumerate(("E1", "E2"), start=1):
        competition.entries.filter(code=code).update(entrant=person, ordinal=ordinal)
    client = as_user(organiser_of(competition))

    stale = client.post(address(competition), chosen(competition, E1="grand", E2="good"))
    response = client.post(address(competition), chosen(competition, E1="grand", E2="good"))

    assert (stale.status_code, response.status_code) == (422, 422)
    assert list(response.context["form"].errors) == [f"reason_{competition.entries.get(code='E2').pk}"]


def test_awards_of_another_track_are_not_offered(as_user):
    competition = make_committee_contest()
    tier = competition.award_tiers.get(code="good")
    tier.track = Track.objects.create(competition=competition, code="b", name="직원")
    tier.save()

    form = as_user(organiser_of(competition)).get(address(competition)).context["form"]
    choices = [value for value, _label in form.rows[0][1].field.choices]

    assert choices == ["", "grand"]


def test_full_profile_without_a_vote_of_the_committee_says_so(as_user):
    competition = make_committee_contest()
    Competition.objects.update(profile="full")

    response = as_user(organiser_of(competition)).post(
        address(competition), chosen(competition, E1="grand", E2="good")
    )

    assert response.status_code == 422
    assert "제8조제1항" in str(response.context["form"].non_field_errors())


def test_sheets_not_signed_are_counted(as_user):
    competition = make_committee_contest(E1=("40", "60"), E2=None)

    assert as_user(organiser_of(competition)).get(address(competition)).context["waiting"] == 1


def test_order_that_changed_meanwhile_keeps_the_choices(as_user):
    competition = make_committee_contest(members=1, E1=("20", "40"), E2=None)
    client, given = as_user(organiser_of(competition)), chosen(competition, E1="grand")
    sign(Assignment.objects.get(entry__code="E2"), "40", "50")

    response = client.post(address(competition), given)

    form = response.context["form"]
    assert [(row.code, award.value()) for row, award, _reason in form.rows] == [("E2", ""), ("E1", "grand")]
    assert len(form.non_field_errors()) == 1


@pytest.mark.parametrize("state", [CompetitionState.PUBLISHED, CompetitionState.CANCELLED])
def test_page_after_the_end_leads_to_the_result(as_user, state):
    competition = make_committee_contest()
    Competition.objects.update(state=state, published_at=AT)

    assert as_user(organiser_of(competition)).get(address(competition)).status_code == 302


def test_page_without_a_result_leads_to_it(as_user):
    competition = make_scored_competition(E1=("20", "40"))
    client = as_user(organiser_of(competition))

    for answer in (client.get(address(competition)), client.post(address(competition), {})):
        assert answer.url == address(competition, "organise_result")


@pytest.mark.parametrize("count", [1, 3])
def test_awards_query_count(as_user, count, django_assert_num_queries):
    competition = make_committee_contest(**{f"E{n}": ("10", "10") for n in range(count)})
    client = as_user(organiser_of(competition))
    client.get(address(competition))

    with django_assert_num_queries(11):
        client.get(address(competition))

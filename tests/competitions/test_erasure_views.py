import pytest
from django.urls import reverse

from competitions.actions.erasure import forgets_at
from competitions.models import Competition
from tests.competitions.erased_contest import make_ended, make_people_entry
from tests.factories import AT, make_closed_competition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    user = make_user("administrator")
    client.force_login(user)
    return user


def page(competition):
    return reverse("competitions:organise_forgetting", args=[competition.slug])


def test_the_page_shows_the_day_and_what_is_kept(client, organiser, tmp_path):
    competition = make_ended()
    make_people_entry(competition, tmp_path)

    response = client.get(page(competition))

    assert response.context["forgets_at"] == forgets_at(competition)
    assert (response.context["kept"].entries, response.context["kept"].files) == (1, 1)


def test_a_running_contest_has_no_day(client, organiser):
    response = client.get(page(make_closed_competition()))

    assert response.context["forgets_at"] is None
    assert not response.context["can_lengthen"]


def test_the_overview_links_to_the_page(client, organiser):
    competition = make_ended()
    overview = reverse("competitions:organise_competition", args=[competition.slug])

    response = client.get(overview)

    assert response.context["forgets_at"] == forgets_at(competition)
    assert page(competition) in response.content.decode()


def test_lengthening_is_stored_and_listed(client, organiser):
    competition = make_ended()

    client.post(page(competition), {"days": "900", "reason": "감사 자료로 필요합니다."})

    competition.refresh_from_db()
    assert competition.keep_days == 900
    [each] = client.get(page(competition)).context["lengthened"]
    assert (each["before"], each["after"], each["reason"]) == (365, 900, "감사 자료로 필요합니다.")


@pytest.mark.parametrize(
    "data",
    [
        {"days": "", "reason": "이유"},
        {"days": "900", "reason": ""},
        {"days": "100", "reason": "이유"},
        {"days": "9999", "reason": "이유"},
    ],
)
def test_a_refused_lengthening_keeps_what_was_typed(client, organiser, data):
    competition = make_ended()

    response = client.post(page(competition), data)

    assert response.status_code == 422
    assert response.context["form"].data["reason"] == data["reason"]
    assert Competition.objects.get().keep_days == 365


def test_after_the_forgetting_nothing_can_be_lengthened(client, organiser):
    competition = make_ended(erased_at=AT)

    assert not client.get(page(competition)).context["can_lengthen"]
    assert client.post(page(competition), {"days": "900", "reason": "이유"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_the_same_queries_however_many_entries(
    client, organiser, tmp_path, django_assert_num_queries, count
):
    competition = make_ended()
    for _each in range(count):
        make_people_entry(competition, tmp_path)

    with django_assert_num_queries(10):
        client.get(page(competition))

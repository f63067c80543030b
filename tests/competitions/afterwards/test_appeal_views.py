"""Pages of appeals: the entrant's and the organiser's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from competitions.actions.afterwards.appeals import withdraw_appeal
from competitions.models import Appeal
from tests.competitions.afterwards.finished import make_finished
from tests.competitions.afterwards.test_appeals import answered, entry_of, filed
from tests.competitions.test_call_views import queries_of
from tests.competitions.test_organise_views import organiser_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
TEXT = "점수 합계가 다릅니다."


def own_page(entry):
    return reverse("competitions:appeal", args=[entry.pk])


def send(client, entry, text=TEXT):
    return client.post(own_page(entry), {"text": text, "idempotency_key": uuid4()})


def test_entrant_appeals_and_withdraws(as_user):
    entry = entry_of()
    client = as_user(entry.entrant)

    assert send(client, entry).url == own_page(entry)
    appeal = Appeal.objects.get()
    client.post(reverse("competitions:withdraw_appeal", args=[entry.pk, appeal.pk]))

    appeal.refresh_from_db()
    assert appeal.withdrawn_at
    assert client.get(own_page(entry)).context["form"]


def test_refused_text_is_kept(as_user):
    entry = entry_of()

    response = send(as_user(entry.entrant), entry, "900101-1234567 때문입니다.")

    assert response.status_code == 422
    assert response.context["form"]["text"].value() == "900101-1234567 때문입니다."


def test_too_late_the_text_is_shown_to_copy(as_user):
    entry = entry_of(make_finished(published_at=now() - timedelta(days=11)))

    response = send(as_user(entry.entrant), entry)

    assert response.status_code == 422
    assert response.context["form"] is None
    assert TEXT in response.content.decode()


def test_second_open_one_keeps_its_text(as_user):
    entry = entry_of()
    filed(entry)

    response = send(as_user(entry.entrant), entry, "다른 이유입니다.")

    assert response.status_code == 422
    assert "다른 이유입니다." in response.content.decode()


def test_stranger_finds_nothing(as_user):
    entry = entry_of()
    appeal = filed(entry)
    client = as_user(make_user())

    assert client.get(own_page(entry)).status_code == 404
    assert client.post(reverse("competitions:withdraw_appeal", args=[entry.pk, appeal.pk])).status_code == 404


def test_answered_appeal_cannot_be_withdrawn_on_the_page(as_user):
    entry = entry_of()
    appeal = filed(entry)
    answered(appeal)

    as_user(entry.entrant).post(reverse("competitions:withdraw_appeal", args=[entry.pk, appeal.pk]))

    appeal.refresh_from_db()
    assert appeal.withdrawn_at is None


def test_page_of_the_entry_leads_to_the_appeal(as_user):
    entry = entry_of()

    page = as_user(entry.entrant).get(entry.get_absolute_url())

    assert own_page(entry) in page.content.decode()


def organise(appeal):
    return reverse("competitions:organise_appeal", args=[appeal.entry.competition.slug, appeal.pk])


def test_organiser_answers(as_user):
    appeal = filed(entry_of())
    client = as_user(organiser_of(appeal.entry.competition))

    assert client.post(organise(appeal), {}).status_code == 422
    response = client.post(organise(appeal), {"outcome": "dismissed", "answer": "맞게 계산되었습니다."})

    appeal.refresh_from_db()
    assert (response.url, appeal.outcome) == (organise(appeal), "dismissed")


def test_answer_to_a_withdrawn_one_is_kept_and_refused(as_user):
    appeal = filed(entry_of())
    withdraw_appeal(appeal, by=appeal.by, at=now())

    response = as_user(organiser_of(appeal.entry.competition)).post(
        organise(appeal), {"outcome": "upheld", "answer": "맞습니다."}
    )

    assert response.status_code == 422
    assert response.context["form"]["answer"].value() == "맞습니다."


def test_evidence_is_at_hand(as_user):
    entry = entry_of()
    entry.assignments.update(comment_committee="효과의 근거가 약함")
    entry.deliberation_notes.create(text="논의한 내용", at=now(), idempotency_key=uuid4())

    page = as_user(organiser_of(entry.competition)).get(organise(filed(entry))).content.decode()

    assert "효과의 근거가 약함" in page
    assert "논의한 내용" in page


def test_upheld_appeal_says_what_to_do_next(as_user):
    upheld, dismissed = filed(entry_of()), filed(entry_of())
    answered(upheld)
    answered(dismissed, outcome="dismissed")

    pages = [as_user(organiser_of(row.entry.competition)).get(organise(row)) for row in (upheld, dismissed)]

    assert ['id="next-title"' in page.content.decode() for page in pages] == [True, False]


def test_other_organiser_does_not_see_it(as_user):
    appeal, other = filed(entry_of()), entry_of().competition
    client = as_user(organiser_of(other))

    assert client.get(organise(appeal)).status_code == 403
    foreign = reverse("competitions:organise_appeal", args=[other.slug, appeal.pk])
    assert client.get(foreign).status_code == 404


def test_list_shows_counts_and_what_is_chosen(as_user):
    competition = make_finished(published_at=now())
    waiting, done = (filed(entry_of(competition, code)) for code in ("E1", "E2"))
    answered(done)
    address = reverse("competitions:organise_appeals", args=[competition.slug])

    response = as_user(organiser_of(competition)).get(address, {"show": "open"})

    assert list(response.context["page_obj"]) == [waiting]
    assert [each["count"] for each in response.context["filters"]] == [2, 1, 1, 0]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_long(as_user, count):
    competition = make_finished(published_at=now())
    for code in ("E1", "E2", "E3")[:count]:
        filed(entry_of(competition, code))
    address = reverse("competitions:organise_appeals", args=[competition.slug])

    assert queries_of(as_user(organiser_of(competition)), address) == 9

from datetime import timedelta

import pytest
from django.urls import reverse

from casebook.actions.usage import count_use
from casebook.models import SearchDocument, UsageCount
from tests.factories import AT, make_case, make_prompt, make_user

pytestmark = pytest.mark.django_db


def counts(prompt):
    return list(UsageCount.objects.filter(prompt=prompt).values_list("views", "fills", "copies"))


def test_a_day_has_one_row_with_the_sums():
    prompt = make_prompt(published=True)

    for what in ("view", "view", "fill", "copy", "view"):
        count_use(prompt, what, at=AT)

    assert counts(prompt) == [(3, 1, 1)]


def test_days_and_prompts_are_counted_apart():
    one, other = make_prompt(published=True), make_prompt(published=True)
    count_use(one, "view", at=AT)
    count_use(one, "view", at=AT + timedelta(days=1))
    count_use(other, "view", at=AT)

    assert (len(counts(one)), len(counts(other))) == (2, 1)


def test_the_day_is_the_day_in_korea():
    prompt = make_prompt(published=True)
    count_use(prompt, "view", at=AT.replace(hour=20))

    assert UsageCount.objects.get().day.isoformat() == "2026-05-13"


def test_copies_are_kept_with_the_prompt_and_its_search_document():
    prompt = make_prompt(published=True)

    count_use(prompt, "copy", at=AT)
    count_use(prompt, "copy", at=AT)

    prompt.refresh_from_db()
    assert (prompt.uses, SearchDocument.objects.get(prompt=prompt).uses) == (2, 2)


@pytest.mark.parametrize("what", ["", "views", "uses; --", None])
def test_unknown_words_count_nothing(what):
    prompt = make_prompt(published=True)

    count_use(prompt, what, at=AT)

    assert counts(prompt) == []


def test_the_beacon_counts_for_a_visitor_and_answers_nothing(client):
    prompt = make_prompt(published=True)

    response = client.post(reverse("casebook:used", args=[prompt.slug]), {"what": "copy"})

    assert (response.status_code, response.content, counts(prompt)) == (204, b"", [(0, 0, 1)])


def test_the_beacon_ignores_what_it_does_not_know(client):
    prompt = make_prompt(published=True)

    response = client.post(reverse("casebook:used", args=[prompt.slug]), {"what": "stolen"})

    assert (response.status_code, counts(prompt)) == (204, [])


def test_a_draft_is_not_counted_not_even_for_its_author(as_user):
    author = make_user("staff")
    prompt = make_prompt(by=author)

    response = as_user(author).post(reverse("casebook:used", args=[prompt.slug]), {"what": "view"})

    assert (response.status_code, counts(prompt)) == (404, [])


def test_the_beacon_needs_the_token_of_the_page(client):
    prompt = make_prompt(published=True)
    client.handler.enforce_csrf_checks = True

    response = client.post(reverse("casebook:used", args=[prompt.slug]), {"what": "view"})

    assert (response.status_code, counts(prompt)) == (403, [])


def test_nothing_is_stored_about_who():
    stored = {field.name for field in UsageCount._meta.get_fields()}

    assert stored == {"id", "prompt", "day", "views", "fills", "copies"}


def test_the_list_says_how_often_and_sorts_by_it(client):
    make_prompt(published=True, title="안 쓰임")
    often = make_prompt(published=True, title="쓰임")
    make_case(published=True)
    for _ in range(3):
        count_use(often, "copy", at=AT)

    response = client.get("/prompts/?sort=used", headers={"cookie": "language=en"})

    assert [each.title for each in response.context["page_obj"].object_list] == ["쓰임", "안 쓰임"]
    assert response.content.decode().count("used 3 times") == 1


def test_what_nobody_rated_comes_after_the_worst_rating(client):
    for title, total, count in (("보통", 6, 2), ("없음", 0, 0), ("좋음", 10, 2), ("좋음, 더 많이", 50, 10)):
        prompt = make_prompt(published=True, title=title)
        SearchDocument.objects.filter(prompt=prompt).update(rating_sum=total, rating_count=count)

    found = client.get("/prompts/?sort=rated").context["page_obj"].object_list

    assert [each.title for each in found] == ["좋음, 더 많이", "좋음", "보통", "없음"]

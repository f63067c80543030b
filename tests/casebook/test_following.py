"""Following a work field."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casebook.actions.follows import follow, followed_fields, mark_seen, new_documents, unfollow
from casebook.models import Follow
from tests.factories import AT, make_case, make_prompt, make_user, make_work_field

pytestmark = pytest.mark.django_db
BEFORE, LATER = AT - timedelta(days=1), AT + timedelta(days=1)


def titles(user):
    return [document.title for document in new_documents(user)]


def test_what_is_published_since_one_follows_is_new():
    user, field = make_user(), make_work_field()
    follow(field, by=user, at=BEFORE)
    make_prompt(published=True, title="새것", work_field=field.code)
    make_case(published=True, title="새 사례", work_field=field.code)
    make_prompt(published=True, title="다른 분야", work_field=make_work_field("세무").code)
    make_prompt(title="초안", work_field=field.code)

    assert sorted(titles(user)) == ["새 사례", "새것"]


def test_what_was_there_before_is_not_new():
    user, field = make_user(), make_work_field()
    make_prompt(published=True, work_field=field.code)
    follow(field, by=user, at=LATER)

    assert titles(user) == []


def test_a_field_takes_in_the_fields_below_it():
    user, field = make_user(), make_work_field()
    below = make_work_field("민원 답변", parent=field)
    follow(field, by=user, at=BEFORE)
    make_prompt(published=True, title="아래", work_field=below.code)

    assert titles(user) == ["아래"]
    assert [(each, each.new) for each in followed_fields(user)] == [(field, 1)]


def test_what_two_fields_bring_is_listed_once():
    user, field = make_user(), make_work_field()
    below = make_work_field("민원 답변", parent=field)
    for each in (field, below):
        follow(each, by=user, at=BEFORE)
    make_prompt(published=True, title="한 번", work_field=below.code)

    assert titles(user) == ["한 번"]


def test_following_again_keeps_what_was_seen():
    user, field = make_user(), make_work_field()
    follow(field, by=user, at=AT)
    follow(field, by=user, at=LATER)

    assert Follow.objects.get().seen_at == AT


def test_marking_never_goes_back():
    user, field = make_user(), make_work_field()
    follow(field, by=user, at=AT)

    mark_seen(user, at=BEFORE)

    assert Follow.objects.get().seen_at == AT


def test_no_longer_following():
    user, other, field = make_user(), make_user(), make_work_field()
    for person in (user, other):
        follow(field, by=person, at=AT)

    unfollow(field, by=user)

    assert Follow.objects.get().by == other


# Pages


@pytest.mark.parametrize("count", [1, 3])
def test_following_query_count(as_user, count, django_assert_num_queries):
    user = make_user("staff")
    for _ in range(count):
        field = make_work_field()
        follow(field, by=user, at=BEFORE)
        make_prompt(published=True, work_field=field.code)
    client = as_user(user)

    with django_assert_num_queries(9):
        response = client.get("/following/")

    assert len(response.context["page_obj"].object_list) == count
    assert len(response.context["fields"]) == count


def test_looking_does_not_make_it_old(as_user):
    user, field = make_user(), make_work_field()
    follow(field, by=user, at=BEFORE)
    make_prompt(published=True, work_field=field.code)
    client = as_user(user)

    seen = [client.get("/following/").context["page_obj"].paginator.count for _ in range(2)]
    client.post(reverse("casebook:following_read"))

    assert [*seen, client.get("/following/").context["page_obj"].paginator.count] == [1, 1, 0]


def test_what_came_after_the_list_was_shown_stays_new(as_user):
    user, field = make_user(), make_work_field()
    follow(field, by=user, at=BEFORE)
    make_prompt(published=True, title="방금", work_field=field.code)
    shown_at = (AT - timedelta(minutes=1)).isoformat()

    as_user(user).post(reverse("casebook:following_read"), {"until": shown_at})

    assert titles(user) == ["방금"]


@pytest.mark.parametrize(
    "until", ["", "어제", "2026-13-45T00:00", "2026-05-12T09:00", "2999-01-01T00:00+09:00"]
)
def test_a_broken_moment_is_now(as_user, until):
    user, field = make_user(), make_work_field()
    follow(field, by=user, at=BEFORE)
    make_prompt(published=True, work_field=field.code)

    response = as_user(user).post(reverse("casebook:following_read"), {"until": until})

    assert response.status_code == 302
    assert titles(user) == []
    assert Follow.objects.get().seen_at.year < 2900


def test_follow_and_stop_by_form(as_user):
    user, field = make_user(), make_work_field()
    client = as_user(user)

    client.post("/following/", {"field": field.code})
    followed = Follow.objects.filter(by=user, work_field=field).exists()
    client.post(reverse("casebook:following_stop", args=[field.pk]))

    assert followed
    assert not Follow.objects.exists()


@pytest.mark.parametrize("code", ["", "없는-분야"])
def test_an_unknown_field_is_refused(as_user, code):
    make_work_field()

    assert as_user(make_user()).post("/following/", {"field": code}).status_code == 422


def test_stopping_an_unknown_field_is_not_found(as_user):
    assert as_user(make_user()).post(reverse("casebook:following_stop", args=[999])).status_code == 404


def test_visitors_are_asked_to_log_in(client):
    assert client.get("/following/").url.startswith("/accounts/login/")

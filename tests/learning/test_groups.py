from datetime import date

import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from accounts.permissions import scope_of
from accounts.roles import Role
from learning.models import LearningGroup
from learning.views import listing
from tests.factories import grant, make_learning_group, make_user, make_work_field

pytestmark = pytest.mark.django_db
LIST = "/learning/"
WANTED = {
    "title": "AI 학습모임 하나",
    "kind": "group",
    "description": "## 목표\n\n함께 배웁니다.",
    "starts_on": "2026-05-01",
    "ends_on": "2026-11-30",
    "capacity": "35",
}


@pytest.fixture
def today(monkeypatch):
    day = date(2026, 5, 12)
    monkeypatch.setattr(listing, "localdate", lambda: day)
    return day


def titles(response):
    return [group.title for group in response.context["page_obj"]]


def make_three():
    make_learning_group(title="지금", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 12))
    make_learning_group(title="앞으로", starts_on=date(2026, 5, 13), ends_on=date(2026, 6, 1), kind="course")
    make_learning_group(title="끝난", starts_on=date(2026, 1, 1), ends_on=date(2026, 5, 11))


def test_groups_are_public(client, today):
    make_three()

    assert titles(client.get(LIST)) == ["앞으로", "지금", "끝난"]


def test_groups_are_filtered_by_period_and_kind(client, today):
    make_three()

    assert titles(client.get(LIST, {"when": "now"})) == ["지금"]
    assert titles(client.get(LIST, {"when": ["now", "over"]})) == ["지금", "끝난"]
    assert titles(client.get(LIST, {"kind": "course"})) == ["앞으로"]
    assert titles(client.get(LIST, {"kind": "course", "when": "over"})) == []


def test_groups_facets_count_everything(client, today):
    make_three()

    facets = client.get(LIST, {"when": "now"}).context["facets"]

    assert [(o["value"], o["count"], o["selected"]) for facet in facets for o in facet["options"]] == [
        ("now", 1, True),
        ("coming", 1, False),
        ("over", 1, False),
        ("group", 2, False),
        ("course", 1, False),
    ]


def test_groups_with_an_unknown_filter_show_everything(client, today):
    make_three()

    assert len(titles(client.get(LIST, {"kind": "x", "when": "y", "page": "z"}))) == 3


def test_groups_empty(client):
    assert client.get(LIST).status_code == 200
    assert client.get(LIST, {"kind": "course"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_groups_query_count(client, count, django_assert_num_queries):
    for _number in range(count):
        group = make_learning_group(work_field=make_work_field())
        group.memberships.create(user=make_user(), joined_at="2026-05-01T00:00Z")

    with django_assert_num_queries(7):
        response = client.get(LIST)

    assert {group.member_count for group in response.context["page_obj"]} == {1}


# Creating


def test_create_needs_login(client):
    assert client.get("/learning/new/").status_code == 302


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.EDITOR, Role.ORGANISER])
def test_create_refuses_others(as_user, role):
    user = make_user(*filter(None, [role]))

    assert as_user(user).get("/learning/new/").status_code == 403
    assert as_user(user).post("/learning/new/", WANTED).status_code == 403


def test_create_makes_its_author_the_facilitator(as_user):
    user = make_user(Role.FACILITATOR)

    response = as_user(user).post("/learning/new/", WANTED)

    group = LearningGroup.objects.get()
    membership = group.memberships.get()
    assert response.url == reverse("learning:group", args=["ai-학습모임-하나"])
    assert (membership.user, membership.is_facilitator) == (user, True)
    assert user.grants.filter(role="facilitator", scope=scope_of(group)).count() == 1
    assert set(AuditRecord.objects.values_list("verb", flat=True)) == {
        "group.created",
        "member.added",
        "role.granted",
    }


@pytest.mark.parametrize("title", ["new", "!!!", "AI 학습모임 하나", "모임" * 60])
def test_create_finds_a_free_address(as_user, title):
    make_learning_group(slug="ai-학습모임-하나")

    response = as_user(make_user(Role.FACILITATOR)).post("/learning/new/", WANTED | {"title": title})

    assert response.status_code == 302
    assert as_user(make_user()).get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "가" * 121),
        ("kind", "x"),
        ("ends_on", "2026-04-30"),
        ("starts_on", "언젠가"),
        ("capacity", "0"),
        ("capacity", "99999"),
        ("description", "가" * 20_001),
    ],
)
def test_create_with_a_wrong_value_names_the_field_and_keeps_the_rest(as_user, field, value):
    response = as_user(make_user(Role.FACILITATOR)).post("/learning/new/", WANTED | {field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert LearningGroup.objects.count() == 0
    assert "2026-11-30" in response.content.decode() or field == "ends_on"


# Changing


def make_led_group(**fields):
    group, leader = make_learning_group(**fields), make_user()
    grant(leader, Role.FACILITATOR, group)
    return group, leader


def test_edit_by_its_facilitator(as_user):
    group, leader = make_led_group()

    response = as_user(leader).post(reverse("learning:edit", args=[group.slug]), WANTED)

    changed = LearningGroup.objects.get()
    assert response.url == reverse("learning:group", args=[group.slug])
    assert (changed.title, changed.slug) == (WANTED["title"], group.slug)
    assert AuditRecord.objects.get().detail["fields"] == ["description", "ends_on", "starts_on", "title"]


def test_edit_of_another_group_is_refused(as_user):
    _mine, leader = make_led_group()

    assert as_user(leader).get(reverse("learning:edit", args=[make_learning_group().slug])).status_code == 403


def test_edit_below_the_number_of_members_is_refused(as_user):
    group, leader = make_led_group()
    for _number in range(2):
        group.memberships.create(user=make_user(), joined_at="2026-05-01T00:00Z")

    response = as_user(leader).post(
        reverse("learning:edit", args=[group.slug]), WANTED | {"capacity": "1", "title": "새 이름"}
    )

    group.refresh_from_db()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["capacity"]
    assert "새 이름" in response.content.decode()
    assert group.capacity == 35


def test_edit_of_a_missing_group_is_not_found(as_user):
    assert as_user(make_user(Role.FACILITATOR)).get("/learning/없음/edit/").status_code == 404

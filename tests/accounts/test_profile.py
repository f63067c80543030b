import pytest
from django.urls import reverse

from accounts import audit
from accounts.models import AuditRecord, User
from accounts.roles import Role
from accounts.views import keyset
from tests.factories import make_department, make_user

pytestmark = pytest.mark.django_db
PROFILE = "/accounts/profile/"


def test_profile_needs_login(client):
    assert client.get(PROFILE).url == f"/accounts/login/?next={PROFILE}"


def test_accounts_address_leads_to_the_profile(as_user):
    assert as_user(make_user()).get("/accounts/").url == PROFILE


def test_profile_change_is_stored_and_recorded(as_user):
    user = make_user(Role.STAFF)
    department = make_department()

    values = {"name": "이가온", "department": department.pk, "language": "en"}
    response = as_user(user).post(PROFILE, values)

    user.refresh_from_db()
    assert response.url == PROFILE
    assert response.cookies["language"].value == "en"
    assert (user.name, user.department) == ("이가온", department)
    record = AuditRecord.objects.get(verb="profile.changed")
    assert (record.by, record.about, record.detail) == (user, user, {"fields": ["name", "department"]})


def test_profile_saved_unchanged_writes_no_record(as_user):
    user = make_user()

    as_user(user).post(PROFILE, {"name": user.name, "language": "ko"})

    assert AuditRecord.objects.count() == 0


def test_profile_without_name_is_refused(as_user):
    user = make_user()

    response = as_user(user).post(PROFILE, {"name": " ", "language": "ko"})

    assert response.status_code == 422
    assert User.objects.get().name == user.name
    assert "name" in response.context["form"].errors


def test_profile_refused_keeps_the_header_as_stored(as_user):
    user = make_user(name="이가온")

    response = as_user(user).post(PROFILE, {"name": "가" * 51, "language": "ko"})

    assert response.context["user"].name == "이가온"
    assert "가" * 51 in response.content.decode()


def test_profile_with_an_unknown_language_is_refused(as_user):
    response = as_user(make_user()).post(PROFILE, {"name": "이가온", "language": "xx"})

    assert response.status_code == 422


def test_resident_cannot_choose_a_department(as_user):
    user = make_user()

    as_user(user).post(PROFILE, {"name": "이가온", "department": make_department().pk, "language": "ko"})

    user.refresh_from_db()
    assert user.department is None


def test_profile_shows_roles_in_words(as_user):
    user = make_user(Role.EDITOR)

    client = as_user(user)
    client.cookies["language"] = "en"

    assert client.get(PROFILE).context["grants"] == [Role.EDITOR.label]


def test_markup_in_a_name_is_shown_as_text(as_user):
    page = as_user(make_user(name="<script>alert(1)</script>")).get(PROFILE).content.decode()

    assert "<script>alert(1)" not in page


# Who looked at my data


def test_my_access_shows_others_acts_only(as_user):
    me, other = make_user(), make_user(name="박가온")
    audit.record("profile.changed", by=me, about=me)
    audit.record("person.viewed", by=other, about=other)
    seen = audit.record("person.viewed", by=other, about=me)

    response = as_user(me).get(reverse("my_access"))

    assert response.context["records"] == [seen]
    assert "박가온" in response.content.decode()


def test_my_access_hides_who_acted_in_a_contest(as_user):
    me = make_user()
    audit.record("entry.seen_by_judge", by=make_user(name="비밀심사"), about=me)
    audit.record("entry.accepted", by=None, about=me)

    page = as_user(me).get(reverse("my_access")).content.decode()

    assert "비밀심사" not in page


def test_my_access_goes_on_below_the_last_record(as_user, monkeypatch):
    monkeypatch.setattr(keyset, "PAGE_SIZE", 2)
    me, other = make_user(), make_user()
    records = [audit.record("person.viewed", by=other, about=me) for _number in range(5)]
    client = as_user(me)

    first = client.get(reverse("my_access")).context
    second = client.get(reverse("my_access"), {"before": first["next_before"]}).context
    third = client.get(reverse("my_access"), {"before": second["next_before"]}).context

    assert first["records"] + second["records"] + third["records"] == records[::-1]
    assert third["next_before"] is None


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 40])
def test_my_access_with_a_broken_address_shows_the_newest(as_user, before):
    me = make_user()
    record = audit.record("person.viewed", by=make_user(), about=me)

    response = as_user(me).get(reverse("my_access"), {"before": before})

    assert response.context["records"] == [record]


def test_my_access_empty(as_user):
    assert as_user(make_user()).get(reverse("my_access")).context["records"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_my_access_query_count(as_user, count, django_assert_num_queries):
    me = make_user()
    for _number in range(count):
        audit.record("person.viewed", by=make_user(department=make_department()), about=me)
    client = as_user(me)

    with django_assert_num_queries(5):
        client.get(reverse("my_access"))

import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditRecord
from accounts.permissions import scope_of
from accounts.roles import Role
from learning.actions.members import add_facilitator, add_member, person_by_email, remove_member
from learning.errors import AlreadyMember, GroupFull, NoSuchAccount, NotAMember
from tests.factories import AT, grant, make_department, make_learning_group, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_learning_group(slug="ai-모임", capacity=2, description="## 목표\n\n<script>x</script> 함께")


@pytest.fixture
def leader(group):
    user = make_user(name="길잡이")
    grant(user, Role.FACILITATOR, group)
    return user


def page_of(group):
    return reverse("learning:group", args=[group.slug])


def add(client, group, email, **fields):
    return client.post(reverse("learning:add_member", args=[group.slug]), {"email": email} | fields)


def test_add_member(group, leader):
    person = make_user()

    add_member(group, person, by=leader, at=AT)

    membership = group.memberships.get()
    assert (membership.user, membership.is_facilitator, membership.joined_at) == (person, False, AT)
    record = AuditRecord.objects.get()
    assert (record.verb, record.about, record.detail) == ("member.added", person, {"facilitator": False})


def test_add_member_twice_is_refused(group, leader):
    person = make_user()
    add_member(group, person, by=leader, at=AT)

    with pytest.raises(AlreadyMember):
        add_member(group, person, by=leader, at=AT)


def test_add_member_to_a_full_group_is_refused(group, leader):
    add_member(group, make_user(), by=leader, at=AT)
    add_member(group, make_user(), by=leader, at=AT)

    with pytest.raises(GroupFull):
        add_member(group, make_user(), by=leader, at=AT)


def test_leaving_keeps_the_row_and_frees_the_place(group, leader):
    person = make_user()
    add_member(group, person, by=leader, at=AT)

    remove_member(group, person, by=leader, at=AT)
    add_member(group, make_user(), by=leader, at=AT)
    add_member(group, person, by=leader, at=AT)

    assert group.memberships.count() == 3
    assert group.memberships.current().count() == 2


def test_removing_twice_is_refused(group, leader):
    person = make_user()
    add_member(group, person, by=leader, at=AT)
    remove_member(group, person, by=leader, at=AT)

    with pytest.raises(NotAMember):
        remove_member(group, person, by=leader, at=AT)


def test_facilitator_gets_the_role_for_this_group_only(group, leader):
    person = make_user()

    add_facilitator(group, person, by=leader, at=AT)

    row = person.grants.get()
    assert (row.role, row.scope, row.revoked_at) == ("facilitator", scope_of(group), None)


def test_member_becomes_facilitator_in_place(group, leader):
    person = make_user()
    add_member(group, person, by=leader, at=AT)

    add_facilitator(group, person, by=leader, at=AT)

    assert group.memberships.get().is_facilitator
    assert person.grants.active().count() == 1


def test_facilitator_twice_is_refused(group, leader):
    person = make_user()
    add_facilitator(group, person, by=leader, at=AT)

    with pytest.raises(AlreadyMember):
        add_facilitator(group, person, by=leader, at=AT)


def test_facilitator_who_leaves_loses_the_role(group, leader):
    person = make_user()
    add_facilitator(group, person, by=leader, at=AT)

    remove_member(group, person, by=leader, at=AT)

    assert person.grants.active().count() == 0


@pytest.mark.django_db(transaction=True)
def test_last_place_goes_to_one_of_two():
    group, leader = make_learning_group(capacity=1), make_user()
    barrier, full = threading.Barrier(2), []

    def join(person):
        barrier.wait()
        try:
            add_member(group, person, by=leader, at=AT)
        except GroupFull:
            full.append(person)
        finally:
            connection.close()

    rivals = [threading.Thread(target=join, args=[make_user()]) for _number in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    assert len(full) == 1
    assert group.memberships.current().count() == 1


def test_person_by_email_in_other_case():
    person = make_user(email="kim@example.org")

    assert person_by_email(" KIM@example.org ") == person


@pytest.mark.parametrize("email", ["nobody@example.org", "closed@example.org"])
def test_person_by_email_of_nobody_is_refused(email):
    make_user(email="closed@example.org", is_active=False)

    with pytest.raises(NoSuchAccount):
        person_by_email(email)


# Pages


def test_group_is_public_and_its_text_is_safe(client, group):
    page = client.get(page_of(group)).content.decode()

    assert "<script>x" not in page
    assert "함께" in page


def test_members_are_named_to_each_other_only(client, as_user, group, leader):
    member, other = make_user(name="모임원하나"), make_user()
    add_member(group, member, by=leader, at=AT)

    assert "모임원하나" not in client.get(page_of(group)).content.decode()
    assert "모임원하나" not in as_user(other).get(page_of(group)).content.decode()
    assert "모임원하나" in as_user(leader).get(page_of(group)).content.decode()
    assert as_user(member).get(page_of(group)).context["members"] is not None
    assert as_user(make_user(Role.ADMINISTRATOR)).get(page_of(group)).context["members"] is not None


def test_former_member_sees_no_names(as_user, group, leader):
    person = make_user()
    add_member(group, person, by=leader, at=AT)
    remove_member(group, person, by=leader, at=AT)

    assert as_user(person).get(page_of(group)).context["members"] is None


def test_facilitators_are_named_to_all(client, group, leader):
    add_facilitator(group, make_user(name="길잡이둘"), by=leader, at=AT)

    assert "길잡이둘" in client.get(page_of(group)).content.decode()


def test_places_left(client, group, leader):
    add_member(group, make_user(), by=leader, at=AT)

    assert client.get(page_of(group)).context["places_left"] == 1


def test_add_by_address(as_user, group, leader):
    make_user(email="kim@example.org")

    response = add(as_user(leader), group, "KIM@example.org")

    assert response.url == page_of(group)
    assert group.memberships.get().user.email == "kim@example.org"


def test_add_facilitator_by_address(as_user, group, leader):
    make_user(email="kim@example.org")

    add(as_user(leader), group, "kim@example.org", is_facilitator="on")

    assert group.memberships.get().is_facilitator


@pytest.mark.parametrize("email", ["nobody@example.org", "no address", ""])
def test_add_of_a_wrong_address_keeps_what_was_typed(as_user, group, leader, email):
    response = add(as_user(leader), group, email)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]
    assert f'value="{email}"' in response.content.decode() or not email


def test_add_to_a_full_group_says_so(as_user, group, leader):
    for _number in range(2):
        add_member(group, make_user(), by=leader, at=AT)
    make_user(email="kim@example.org")

    response = add(as_user(leader), group, "kim@example.org")

    assert response.status_code == 422
    assert group.memberships.count() == 2


def test_members_are_not_changed_by_others(as_user, group, leader):
    person = make_user(email="kim@example.org")
    add_member(group, person, by=leader, at=AT)
    client = as_user(person)
    remove = reverse("learning:remove_member", args=[group.slug, group.memberships.get().pk])

    assert add(client, group, "kim@example.org").status_code == 403
    assert client.post(remove).status_code == 403
    assert group.memberships.current().count() == 1


def test_remove_page(as_user, group, leader):
    add_member(group, make_user(), by=leader, at=AT)
    remove = reverse("learning:remove_member", args=[group.slug, group.memberships.get().pk])
    client = as_user(leader)

    client.post(remove)
    again = client.post(remove, follow=True)

    assert group.memberships.current().count() == 0
    assert [message.level_tag for message in again.context["messages"]] == ["success", "error"]


def test_remove_of_a_member_of_another_group_is_not_found(as_user, group, leader):
    other = make_learning_group()
    add_member(other, make_user(), by=leader, at=AT)
    remove = reverse("learning:remove_member", args=[group.slug, other.memberships.get().pk])

    assert as_user(leader).post(remove).status_code == 404


@pytest.mark.parametrize("name", ["add_member"])
def test_acts_on_members_need_a_post(as_user, group, leader, name):
    assert as_user(leader).get(reverse(f"learning:{name}", args=[group.slug])).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_group_query_count(as_user, leader, count, django_assert_num_queries):
    large = make_learning_group(capacity=9)
    for _number in range(count):
        person = make_user(department=make_department())
        large.memberships.create(user=person, joined_at=AT)
    client = as_user(make_user(Role.ADMINISTRATOR))

    with django_assert_num_queries(6):
        client.get(page_of(large))

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditRecord, Department, RoleGrant
from accounts.roles import Role
from tests.factories import make_department, make_government, make_user

pytestmark = pytest.mark.django_db
PAGES = ["people", "departments"]


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR, name="관리자", email="admin@example.org")


def listed(response):
    return [person.name for person in response.context["page_obj"]]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RESIDENT, Role.ADMINISTRATOR}))
def test_people_pages_refuse_other_roles(as_user, name, role):
    assert as_user(make_user(role)).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_people_pages_need_login(client, name):
    assert client.get(reverse(name)).status_code == 302


def test_person_page_refuses_others(as_user):
    person = make_user()

    assert as_user(make_user(Role.EDITOR)).get(reverse("person", args=[person.pk])).status_code == 403


def test_people_are_found_by_part_of_name_or_address(as_user, administrator):
    make_user(name="김가온", email="kim@city.example")
    make_user(name="이나래", email="lee@town.example")
    client = as_user(administrator)

    assert listed(client.get(reverse("people"), {"q": "가온"})) == ["김가온"]
    assert listed(client.get(reverse("people"), {"q": "TOWN"})) == ["이나래"]
    assert listed(client.get(reverse("people"), {"q": "%"})) == []


def test_people_are_filtered_by_role(as_user, administrator):
    make_user(Role.EDITOR, name="편집자")
    make_user(name="주민")
    client = as_user(administrator)

    assert listed(client.get(reverse("people"), {"role": "editor"})) == ["편집자"]
    assert listed(client.get(reverse("people"), {"role": "resident"})) == ["주민"]
    assert len(listed(client.get(reverse("people"), {"role": "nonsense"}))) == 3


def test_people_with_a_revoked_role_are_not_filtered_by_it(as_user, administrator):
    person = make_user(Role.EDITOR)
    person.grants.update(revoked_at=person.joined_at)

    assert listed(as_user(administrator).get(reverse("people"), {"role": "editor"})) == []


@pytest.mark.parametrize("count", [1, 3])
def test_people_query_count(as_user, administrator, count, django_assert_num_queries):
    for _number in range(count):
        make_user(Role.EDITOR, Role.STAFF, department=make_department())
    client = as_user(administrator)

    with django_assert_num_queries(7):
        client.get(reverse("people"))


@pytest.mark.parametrize("count", [1, 3])
def test_person_query_count(as_user, administrator, count, django_assert_num_queries):
    person = make_user(*list(Role)[1 : count + 1])
    client = as_user(administrator)

    with django_assert_num_queries(8):
        client.get(reverse("person", args=[person.pk]))


def test_person_page_is_recorded(as_user, administrator):
    person = make_user()

    as_user(administrator).get(reverse("person", args=[person.pk]))

    record = AuditRecord.objects.get()
    assert (record.verb, record.by, record.about) == ("person.viewed", administrator, person)


def test_own_person_page_is_not_recorded(as_user, administrator):
    as_user(administrator).get(reverse("person", args=[administrator.pk]))

    assert AuditRecord.objects.count() == 0


def test_unknown_person_is_not_found(as_user, administrator):
    assert as_user(administrator).get(reverse("person", args=[999999])).status_code == 404


def test_department_of_a_person_is_set_and_recorded(as_user, administrator):
    person, department = make_user(), make_department()

    as_user(administrator).post(reverse("person_department", args=[person.pk]), {"department": department.pk})

    person.refresh_from_db()
    assert person.department == department
    assert AuditRecord.objects.get().detail == {"department": department.code}


def test_unknown_department_of_a_person_is_refused(as_user, administrator):
    person = make_user(department=make_department())

    as_user(administrator).post(reverse("person_department", args=[person.pk]), {"department": 999999})

    before = person.department
    person.refresh_from_db()
    assert person.department == before


def test_department_is_added(as_user, administrator):
    values = {"name": "민원과", "name_en": "", "code": "minwon"}

    response = as_user(administrator).post(reverse("departments"), values)

    assert response.url == reverse("departments")
    assert Department.objects.get().name == "민원과"
    assert AuditRecord.objects.get().verb == "department.added"


@pytest.mark.parametrize(
    "values",
    [{"name": "", "code": "x"}, {"name": "민원과", "code": "y"}, {"name": "새 부서", "code": "minwon"}],
)
def test_department_without_name_or_with_a_taken_one_is_refused(as_user, administrator, values):
    Department.objects.create(name="민원과", code="minwon")

    response = as_user(administrator).post(reverse("departments"), values)

    assert response.status_code == 422
    assert Department.objects.count() == 1
    assert f'value="{values["code"]}"' in response.content.decode()


def test_department_is_renamed(as_user, administrator):
    department = make_department()
    values = {"name": "새 이름", "name_en": "New name", "code": department.code}

    as_user(administrator).post(reverse("department", args=[department.pk]), values)

    department.refresh_from_db()
    assert department.name == "새 이름"
    assert AuditRecord.objects.get().verb == "department.renamed"


def test_department_renamed_to_nothing_is_refused_and_keeps_its_heading(as_user, administrator):
    department = make_department("민원과")

    response = as_user(administrator).post(
        reverse("department", args=[department.pk]), {"name": "", "code": department.code}
    )

    assert response.status_code == 422
    assert response.context["stored"].name == department.name


@pytest.mark.parametrize("count", [1, 3])
def test_departments_query_count(as_user, administrator, count, django_assert_num_queries):
    for _number in range(count):
        make_user(department=make_department())
    client = as_user(administrator)

    with django_assert_num_queries(6):
        client.get(reverse("departments"))


def test_grant_role_command_makes_the_first_administrator(capsys):
    person = make_user(email="first@example.org")

    call_command("grant_role", "FIRST@example.org", "administrator")

    grant = RoleGrant.objects.get()
    assert (grant.user, grant.role, grant.scope, grant.granted_by) == (person, "administrator", "", None)
    assert capsys.readouterr().out == "first@example.org: administrator\n"


def test_grant_role_command_for_one_competition():
    make_user(email="first@example.org")

    call_command("grant_role", "first@example.org", "judge", "--scope", "competition:3")

    assert RoleGrant.objects.get().scope == "competition:3"


@pytest.mark.parametrize(
    ("email", "role"),
    [("nobody@example.org", "editor"), ("first@example.org", "king"), ("first@example.org", "judge")],
)
def test_grant_role_command_refuses(email, role):
    make_user(email="first@example.org")

    with pytest.raises(CommandError):
        call_command("grant_role", email, role)

    assert RoleGrant.objects.count() == 0


def test_demo_accounts_command_lists_the_demo(settings, capsys):
    settings.DEMO = True
    make_government(is_fictional=True)
    make_user(Role.EDITOR, email="editor@demo.example", name="시연 편집자")
    make_user(email="real@example.org")

    call_command("demo_accounts")

    printed = capsys.readouterr().out
    assert "editor@demo.example" in printed
    assert "demo-2026!casebook" in printed
    assert "real@example.org" not in printed


def test_demo_accounts_command_refuses_outside_the_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command("demo_accounts")

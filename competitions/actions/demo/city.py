"""The fictional city: its departments, its people, who may do what, and its learning group."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress

from accounts.models import Department, Government, RoleGrant, User
from accounts.permissions import scope_of
from accounts.roles import SCOPED_ROLES, Role
from casebook.actions.starter import bring_work_fields
from casebook.models import WorkField
from competitions.models import Judge
from learning.models import LearningGroup, Membership

GOVERNMENT_KEYS = ("name", "name_en", "region_code", "is_fictional")


def make_city(site):
    Government.objects.create(is_self=True, **{key: site["government"][key] for key in GOVERNMENT_KEYS})
    Department.objects.bulk_create(Department(**row) for row in site["departments"])
    bring_work_fields()


def make_person(given, *, password, at):
    department = Department.objects.get(code=given["department"]) if given["department"] else None
    user = User.objects.create(
        email=given["email"], password=password, name=given["name"], department=department
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    if given["role"] not in {*SCOPED_ROLES, Role.RESIDENT} or given["role"] == Role.ORGANISER:
        RoleGrant.objects.create(user=user, role=given["role"], granted_at=at)
    return user


def give_place(given, user, *, at):
    """Give a person the roles that hold for one competition or learning group."""
    if "judge_of" in given:
        judge = Judge.objects.get(
            competition__slug=given["judge_of"]["competition"], code=given["judge_of"]["judge"]
        )
        Judge.objects.filter(pk=judge.pk).update(user=user, pledged_at=at)
        RoleGrant.objects.create(user=user, role=Role.JUDGE, scope=scope_of(judge.competition), granted_at=at)
    for slug in given.get("facilitates", []):
        group = LearningGroup.objects.get(slug=slug)
        RoleGrant.objects.create(user=user, role=Role.FACILITATOR, scope=scope_of(group), granted_at=at)


def make_learning_group(given, *, people, at):
    group = LearningGroup.objects.create(
        slug=given["slug"],
        title=given["title"],
        kind=given["kind"],
        description=given["description"],
        capacity=given["capacity"],
        work_field=WorkField.objects.get(code=given["work_field"]),
        starts_on=_day(at, given["starts_in_days"]),
        ends_on=_day(at, given["ends_in_days"]),
    )
    Membership.objects.create(
        group=group, user=people[given["facilitator"]], is_facilitator=True, joined_at=at
    )


def _day(at, days) -> date:
    return (at + timedelta(days=days)).date()

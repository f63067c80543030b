"""What an administrator does with people and departments."""

from django.db import transaction

from accounts import audit
from accounts.models import User


@transaction.atomic
def set_department(person, *, department, by):
    if person.department_id == (department.pk if department else None):
        return
    User.objects.filter(pk=person.pk).update(department=department)
    code = department.code if department else ""
    audit.record("person.department_set", by=by, target=person, about=person, department=code)


@transaction.atomic
def save_department(department, *, by):
    """Add the department, or rename one that is stored."""
    verb = "department.renamed" if department.pk else "department.added"
    department.save()
    audit.record(verb, by=by, target=department, name=department.name)
    return department

"""Telling the officials of departments of an announced call, each person once."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions.jobs import ask_job
from accounts.models import Department, RoleGrant, User
from accounts.roles import Role
from competitions.actions.letters import AT_ONCE, call_facts, tell_people
from competitions.actions.wordings import Wording
from competitions.errors import CompetitionError
from competitions.states import CompetitionState

KIND = "call.announced"


def departments_of(competition):
    """Those the call is for; where it names none, every department."""
    codes = competition.eligibility_record.departments
    return Department.objects.filter(code__in=codes) if codes else Department.objects.all()


def officials_of(departments):
    """Active people of the departments who hold a role of the whole site."""
    roles = RoleGrant.objects.active().filter(user=OuterRef("pk"), scope="").exclude(role=Role.RESIDENT)
    return User.objects.filter(Exists(roles), department__in=departments, is_active=True)


@transaction.atomic
def notify_departments(competition, departments, *, by, at):
    """Tell officials of the departments, at once when they are few. Returns (how many, the Job or None).

    Who was told of the call already, as a follower or by an earlier notice, is not told again.
    """
    refuse_untold(competition)
    departments = list(departments)
    count = officials_of(departments).count()
    if not count:
        raise CompetitionError(_("Nobody works in these departments. Choose others."))
    codes = sorted(department.code for department in departments)
    job = None
    if count > AT_ONCE:
        job = ask_job(
            "tell_departments", by=by, competition=competition.pk, slug=competition.slug, departments=codes
        )
    else:
        tell_officials(competition, departments, by=by, at=at)
    audit.record("letter.departments_told", by=by, target=competition, departments=codes, count=count)
    return count, job


def tell_officials(competition, departments, *, by, at, report=None):
    """Returns to how many."""
    return tell_people(
        officials_of(departments),
        Wording(competition, KIND, **call_facts(competition)),
        at=at,
        by=by,
        key=f"{KIND}:{competition.pk}",
        link=competition.get_absolute_url(),
        report=report,
    )


def refuse_untold(competition):
    if competition.state != CompetitionState.ANNOUNCED:
        raise CompetitionError(_("Departments are told of a call while it is announced. Announce it first."))

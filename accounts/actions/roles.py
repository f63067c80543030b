"""Granting and revoking roles. A revoked grant keeps its row."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove, Refusal
from accounts.models import RoleGrant, User
from accounts.permissions import forget_grants
from accounts.roles import SCOPED_ROLES, Role


@transaction.atomic
def grant_role(person, role, *, scope="", by, at):
    """Raise Refusal when the role is not one to be granted so, or the person has it already."""
    role = _checked(role, scope)
    # Two administrators pressing at once: the second waits here and then sees the first one's grant.
    User.objects.select_for_update().get(pk=person.pk)
    if person.grants.active().filter(role=role, scope=scope).exists():
        raise Refusal(_("%(person)s has the role %(role)s already.") % {"person": person, "role": role.label})
    grant = RoleGrant.objects.create(user=person, role=role, scope=scope, granted_by=by, granted_at=at)
    audit.record("role.granted", by=by, target=person, about=person, role=role.value, scope=scope)
    forget_grants(person)
    return grant


@transaction.atomic
def revoke_role(grant, *, by, at):
    if grant.role == Role.ADMINISTRATOR:
        _keep_an_administrator(grant)
    revoked = RoleGrant.objects.active().filter(pk=grant.pk).update(revoked_by=by, revoked_at=at)
    if not revoked:
        raise IllegalMove(_("This role is revoked already. Nothing was changed."))
    audit.record(
        "role.revoked", by=by, target=grant.user, about=grant.user, role=grant.role, scope=grant.scope
    )
    forget_grants(grant.user)


def _checked(role, scope):
    if role not in Role.values or role == Role.RESIDENT:
        raise Refusal(_("This role cannot be granted. Every account is a resident; choose another role."))
    role = Role(role)
    if role == Role.JUDGE and not scope:
        raise Refusal(_("A judge is named in a competition, not for the whole site. Name the judge there."))
    if scope and role not in SCOPED_ROLES:
        raise Refusal(
            _("The role %(role)s holds for the whole site only. Grant it there.") % {"role": role.label}
        )
    return role


def _keep_an_administrator(grant):
    # Locked in one order, so that of two who revoke each other one is refused.
    active = RoleGrant.objects.active().filter(role=Role.ADMINISTRATOR, user__is_active=True)
    others = list(active.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if others == [grant.pk]:
        raise Refusal(_("This is the last administrator. Grant the role to somebody else first."))

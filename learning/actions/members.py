"""Who takes part in a learning group. Leaving keeps the row."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions.roles import grant_role, revoke_role
from accounts.models import User
from accounts.permissions import scope_of
from accounts.roles import Role
from learning.errors import AlreadyMember, GroupFull, NoSuchAccount, NotAMember
from learning.models import LearningGroup, Membership


def person_by_email(email):
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise NoSuchAccount(
            _("No account has the address %(email)s. Ask the person to sign up first, or check the spelling.")
            % {"email": email}
        )
    return person


@transaction.atomic
def add_member(group, person, *, by, at):
    """Raise GroupFull or AlreadyMember."""
    _join(group, person, is_facilitator=False, by=by, at=at)


@transaction.atomic
def add_facilitator(group, person, *, by, at):
    """Add a person who leads the group, or let a member lead it from now on."""
    member = group.memberships.current().filter(user=person, is_facilitator=False)
    if member.update(is_facilitator=True):
        audit.record("member.added", by=by, target=group, about=person, facilitator=True)
    else:
        _join(group, person, is_facilitator=True, by=by, at=at)
    if not person.grants.active().filter(role=Role.FACILITATOR, scope=scope_of(group)).exists():
        grant_role(person, Role.FACILITATOR, scope=scope_of(group), by=by, at=at)


@transaction.atomic
def remove_member(group, person, *, by, at):
    left = group.memberships.current().filter(user=person).update(left_at=at)
    if not left:
        raise NotAMember(
            _("%(person)s takes no part in this group any more. Nothing was changed.") % {"person": person}
        )
    for grant in person.grants.active().filter(role=Role.FACILITATOR, scope=scope_of(group)):
        revoke_role(grant, by=by, at=at)
    audit.record("member.removed", by=by, target=group, about=person)


def _join(group, person, *, is_facilitator, by, at):
    # The group's row is locked, so that two who add the last member are counted one after the other.
    capacity = LearningGroup.objects.select_for_update().get(pk=group.pk).capacity
    current = group.memberships.current()
    if current.filter(user=person).exists():
        raise AlreadyMember(_("%(person)s takes part in this group already.") % {"person": person})
    if current.count() >= capacity:
        raise GroupFull(
            _("All %(capacity)s places of the group are taken. Raise the capacity or remove a member first.")
            % {"capacity": capacity}
        )
    Membership.objects.create(group=group, user=person, is_facilitator=is_facilitator, joined_at=at)
    audit.record("member.added", by=by, target=group, about=person, facilitator=is_facilitator)

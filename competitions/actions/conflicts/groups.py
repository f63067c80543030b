"""Who learned together: facilitators and members of learning groups."""

from collections import defaultdict

from accounts.models import RoleGrant
from accounts.permissions import scope_of
from accounts.roles import Role
from learning.models import LearningGroup, Membership


def groups_of(accounts):
    """{group: {accounts}} of groups that these people lead, led or were members of. Two queries."""
    groups = defaultdict(set)
    for group, user in Membership.objects.filter(user__in=accounts).values_list("group", "user"):
        groups[group].add(user)
    grants = RoleGrant.objects.filter(user__in=accounts, role=Role.FACILITATOR).exclude(scope="")
    prefix = scope_of(LearningGroup(pk=0)).removesuffix("0")
    for user, scope in grants.values_list("user", "scope"):
        number = scope.removeprefix(prefix)
        if scope.startswith(prefix) and number.isdecimal():
            groups[int(number)].add(user)
    return dict(groups)


def members_of(groups, people):
    """Return ([(group, account)], {group: title}) of these people in these groups. Two queries."""
    rows = Membership.objects.filter(group__in=groups, user__in=people).values_list("group", "user")
    titles = dict(LearningGroup.objects.filter(pk__in=groups).values_list("pk", "title"))
    return list(rows), titles

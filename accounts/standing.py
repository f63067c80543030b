"""What every page wants to know of a person, asked in one query: their roles, and how much they have not read."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Message, RoleGrant, User


def standing_of(user):
    """Return the active grants as a set of (role, scope), and the number of unread messages."""
    grants = RoleGrant.objects.active().filter(user=OuterRef("pk"))
    unread = Message.objects.unread().filter(person=OuterRef("pk")).order_by()
    found = User.objects.filter(pk=user.pk).values_list(
        ArraySubquery(grants.values(grant=JSONObject(role="role", scope="scope"))),
        Coalesce(Subquery(unread.values("person").annotate(number=Count("pk")).values("number")), 0),
    )
    rows, number = found.first() or ([], 0)
    return {(row["role"], row["scope"]) for row in rows}, number

"""The people of the demo: fictional, with one known password, never outside the demo."""

from django.conf import settings
from django.db.models import Prefetch

from accounts.models import Government, RoleGrant, User
from accounts.roles import Role

DEMO_DOMAIN = "@demo.example"
DEMO_PASSWORD = "demo-2026!casebook"


def is_demo():
    return settings.DEMO and Government.objects.filter(is_self=True, is_fictional=True).exists()


def demo_people():
    grants = Prefetch("grants", RoleGrant.objects.active().order_by("pk"), to_attr="active_grants")
    return (
        User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True)
        .prefetch_related(grants)
        .order_by("pk")
    )


def role_labels(person):
    """Names of the roles of a person from `demo_people`, each once; without a grant one is a resident."""
    names = dict.fromkeys(str(grant.get_role_display()) for grant in person.active_grants)
    return list(names) or [str(Role.RESIDENT.label)]

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class RoleGrantQuerySet(models.QuerySet):
    def active(self):
        return self.filter(revoked_at=None)


class RoleGrant(models.Model):
    """A role given to a person. Revoking fills `revoked_at` and keeps the row.

    scope: "" for the whole site, else "competition:<id>" or "learninggroup:<id>".
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="grants")
    role = models.CharField(_("Role"), max_length=20, choices=Role)
    scope = models.CharField(max_length=60, blank=True)
    granted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    revoked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope"], condition=Q(revoked_at=None), name="one_active_grant"
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | Q(revoked_at__isnull=False), name="revoker_needs_revocation"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"

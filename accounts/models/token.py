from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessTokenQuerySet(models.QuerySet):
    def valid(self, at):
        return self.filter(revoked_at=None, expires_at__gt=at)


class AccessToken(models.Model):
    """A secret with which a program acts for a person, within its scopes. Only its hash is kept."""

    class Scope(models.TextChoices):
        READ_PROMPTS = "prompts:read", _("Read published prompts")
        SEARCH = "search:read", _("Search the casebook")

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="tokens")
    name = models.CharField(_("What it is for"), max_length=100)
    prefix = models.CharField(max_length=12)  # the first signs, shown so that people know it again
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("Valid until"))
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)  # the minute that `calls` counts
    calls = models.PositiveIntegerField(default=0)
    idempotency_key = models.UUIDField(unique=True, editable=False)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.name} ({self.prefix}…)"

    def state(self, at):
        """valid, expired or revoked."""
        if self.revoked_at:
            return "revoked"
        return "valid" if at < self.expires_at else "expired"

    def allows(self, scope):
        return scope in self.scopes

    def scope_labels(self):
        return [self.Scope(scope).label for scope in self.scopes]

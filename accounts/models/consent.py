from django.db import models


class Consent(models.Model):
    """A person's agreement to one purpose in one version of its text."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "text_version"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_per_text",
            )
        ]

    def __str__(self):
        return f"{self.purpose} {self.text_version}"

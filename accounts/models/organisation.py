from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Government(models.Model):
    """A local government: ours (`is_self`) or another whose casebook we know."""

    class Kind(models.TextChoices):
        METROPOLITAN = "metropolitan", _("Metropolitan city or province")
        LOCAL = "local", _("City, county or district")
        EDUCATION = "education", _("Office of education")
        AGENCY = "agency", _("Public agency")

    name = models.CharField(_("Name"), max_length=100, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=100, blank=True)
    region_code = models.CharField(_("Region code"), max_length=10, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.LOCAL)
    public_key = models.TextField(blank=True)
    feed_url = models.URLField(blank=True)
    is_self = models.BooleanField(default=False)
    is_fictional = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_self"], condition=models.Q(is_self=True), name="one_own_government"
            )
        ]

    def __str__(self):
        return self.name_en if self.name_en and get_language() == "en" else self.name


class Department(models.Model):
    code = models.CharField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=100, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=100, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name_en if self.name_en and get_language() == "en" else self.name

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class WorkField(models.Model):
    """A field of work such as complaints or welfare; a tree of two levels."""

    code = models.CharField(
        _("Code"), max_length=60, unique=True
    )  # may be Hangul; stands in contents and files
    name = models.CharField(_("Name"), max_length=60)
    name_en = models.CharField(_("Name in English"), max_length=60, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name_en if self.name_en and get_language() == "en" else self.name

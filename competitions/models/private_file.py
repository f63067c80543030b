import uuid

from django.db import models


class PrivateFile(models.Model):
    """A file only a few people see, in the private storage of entries' files."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10)  # pdf, png ...; what is inside decides
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)  # the bytes are gone, the hash stays

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    def __str__(self):
        return self.name

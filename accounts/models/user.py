from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person. Every account is a resident; anything more is a RoleGrant."""

    email = models.EmailField(_("E-mail address"), max_length=254)
    name = models.CharField(_("Name"), max_length=50)
    employee_number = models.CharField(
        _("Employee number"), max_length=30, null=True, blank=True, unique=True
    )
    department = models.ForeignKey(
        "accounts.Department", models.SET_NULL, null=True, blank=True, verbose_name=_("Department")
    )
    language = models.CharField(_("Language of messages"), max_length=10, default="ko")
    muted = ArrayField(models.CharField(max_length=20), default=list)  # topics not wanted by e-mail
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case")]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

"""What a person does with their own account."""

from django.db import transaction

from accounts import audit
from accounts.models import Consent, User

PURPOSE = "account"
# The text stands in templates/account/_privacy_notice.html. Changing its meaning needs a new version here.
NOTICE_VERSION = "2026-1"


@transaction.atomic
def complete_sign_up(user, *, name, at):
    user.name = name
    user.save(update_fields=["name"])
    Consent.objects.create(user=user, purpose=PURPOSE, text_version=NOTICE_VERSION, given_at=at)
    audit.record("account.created", by=user, target=user, about=user)


@transaction.atomic
def change_profile(user, *, name, department, by):
    wanted = {"name": name, "department": department}
    changed = [field for field, value in wanted.items() if getattr(user, field) != value]
    if not changed:
        return
    User.objects.filter(pk=user.pk).update(**wanted)
    audit.record("profile.changed", by=by, target=user, about=user, fields=changed)

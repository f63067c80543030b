"""What a person wants to be told by e-mail, and in which language."""

from django.db import transaction

from accounts import audit
from accounts.models import User


@transaction.atomic
def choose_messages(person, *, language, muted, by):
    """Keep the language of messages and the topics not wanted by e-mail; notices on the site stay."""
    stored = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    wanted = {"language": language, "muted": sorted(muted)}
    changed = [field for field, value in wanted.items() if getattr(stored, field) != value]
    if not changed:
        return
    User.objects.filter(pk=person.pk).update(**wanted)
    audit.record("profile.changed", by=by, target=person, about=person, fields=changed)


@transaction.atomic
def mute(person, topic):
    """Switch one topic off, as the person asks from a mail; a second time changes nothing."""
    stored = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    choose_messages(stored, language=stored.language, muted={*stored.muted, str(topic)}, by=stored)

"""A signed address by which a person switches a topic off without logging in."""

from django.core import signing
from django.urls import reverse

from accounts.models import Topic, User

SALT = "accounts.unsubscribe"
MUTABLE = [topic for topic in Topic if topic != Topic.DUTY]


def unsubscribe_token(person, topic):
    return signing.dumps([person.pk, str(topic)], salt=SALT)


def unsubscribe_address(person, topic):
    return reverse("unsubscribe", args=[unsubscribe_token(person, topic)])


def who_unsubscribes(token):
    """Return (person, topic) of a token, or None. It does not expire: an old mail must still be stoppable."""
    try:
        pk, topic = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk).first()
    return (person, Topic(topic)) if person and topic in MUTABLE else None

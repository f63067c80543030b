from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What a message is about. Duties cannot be switched off; every other topic can."""

    DUTY = "duty", _("What I must know or do")
    REMINDER = "reminder", _("Reminders of deadlines")
    CALL = "call", _("New calls and changes of calls I follow")
    CASEBOOK = "casebook", _("News about prompts and cases I follow")


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The notice centre of a person."""
        return self.filter(person=user)

    def unread(self):
        return self.filter(read_at=None)

    def due(self, at):
        """Mail that waits to be sent."""
        return self.filter(mail=Message.Mail.QUEUED, try_at__lte=at)


class Message(models.Model):
    """One message to one person: a notice on the site and, where wanted, one e-mail.

    Written in the transaction of what it tells of, sent after it. `key` makes the same message once only.
    """

    class Mail(models.TextChoices):
        NONE = "none", _("Not by e-mail")
        QUEUED = "queued", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")  # given up; a person may try again
        UNSURE = "unsure", _("Perhaps sent")  # its worker died while sending: never sent again by itself

    person = models.ForeignKey("accounts.User", models.CASCADE, null=True, related_name="messages")
    email = models.EmailField(max_length=254)
    topic = models.CharField(max_length=20, choices=Topic)
    kind = models.CharField(max_length=40)  # which text: entry.returned, call.extended ...
    about = models.CharField(max_length=60, blank=True)  # "competition:12", as the scope of a grant
    language = models.CharField(max_length=10, default="ko")
    subject = models.CharField(max_length=300)
    body = models.TextField()  # plain text, whole
    link = models.CharField(max_length=500, blank=True)  # path on this site
    key = models.CharField(max_length=200, unique=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(db_default=Now())
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="message_of_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="message_unread"),
            models.Index(fields=["try_at"], condition=Q(mail__in=["queued", "sending"]), name="message_due"),
            models.Index(fields=["about", "-created_at", "-id"], name="message_about"),
        ]

    def __str__(self):
        return f"{self.kind} {self.mail}"

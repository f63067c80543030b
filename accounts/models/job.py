import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.job_names import job_name

SILENT_AFTER = timedelta(seconds=90)  # a running job reports far more often
UNSTARTED_AFTER = timedelta(seconds=20)


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(asked_by=user)

    def overdue(self, at):
        """Jobs whose message or worker was lost."""
        waiting = Q(state=Job.State.QUEUED, sent_at__lte=at - UNSTARTED_AFTER)
        silent = Q(state=Job.State.RUNNING, heard_at__lte=at - SILENT_AFTER)
        return self.filter(waiting | silent)


class Job(models.Model):
    """Long work asked for by a person. The row is the truth; the broker's message is a hint."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)  # a name in settings.JOB_KINDS
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="ko")  # of the person who asked
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="jobs")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    runs = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)  # what the work has to say, one line each
    error = models.TextField(blank=True)
    result = models.CharField(max_length=200, blank=True)  # path under MEDIA_ROOT
    result_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["asked_by", "-created_at"], name="job_asked_by"),
            models.Index(fields=["state", "sent_at"], name="job_state"),
        ]
        constraints = [models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_is_percent")]

    def __str__(self):
        return f"{self.kind} {self.state}"

    @property
    def label(self):
        return job_name(self.kind)

    @property
    def is_over(self):
        return self.state in {self.State.DONE, self.State.FAILED}


class Heartbeat(models.Model):
    """When a process last showed itself alive."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name

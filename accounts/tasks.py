"""Runs a Job. The message carries only the id; the row decides whether there is anything to do."""

import logging
from functools import cached_property
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.delivery import deliver_due
from accounts.errors import Refusal
from accounts.models import Job
from accounts.models.job import SILENT_AFTER

log = logging.getLogger(__name__)


class Superseded(Exception):
    """Another worker took the job over, because this one was silent for too long."""


class Run:
    """One run of a job, handed to the function that does the work."""

    def __init__(self, job):
        self.job = job
        self.params = job.params

    def _update(self, **fields):
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, runs=self.job.runs)
        if not mine.update(heard_at=Now(), **fields):
            raise Superseded

    def report(self, percent, message=""):
        """Show progress and prove to be alive; call at least once a minute."""
        self._update(progress=min(int(percent), 100), message=message)

    @cached_property
    def folder(self):
        """A fresh folder for the result file, under MEDIA_ROOT."""
        path = Path(settings.MEDIA_ROOT) / "jobs" / str(self.job.pk) / str(self.job.runs)
        path.mkdir(parents=True, exist_ok=True)
        return path

    def done(self, *, message, result=None, name=""):
        relative = str(Path(result).relative_to(settings.MEDIA_ROOT)) if result else ""
        self._update(
            state=Job.State.DONE,
            progress=100,
            message=message,
            result=relative,
            result_name=name,
            ended_at=Now(),
        )

    def failed(self, sentence):
        self._update(state=Job.State.FAILED, error=sentence, ended_at=Now())


def claim(job_id):
    """Take the job if it waits or its worker went silent; of two rivals one wins."""
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, heard_at__lt=timezone.now() - SILENT_AFTER)
    taken = Job.objects.filter(free, pk=job_id).update(
        state=Job.State.RUNNING, runs=F("runs") + 1, started_at=Now(), heard_at=Now(), progress=0, error=""
    )
    return Job.objects.get(pk=job_id) if taken else None


@shared_task
def run_job(job_id):
    """Do the job; returns quietly when it is done, taken or gone. Safe to send twice."""
    job = claim(job_id)
    if job is None:
        return
    run = Run(job)
    with translation.override(job.language):
        try:
            message, result, name = import_string(settings.JOB_KINDS[job.kind])(run)
            run.done(message=message, result=result, name=name)
        except Superseded:
            log.warning("Job %s was taken over by another worker.", job.pk)
        except Refusal as refusal:
            run.failed(str(refusal))
        except Exception:
            log.exception("Job %s failed.", job.pk)
            run.failed(
                _(
                    "The work stopped because of an error in the site. Run it again; if it fails again, contact us."
                )
            )


@shared_task
def send_messages():
    """The hint that messages wait; the rows say which."""
    deliver_due()

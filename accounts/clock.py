"""What the calendar asks for."""

import shutil
from datetime import timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from accounts.actions.jobs import send
from accounts.delivery import deliver_due
from accounts.models import Heartbeat, Job

KEEP_JOB_FILES = timedelta(days=30)


@shared_task
def beat():
    """Sent by the clock and run by the worker: a fresh row proves that both live."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": Now()})


@shared_task
def resend_overdue_jobs():
    for job_id in Job.objects.overdue(timezone.now()).values_list("pk", flat=True)[:100]:
        Job.objects.filter(pk=job_id).update(sent_at=Now())
        send(job_id)


@shared_task
def send_due_messages():
    deliver_due()


@shared_task
def remove_old_job_files():
    old = Job.objects.filter(created_at__lt=timezone.now() - KEEP_JOB_FILES).exclude(result="")
    for job in old.iterator():
        shutil.rmtree(Path(settings.MEDIA_ROOT) / "jobs" / str(job.pk), ignore_errors=True)
    old.update(result="", result_name="")
    remove_old_uploads(before=(timezone.now() - KEEP_JOB_FILES).timestamp())


def remove_old_uploads(*, before):
    """Files handed over for an import are kept as long as its job can be run again."""
    for path in (Path(settings.MEDIA_ROOT) / "imports").glob("*"):
        if path.stat().st_mtime < before:
            path.unlink()

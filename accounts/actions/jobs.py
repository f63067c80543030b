"""Asking for long work, and for another run of it."""

import logging

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from sqlalchemy.exc import SQLAlchemyError

from accounts import audit
from accounts.errors import IllegalMove
from accounts.models import Job
from accounts.tasks import run_job

log = logging.getLogger(__name__)


def send(job_id):
    """Send the hint. When the broker is away, the clock sends it later."""
    try:
        run_job.delay(str(job_id))
    except (OperationalError, SQLAlchemyError):
        log.warning("The broker did not take job %s; the clock will send it again.", job_id)


@transaction.atomic
def ask_job(kind, /, *, by, **params):
    job = Job.objects.create(kind=kind, params=params, asked_by=by, language=get_language() or "ko")
    audit.record("job.asked", by=by, target=job, work=kind)
    transaction.on_commit(lambda: send(job.pk))
    return job


@transaction.atomic
def run_again(job, *, by):
    moved = Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.DONE]).update(
        state=Job.State.QUEUED, progress=0, error="", message="", ended_at=None, sent_at=Now()
    )
    if not moved:
        raise IllegalMove(_("This work is already waiting or running. Wait until it has ended."))
    audit.record("job.run_again", by=by, target=job)
    transaction.on_commit(lambda: send(job.pk))

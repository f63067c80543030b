import os
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.clock import KEEP_JOB_FILES, beat, remove_old_job_files
from accounts.models import Heartbeat, Job
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def make_file(path, *, days_old):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    at = (timezone.now() - timedelta(days=days_old)).timestamp()
    os.utime(path, (at, at))
    return path


def make_job(settings, *, days_old):
    job = Job.objects.create(kind="export_casebook", asked_by=make_user(), state="done", result_name="a.json")
    file = make_file(settings.MEDIA_ROOT / "jobs" / str(job.pk) / "1" / "a.json", days_old=days_old)
    created = timezone.now() - timedelta(days=days_old)
    Job.objects.filter(pk=job.pk).update(
        created_at=created, result=str(file.relative_to(settings.MEDIA_ROOT))
    )
    return job, file


def test_beat_shows_the_worker_alive():
    beat()

    assert timezone.now() - Heartbeat.objects.get(name="worker").at < timedelta(seconds=5)


def test_old_results_and_uploads_go_and_recent_ones_stay(settings):
    term = KEEP_JOB_FILES.days
    old_job, old_file = make_job(settings, days_old=term + 1)
    new_job, new_file = make_job(settings, days_old=term - 1)
    old_upload = make_file(settings.MEDIA_ROOT / "imports" / "old.csv", days_old=term + 1)
    new_upload = make_file(settings.MEDIA_ROOT / "imports" / "new.csv", days_old=term - 1)

    remove_old_job_files()

    old_job.refresh_from_db()
    new_job.refresh_from_db()
    assert (old_job.result, new_job.result != "") == ("", True)
    assert [path.exists() for path in (old_file, new_file, old_upload, new_upload)] == [
        False,
        True,
        False,
        True,
    ]

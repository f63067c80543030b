import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override
from kombu.exceptions import OperationalError

from accounts import clock
from accounts.actions import jobs
from accounts.errors import IllegalMove
from accounts.models import Heartbeat, Job
from accounts.tasks import claim, run_job
from tests.accounts.work import KINDS
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sent(monkeypatch, settings):
    """Jobs handed to the broker, which is away in these tests."""
    settings.JOB_KINDS = KINDS
    messages = []
    monkeypatch.setattr(run_job, "delay", messages.append)
    return messages


def make_job(kind="write_file", **fields):
    return Job.objects.create(kind=kind, asked_by=make_user(), **fields)


def ago(**span):
    return timezone.now() - timedelta(**span)


def test_job_asked_for_is_sent_after_the_transaction(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.ask_job("write_file", by=make_user(), format="json")
        assert sent == []

    assert sent == [str(job.pk)]
    assert (job.state, job.params) == ("queued", {"format": "json"})


def test_job_asked_for_while_the_broker_is_away_waits(monkeypatch, django_capture_on_commit_callbacks):
    def away(_job_id):
        raise OperationalError

    monkeypatch.setattr(run_job, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.ask_job("write_file", by=make_user())

    assert Job.objects.get().pk == job.pk


def test_job_keeps_its_result_and_message():
    job = make_job()

    run_job(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.progress, job.message, job.runs) == ("done", 100, "다 되었습니다.", 1)
    assert job.result == f"jobs/{job.pk}/1/out.txt"
    assert job.result_name == "사례집 2026.txt"
    assert job.ended_at >= job.started_at


def test_job_speaks_the_language_of_who_asked():
    with override("en"):
        job = make_job("say_language", language="ko")
        run_job(str(job.pk))

    job.refresh_from_db()
    assert job.message == "ko"


def test_job_sent_twice_runs_once():
    job = make_job()

    run_job(str(job.pk))
    run_job(str(job.pk))

    job.refresh_from_db()
    assert job.runs == 1


def test_job_that_is_gone_is_passed_over():
    run_job("00000000-0000-4000-8000-000000000000")

    assert Job.objects.count() == 0


def test_job_refused_keeps_the_sentence():
    job = make_job("refuse")

    run_job(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "파일이 비었습니다.\n다른 파일을 고르세요.")


def test_job_broken_down_hides_the_error_and_logs_it(caplog):
    job = make_job("break_down")

    run_job(str(job.pk))

    job.refresh_from_db()
    assert job.state == "failed"
    assert "secret" not in job.error
    assert job.error
    assert "secret of the database" in caplog.text


def test_job_of_an_unknown_kind_fails():
    job = make_job("forgotten")

    run_job(str(job.pk))

    job.refresh_from_db()
    assert job.state == "failed"


def test_run_that_was_overtaken_changes_nothing_more():
    job = make_job("be_overtaken")

    run_job(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.runs, job.progress, job.error) == ("running", 2, 0, "")


@pytest.mark.django_db(transaction=True)
def test_one_of_two_rival_workers_gets_the_job():
    job = make_job()
    barrier, won = threading.Barrier(2), []

    def take():
        barrier.wait()
        won.append(claim(job.pk) is not None)
        connection.close()

    rivals = [threading.Thread(target=take) for _number in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    assert sorted(won) == [False, True]
    assert Job.objects.get().runs == 1


def test_running_job_is_not_taken_while_its_worker_speaks():
    job = make_job(state=Job.State.RUNNING, heard_at=ago(seconds=80), runs=1)

    assert claim(job.pk) is None


def test_running_job_of_a_silent_worker_is_taken_over():
    job = make_job(state=Job.State.RUNNING, heard_at=ago(seconds=100), runs=1)

    assert claim(job.pk).runs == 2


@pytest.mark.parametrize(
    ("state", "field", "seconds", "expected"),
    [
        ("queued", "sent_at", 30, 1),
        ("queued", "sent_at", 10, 0),
        ("running", "heard_at", 100, 1),
        ("running", "heard_at", 80, 0),
        ("done", "sent_at", 999, 0),
        ("failed", "sent_at", 999, 0),
    ],
)
def test_overdue_jobs_are_sent_again(sent, state, field, seconds, expected):
    make_job(state=state, **{field: ago(seconds=seconds)})

    clock.resend_overdue_jobs()

    assert len(sent) == expected


@pytest.mark.django_db(transaction=True)
def test_overdue_job_is_not_sent_again_at_once(sent):
    make_job(sent_at=ago(seconds=30))

    clock.resend_overdue_jobs()
    clock.resend_overdue_jobs()

    assert len(sent) == 1


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED])
def test_run_again_starts_from_the_beginning(sent, state, django_capture_on_commit_callbacks):
    job = make_job(state=state, progress=70, error="x", message="y", ended_at=ago(days=1))

    with django_capture_on_commit_callbacks(execute=True):
        jobs.run_again(job, by=job.asked_by)

    job.refresh_from_db()
    assert (job.state, job.progress, job.error, job.message, job.ended_at) == ("queued", 0, "", "", None)
    assert sent == [str(job.pk)]


@pytest.mark.parametrize("state", [Job.State.QUEUED, Job.State.RUNNING])
def test_run_again_of_work_not_over_is_refused(sent, state):
    job = make_job(state=state)

    with pytest.raises(IllegalMove), transaction.atomic():
        jobs.run_again(job, by=job.asked_by)

    assert sent == []


def test_second_run_writes_beside_the_first(settings):
    job = make_job()
    run_job(str(job.pk))
    jobs.run_again(job, by=job.asked_by)
    run_job(str(job.pk))

    job.refresh_from_db()
    assert job.result == f"jobs/{job.pk}/2/out.txt"
    assert (Path(settings.MEDIA_ROOT) / job.result).read_text() == "결과"


def test_old_files_are_removed_and_new_ones_kept(settings):
    old, new = make_job(), make_job()
    run_job(str(old.pk))
    run_job(str(new.pk))
    Job.objects.filter(pk=old.pk).update(created_at=ago(days=31))

    clock.remove_old_job_files()

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.result, old.result_name, old.state) == ("", "", "done")
    assert not (Path(settings.MEDIA_ROOT) / "jobs" / str(old.pk)).exists()
    assert (Path(settings.MEDIA_ROOT) / new.result).exists()


def test_beat_keeps_one_row():
    clock.beat()
    clock.beat()

    assert Heartbeat.objects.get().name == "worker"

from urllib.parse import quote

import pytest
from django.urls import reverse

from accounts.models import AuditRecord, Job
from accounts.tasks import run_job
from tests.accounts.work import KINDS
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NAMES = ["job", "job_part", "job_result", "job_run_again"]


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch, settings):
    settings.JOB_KINDS = KINDS
    monkeypatch.setattr(run_job, "delay", lambda job_id: None)


@pytest.fixture
def me():
    return make_user()


def make_job(user, kind="write_file", **fields):
    return Job.objects.create(kind=kind, asked_by=user, **fields)


def make_done_job(user):
    job = make_job(user)
    run_job(str(job.pk))
    job.refresh_from_db()
    return job


def test_jobs_need_login(client):
    assert client.get("/jobs/").url == "/accounts/login/?next=/jobs/"


@pytest.mark.parametrize("name", NAMES)
def test_a_strangers_job_is_not_found(as_user, me, name):
    job = make_done_job(me)
    client = as_user(make_user())

    act = client.post if name == "job_run_again" else client.get

    assert act(reverse(name, args=[job.pk])).status_code == 404


def test_jobs_lists_mine_newest_first(as_user, me):
    jobs = [make_job(me) for _number in range(3)]
    make_job(make_user())
    for number, job in enumerate(jobs):
        Job.objects.filter(pk=job.pk).update(created_at=f"2026-05-1{number}T00:00Z")

    response = as_user(me).get("/jobs/")

    assert list(response.context["page_obj"]) == jobs[::-1]


def test_jobs_empty(as_user, me):
    assert as_user(me).get("/jobs/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_jobs_query_count(as_user, me, count, django_assert_num_queries):
    for _number in range(count):
        make_job(me)
    client = as_user(me)

    with django_assert_num_queries(6):
        client.get("/jobs/")


@pytest.mark.parametrize("state", ["queued", "running"])
def test_part_asks_again_while_the_work_goes_on(as_user, me, state):
    job = make_job(me, state=state, progress=40)

    page = as_user(me).get(reverse("job_part", args=[job.pk])).content.decode()

    assert f'hx-get="/jobs/{job.pk}/part/"' in page
    assert "40%" in page


@pytest.mark.parametrize("state", ["done", "failed"])
def test_part_stops_asking_when_the_work_is_over(as_user, me, state):
    job = make_job(me, state=state)

    page = as_user(me).get(reverse("job_part", args=[job.pk])).content.decode()

    assert "hx-get" not in page
    assert reverse("job_run_again", args=[job.pk]) in page


def test_part_is_never_kept_by_a_cache(as_user, me):
    response = as_user(me).get(reverse("job_part", args=[make_job(me).pk]))

    assert "no-store" in response["Cache-Control"]


def test_failed_job_shows_each_line_of_its_error_as_text(as_user, me):
    job = make_job(me, state="failed", error="줄 3: <b>빈칸</b>\n줄 4: 빈칸")

    page = as_user(me).get(reverse("job", args=[job.pk])).content.decode()

    assert "줄 3: &lt;b&gt;빈칸&lt;/b&gt;<br>줄 4: 빈칸" in page


def test_job_of_an_unknown_kind_has_its_kind_as_name(as_user, me):
    job = make_job(me, kind="forgotten")

    assert "forgotten" in as_user(me).get(reverse("job", args=[job.pk])).content.decode()


def test_result_is_a_private_attachment_with_its_korean_name(as_user, me):
    job = make_done_job(me)

    response = as_user(me).get(reverse("job_result", args=[job.pk]))

    assert b"".join(response.streaming_content).decode() == "결과"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('사례집 2026.txt')}"
    assert response["Cache-Control"] == "private, no-store"
    assert AuditRecord.objects.filter(verb="job.downloaded", by=me).count() == 1


@pytest.mark.parametrize("result", ["", "jobs/gone/1/out.txt"])
def test_result_no_longer_kept_says_so(as_user, me, result):
    job = make_job(me, state="done", result=result)

    response = as_user(me).get(reverse("job_result", args=[job.pk]), follow=True)

    assert response.redirect_chain == [(reverse("job", args=[job.pk]), 302)]
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_run_again_queues_the_job(as_user, me):
    job = make_job(me, state="failed", error="x")

    response = as_user(me).post(reverse("job_run_again", args=[job.pk]))

    job.refresh_from_db()
    assert response.url == reverse("job", args=[job.pk])
    assert job.state == "queued"


def test_run_again_of_running_work_says_so(as_user, me):
    job = make_job(me, state="running")

    response = as_user(me).post(reverse("job_run_again", args=[job.pk]), follow=True)

    job.refresh_from_db()
    assert job.state == "running"
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_run_again_needs_a_post(as_user, me):
    assert as_user(me).get(reverse("job_run_again", args=[make_job(me).pk])).status_code == 405


def test_a_broken_job_address_is_not_found(as_user, me):
    assert as_user(me).get("/jobs/not-a-number/").status_code == 404

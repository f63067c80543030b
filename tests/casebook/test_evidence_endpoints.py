import pytest
from django.urls import reverse

from accounts.models import AuditRecord, Job
from accounts.tasks import run_job
from casebook.models import ModelEndpoint
from tests.factories import make_endpoint, make_user

pytestmark = pytest.mark.django_db

ENDPOINT = {
    "name": "가온시 AI",
    "base_url": "https://ai.example.go.kr/v1/",
    "model": "가온-1",
    "channel": "agency_ai",
    "key_variable": "CASEBOOK_KEY_AGENCY",
    "is_enabled": "on",
}


@pytest.mark.parametrize("count", [1, 3])
def test_endpoints_query_count(as_user, count, django_assert_num_queries):
    for _ in range(count):
        make_endpoint()
    client = as_user(make_user("administrator"))

    with django_assert_num_queries(5):
        response = client.get(reverse("casebook:endpoints"))

    assert len(response.context["endpoints"]) == count


def test_an_administrator_adds_an_endpoint(as_user):
    admin = make_user("administrator")

    response = as_user(admin).post(reverse("casebook:endpoint_new"), ENDPOINT)

    stored = ModelEndpoint.objects.get()
    assert response.url == reverse("casebook:endpoints")
    assert (stored.base_url, stored.created_by) == ("https://ai.example.go.kr/v1", admin)
    assert AuditRecord.objects.get(verb="endpoint.added").detail["key_variable"] == "CASEBOOK_KEY_AGENCY"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("channel", "public_ai"),
        ("base_url", "ftp://ai.example.go.kr"),
        ("base_url", "http://ai.example.org/v1"),
        ("base_url", "https://user:secret@ai.example.go.kr/v1"),
        ("base_url", "https://ai.example.go.kr/v1?key=1"),
        ("base_url", "file:///etc/passwd"),
        ("key_variable", "SECRET_KEY"),
        ("key_variable", "sk-0123456789"),
        ("name", ""),
    ],
)
def test_endpoints_that_are_refused(as_user, field, value):
    response = as_user(make_user("administrator")).post(
        reverse("casebook:endpoint_new"), ENDPOINT | {"model": "남아야 하는 모델", field: value}
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "남아야 하는 모델" in response.content.decode()
    assert not ModelEndpoint.objects.exists()


def test_an_endpoint_sent_twice_is_one(as_user):
    client = as_user(make_user("administrator"))

    answers = [client.post(reverse("casebook:endpoint_new"), ENDPOINT).status_code for _ in range(2)]

    assert (answers, ModelEndpoint.objects.count()) == ([302, 422], 1)


def test_an_endpoint_is_switched_off(as_user):
    stored = make_endpoint()
    given = {name: value for name, value in ENDPOINT.items() if name != "is_enabled"}

    as_user(make_user("administrator")).post(reverse("casebook:endpoint", args=[stored.pk]), given)

    stored.refresh_from_db()
    assert not stored.is_enabled
    assert AuditRecord.objects.filter(verb="endpoint.changed").count() == 1


@pytest.mark.parametrize("role", ["staff", "editor", "organiser"])
@pytest.mark.parametrize("name", ["endpoints", "endpoint_new", "endpoint", "endpoint_try"])
def test_only_administrators_set_up_endpoints(as_user, role, name):
    stored = make_endpoint()
    address = reverse(f"casebook:{name}", args=[stored.pk] if name in {"endpoint", "endpoint_try"} else [])
    client = as_user(make_user(role))

    assert (client.post(address, ENDPOINT) if name != "endpoints" else client.get(address)).status_code == 403
    assert ModelEndpoint.objects.get().name == stored.name


@pytest.mark.parametrize("on", [False, True])
def test_trying_an_endpoint(as_user, settings, monkeypatch, on):
    settings.RUNNER_ENABLED = on
    monkeypatch.setattr(run_job, "delay", lambda job_id: None)
    stored = make_endpoint()

    response = as_user(make_user("administrator")).post(reverse("casebook:endpoint_try", args=[stored.pk]))

    jobs = [reverse("job", args=[job.pk]) for job in Job.objects.filter(kind="try_endpoint")]
    assert (len(jobs), response.url) == (
        int(on),
        jobs[0] if on else reverse("casebook:endpoint", args=[stored.pk]),
    )

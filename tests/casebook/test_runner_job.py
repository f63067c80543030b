"""Running test cases as a job, against a real HTTP server."""

import logging

import pytest

from accounts.models import AuditRecord, Job
from accounts.tasks import run_job
from casebook.actions import runner
from casebook.actions.drafts import save_draft
from casebook.actions.runner import ask_tests, endpoints_for, model_options
from casebook.errors import CasebookError
from casebook.evidence.runner import ask
from casebook.models import PromptRun
from tests.casebook.model_service import answer, model_service, says
from tests.factories import AT, make_endpoint, make_prompt, make_test, make_user, prompt_content

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

KEY = "sk-secret-0123456789"
RRN = "900101-1234567"
GOOD, BAD = says("가로등을 고칩니다."), says("모릅니다.")


@pytest.fixture(autouse=True)
def _switched_on(settings, monkeypatch):
    settings.RUNNER_ENABLED = True
    monkeypatch.setattr(run_job, "delay", lambda job_id: None)
    monkeypatch.setattr(runner, "sleep", lambda seconds: None)
    monkeypatch.setenv("CASEBOOK_KEY_TEST", KEY)


def make_job(service, prompt, *, repeats=1, by=None, version=None, **fields):
    endpoint = make_endpoint(base_url=service.address, key_variable="CASEBOOK_KEY_TEST", **fields)
    params = {"version": (version or prompt.current).pk, "endpoint": endpoint.pk, "repeats": repeats}
    by = by or make_user("staff")
    return Job.objects.create(kind="run_tests", params=params, asked_by=by, language="en")


def done(job):
    run_job(str(job.pk))
    job.refresh_from_db()
    return job


def test_every_test_is_asked_as_often_as_wanted():
    prompt = make_prompt(published=True, model={"name": "x", "temperature": "0.2", "max_tokens": "300"})
    tests = [make_test(prompt), make_test(prompt, inputs={"민원요지": "보도 파손"})]
    make_test(prompt, removed_at=prompt.created_at)
    with model_service(GOOD, GOOD, BAD) as service:
        job = done(make_job(service, prompt, repeats=2))

    runs = PromptRun.objects.order_by("pk")
    assert [(run.test, run.passed) for run in runs] == list(
        zip([tests[0], tests[0], tests[1], tests[1]], [True, True, False, False], strict=True)
    )
    assert {(run.mode, run.job, run.tester, run.model) for run in runs} == {
        ("runner", job, job.asked_by, "가온-1")
    }
    sent = service.requests[2][2]
    assert sent["messages"] == [{"role": "user", "content": "보도 파손에 대한 답변을 써 주세요."}]
    assert (sent["temperature"], sent["max_tokens"], sent["model"]) == (0.2, 300, "가온-1")
    assert (job.state, job.message) == (
        "done",
        "4 answers recorded: passed 2, failed 2, waiting for a person 0",
    )
    assert AuditRecord.objects.get(verb="runs.fetched").detail["count"] == 4


def test_a_job_run_again_asks_only_for_what_is_missing():
    prompt = make_prompt(published=True)
    first, second = make_test(prompt, name="하나"), make_test(prompt, name="둘")
    with model_service(GOOD, answer(status=500), GOOD) as service:
        job = done(make_job(service, prompt))
        assert job.message.splitlines() == [
            "1 answer recorded: passed 1, failed 0, waiting for a person 0",
            "둘: The service has a fault of its own (500).",
        ]
        Job.objects.filter(pk=job.pk).update(state="queued")
        done(job)
        Job.objects.filter(pk=job.pk).update(state="queued")
        done(job)

    assert len(service.requests) == 3
    assert list(PromptRun.objects.order_by("pk").values_list("test", flat=True)) == [first.pk, second.pk]
    assert job.message.startswith("2 answers recorded")


@pytest.mark.parametrize(
    "bad",
    [
        [answer(status=401)],
        [answer(status=429), answer(status=429)],
        [answer("<html>")],
        [answer('{"choices": []}')],
        [answer(status=302)],
    ],
)
def test_other_tests_go_on_after_a_fault(bad):
    prompt = make_prompt(published=True)
    for name in ("하나", "둘"):
        make_test(prompt, name=name)
    with model_service(*bad, GOOD) as service:
        job = done(make_job(service, prompt))

    assert PromptRun.objects.get().test.name == "둘"
    assert job.message.splitlines()[1].startswith("하나: The service")


def test_a_service_that_fails_again_and_again_is_left_alone():
    prompt = make_prompt(published=True)
    for _ in range(4):
        make_test(prompt)
    with model_service(answer(KEY, status=401)) as service:
        job = done(make_job(service, prompt, repeats=3))

    assert len(service.requests) == runner.MOST_FAULTS
    assert (job.state, job.error.splitlines()[0]) == ("failed", "No answer was recorded.")
    assert "the rest was left out" in job.error


def test_identity_numbers_are_never_sent_or_kept():
    prompt = make_prompt(published=True)
    make_test(prompt, name="하나", inputs={"민원요지": f"홍길동 {RRN}"})
    make_test(prompt, name="둘")
    make_test(prompt, name="셋")
    with model_service(says(f"담당 {RRN}"), GOOD) as service:
        job = done(make_job(service, prompt))

    assert len(service.requests) == 2
    assert RRN not in str(service.requests)
    assert job.message.splitlines()[1:] == [
        "하나: Not sent, because it holds: Resident registration number.",
        "둘: The answer was not kept, because it holds: Resident registration number.",
    ]
    assert PromptRun.objects.get().test.name == "셋"


def test_signs_that_no_database_holds_are_taken_out():
    prompt = make_prompt(published=True)
    make_test(prompt)
    with model_service(answer('{"choices": [{"message": {"content": "가로등\\u0000\\ud800"}}]}')) as service:
        done(make_job(service, prompt))

    assert PromptRun.objects.get().output == "가로등\ufffd"


def test_the_key_is_nowhere(caplog):
    caplog.set_level(logging.DEBUG)
    prompt = make_prompt(published=True)
    make_test(prompt)
    with model_service(answer(KEY, status=401)) as service:
        job = done(make_job(service, prompt))

    audits = str(list(AuditRecord.objects.values()))
    assert service.requests[0][1]["Authorization"].endswith(KEY)
    assert KEY not in f"{caplog.text} {job.error} {job.message} {job.params} {audits}"


@pytest.mark.parametrize(
    ("prompt_channel", "endpoint_channel", "allowed"),
    [
        ("public_ai", "agency_ai", True),
        ("public_ai", "on_device", True),
        ("agency_ai", "agency_ai", True),
        ("agency_ai", "on_device", True),
        ("on_device", "on_device", True),
        ("on_device", "agency_ai", False),
    ],
)
def test_where_a_prompt_may_be_sent(prompt_channel, endpoint_channel, allowed):
    prompt = make_prompt(published=True, channel=prompt_channel)
    make_test(prompt)
    with model_service(GOOD) as service:
        job = done(make_job(service, prompt, channel=endpoint_channel))
        endpoint = endpoints_for("public_ai").get()

    assert (job.state == "done", len(service.requests)) == (allowed, int(allowed))
    assert (endpoint in endpoints_for(prompt_channel)) is allowed
    if not allowed:
        assert "On one's own device" in job.error
        with pytest.raises(CasebookError, match="runs elsewhere"):
            ask_tests(prompt.current, endpoint, repeats=1, by=make_user("staff"))


def test_a_part_for_the_own_device_stays_there():
    held = make_prompt(published=True, channel="on_device")
    part = {"name": "머리말", "uid": str(held.uid), "version": 1}
    prompt = make_prompt(published=True, messages=[{"content": "{{> 머리말}}"}], parts=[part])
    make_test(prompt)
    with model_service(GOOD) as service:
        job = done(make_job(service, prompt))

    assert (job.state, service.requests) == ("failed", [])


@pytest.mark.parametrize("change", ["switched off", "endpoint off", "key gone", "role gone", "version gone"])
def test_what_changed_since_it_was_asked_for(change, settings, monkeypatch):
    by = make_user("staff")
    prompt, draft = make_prompt(published=True), make_prompt(by=by)
    make_test(prompt)
    version = draft.versions.get() if change == "version gone" else prompt.current
    with model_service(GOOD) as service:
        job = make_job(service, prompt, by=by, version=version, is_enabled=change != "endpoint off")
        if change == "switched off":
            settings.RUNNER_ENABLED = False
        elif change == "key gone":
            monkeypatch.delenv("CASEBOOK_KEY_TEST")
        elif change == "role gone":
            by.grants.all().delete()
        elif change == "version gone":
            version.delete()
        done(job)

    assert (job.state, service.requests) == ("failed", [])
    assert "because of an error in the site" not in job.error


def test_a_draft_saved_meanwhile_keeps_no_answer(monkeypatch):
    by = make_user("staff")
    version = make_prompt(by=by).versions.get()
    make_test(version.record)

    def ask_and_save(*args, **kwargs):
        save_draft(version, prompt_content(), by=by, at=AT, revision=0)
        return ask(*args, **kwargs)

    monkeypatch.setattr(runner, "ask", ask_and_save)
    with model_service(GOOD) as service:
        job = done(make_job(service, version.record, by=by, version=version))

    assert not PromptRun.objects.exists()
    assert "saved meanwhile" in job.error


def test_asking_is_refused_without_tests_and_while_one_runs():
    prompt, by, endpoint = make_prompt(published=True), make_user("staff"), make_endpoint()
    with pytest.raises(CasebookError, match="no test case"):
        ask_tests(prompt.current, endpoint, repeats=1, by=by)
    make_test(prompt)
    ask_tests(prompt.current, endpoint, repeats=1, by=by)

    with pytest.raises(CasebookError, match="still running"):
        ask_tests(prompt.current, endpoint, repeats=1, by=by)
    assert ask_tests(prompt.current, endpoint, repeats=1, by=make_user("staff"))


@pytest.mark.parametrize(
    ("model", "options"),
    [
        ({}, {}),
        ({"name": "x", "temperature": None, "top_p": None, "max_tokens": None}, {}),
        (
            {"temperature": "0", "top_p": "0.95", "max_tokens": "1000"},
            {"temperature": 0.0, "top_p": 0.95, "max_tokens": 1000},
        ),
    ],
)
def test_options(model, options):
    assert model_options(model) == options


@pytest.mark.parametrize(
    ("given", "state", "words"),
    [(says(" 예 "), "done", "The service answered: 예"), (answer(status=401), "failed", "refused the key")],
)
def test_trying_a_service(given, state, words):
    with model_service(given) as service:
        endpoint = make_endpoint(base_url=service.address, is_enabled=False)
        params = {"endpoint": endpoint.pk}
        job = done(
            Job.objects.create(kind="try_endpoint", params=params, asked_by=make_user(), language="en")
        )

    assert (job.state, len(service.requests)) == (state, 1)
    assert words in job.message + job.error


def test_nothing_is_tried_while_the_runner_is_off(settings):
    settings.RUNNER_ENABLED = False
    with model_service() as service:
        params = {"endpoint": make_endpoint(base_url=service.address).pk}
        job = done(
            Job.objects.create(kind="try_endpoint", params=params, asked_by=make_user(), language="en")
        )

    assert (job.state, service.requests) == ("failed", [])

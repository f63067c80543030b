from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import AuditRecord, Job
from accounts.tasks import run_job
from casebook.models import ModelEndpoint, PromptRun, PromptTest
from tests.factories import AT, make_endpoint, make_prompt, make_run, make_test, make_user

pytestmark = pytest.mark.django_db

RRN = "900101-1234567"


def url(name, prompt, *args, **query):
    return reverse(f"casebook:{name}", args=[prompt.slug, *args], query=query)


def test_form(**fields):
    return {"name": "가로등", "input-0": "가로등 고장", "kind-0": "contains", "value-0": "가로등"} | fields


test_form.__test__ = False


def run_form(version, **fields):
    return {
        "idempotency_key": uuid4(),
        "copied": version.content_sha256,
        "model": "가온 모델",
        "ran_on": "2026-05-12",
        "output-0": "가로등을 고칩니다.",
    } | fields


@pytest.fixture
def prompt():
    return make_prompt(published=True)


@pytest.fixture
def staff(as_user):
    return as_user(make_user("staff"))


@pytest.mark.parametrize("count", [1, 3])
def test_tests_query_count(as_user, count, django_assert_num_queries, prompt):
    for _ in range(count):
        for model in ("가", "나"):
            make_run(prompt.current, make_test(prompt), model=model)
    client = as_user(make_user("staff"))

    with django_assert_num_queries(10):
        response = client.get(url("tests", prompt))

    assert len(response.context["page_obj"].object_list) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("runs", 4), ("test_compare", 8)])
def test_lists_query_count(client, name, queries, count, django_assert_num_queries, prompt):
    for _ in range(count):
        make_run(prompt.current, make_test(prompt), tester=make_user())

    with django_assert_num_queries(queries):
        assert client.get(url(name, prompt)).status_code == 200


def test_results_of_versions_stand_beside_a_test(client, prompt):
    test = make_test(prompt)
    for output, passed in [("가로등을 고칩니다", True), ("가로등을 고칩니다", False), ("가로등", None)]:
        make_run(prompt.current, test, output=output, passed=passed)

    _test, points, results, _may = client.get(url("tests", prompt)).context["page_obj"].object_list[0]

    assert len(points) == 1
    assert points[0].endswith(": 가로등")
    assert (results[0].rate.passed, results[0].rate.judged, results[0].rate.waiting) == (1, 2, 1)
    assert (results[0].models, results[0].last) == (["가온 모델"], AT.date())
    assert 0 < results[0].stability < 100


def test_an_untested_version_has_no_result(client, prompt):
    make_test(prompt)

    assert client.get(url("tests", prompt)).context["page_obj"].object_list[0][2] == []
    assert client.get(prompt.get_absolute_url()).context["evidence"] == {"rate": None}


def test_results_of_drafts_are_for_their_author(client, as_user, prompt):
    author = make_user("staff")
    draft = make_prompt(by=author).versions.get()
    run = make_run(draft, make_test(draft.record))
    other = make_run(
        prompt.versions.create(number=2, content=draft.content, created_at=AT), make_test(prompt)
    )

    assert client.get(url("run", draft.record, run.pk)).status_code == 404
    assert client.get(url("run", prompt, other.pk)).status_code == 404
    assert not client.get(url("runs", prompt)).context["page_obj"].object_list
    assert as_user(author).get(url("run", draft.record, run.pk)).status_code == 200


def test_staff_add_a_test(staff, prompt):
    response = staff.post(url("test_new", prompt), test_form(**{"kind-7": "json", "value-7": ""}))

    test = PromptTest.objects.get()
    assert response.url == url("tests", prompt)
    assert (test.inputs, test.assertions) == (
        {"민원요지": "가로등 고장"},
        [{"kind": "contains", "value": "가로등"}, {"kind": "json", "value": ""}],
    )
    assert AuditRecord.objects.filter(verb="test.added").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind-0": "", "value-0": "남은 값"}, "kind-0"),
        ({"value-0": ""}, "value-0"),
        ({"kind-0": "pattern", "value-0": "("}, "value-0"),
        ({"input-0": f"홍길동 {RRN}"}, "input-0"),
        ({"input-0": "전화 010-1234-5678"}, "seen"),
        ({"expected": RRN}, "expected"),
    ],
)
def test_a_refused_test_keeps_what_was_typed(staff, prompt, wrong, field):
    response = staff.post(url("test_new", prompt), test_form(judgement="남아야 하는 질문") | wrong)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "남아야 하는 질문" in response.content.decode()
    assert not PromptTest.objects.exists()


def test_a_test_that_asks_nothing_is_refused(staff, prompt):
    response = staff.post(url("test_new", prompt), {"name": "빈 시험"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["__all__"])
    assert not PromptTest.objects.exists()


def test_made_up_personal_data_is_kept_after_asking(staff, prompt):
    given = test_form(**{"input-0": "전화 010-1234-5678"})

    assert 'name="seen"' in staff.post(url("test_new", prompt), given).content.decode()
    assert staff.post(url("test_new", prompt), given | {"seen": "on"}).status_code == 302
    assert PromptTest.objects.count() == 1


def test_a_changed_test_keeps_the_blanks_of_other_versions(staff, prompt):
    old = make_test(prompt, inputs={"민원요지": "가", "지난빈칸": "나"}, created_by=None)
    PromptTest.objects.filter(pk=old.pk).update(created_by=staff.session["_auth_user_id"])

    page = staff.get(url("test_edit", prompt, old.pk))
    staff.post(url("test_edit", prompt, old.pk), test_form(**{"input-0": "다"}))

    assert page.context["form"]["value-0"].value() == "가로등"
    assert PromptTest.objects.get(removed_at=None).inputs == {"민원요지": "다", "지난빈칸": "나"}


def test_choices_of_an_older_prompt_stay(as_user):
    variables = [
        {"key": "종류", "type": "select", "options": ["전화", "방문"]},
        {"key": "말투", "type": "multiselect", "options": ["정중", "간결"]},
    ]
    by = make_user("editor")
    prompt = make_prompt(published=True, messages=[{"content": "{{종류}} {{말투}}"}], variables=variables)
    test = make_test(prompt, inputs={"종류": "팩스", "말투": "정중, 친절"})

    form = as_user(by).get(url("test_edit", prompt, test.pk)).context["form"]
    given = {"name": test.name, "kind-0": "json"}
    as_user(by).post(
        url("test_edit", prompt, test.pk), given | {"input-0": "팩스", "input-1": ["정중", "친절"]}
    )

    assert (form["input-0"].value(), form["input-1"].value()) == ("팩스", ["정중", "친절"])
    assert PromptTest.objects.get(removed_at=None).inputs == test.inputs


def test_a_test_is_removed(as_user, prompt):
    test = make_test(prompt)

    response = as_user(make_user("editor")).post(url("test_remove", prompt, test.pk), follow=True)

    assert response.context["page_obj"].object_list == []
    assert PromptTest.objects.get().removed_at


@pytest.mark.parametrize("name", ["test_edit", "test_remove"])
def test_only_writers_of_a_test_change_it(as_user, staff, prompt, name):
    test = make_test(prompt, created_by=make_user("staff"))

    assert staff.post(url(name, prompt, test.pk), test_form()).status_code == 403
    assert as_user(test.created_by).post(url(name, prompt, test.pk), test_form()).status_code == 302


def test_a_removed_test_is_gone(as_user, prompt):
    client, test = as_user(make_user("editor")), make_test(prompt, removed_at=AT)

    for name in ("test_edit", "test_remove"):
        assert client.post(url(name, prompt, test.pk), test_form()).status_code == 404
    assert client.get(url("run_new", prompt, test=test.pk)).status_code == 404


def test_a_test_of_another_prompt_is_not_here(as_user, prompt):
    client, test = as_user(make_user("editor")), make_test(make_prompt(published=True))

    assert client.get(url("test_edit", prompt, test.pk)).status_code == 404
    assert client.get(url("run_new", prompt, test=test.pk)).status_code == 404


@pytest.mark.parametrize("role", ["resident", "judge", "organiser", "facilitator"])
def test_only_staff_test(as_user, prompt, role):
    client, test = as_user(make_user(role)), make_test(prompt)
    run = make_run(prompt.current, test)

    assert client.post(url("test_new", prompt), test_form()).status_code == 403
    assert client.post(url("run_new", prompt, test=test.pk), run_form(prompt.current)).status_code == 403
    assert client.post(url("run_judge", prompt, run.pk), {"judgement": "pass"}).status_code == 403
    assert client.post(url("tests_run", prompt), {}).status_code == 403
    assert (PromptTest.objects.count(), PromptRun.objects.count()) == (1, 1)


def test_a_retired_prompt_is_no_longer_tested(as_user, prompt):
    test = make_test(prompt)
    prompt.retired_at = AT
    prompt.save()
    client = as_user(make_user("editor"))

    assert client.get(url("tests", prompt)).status_code == 200
    assert client.get(url("test_new", prompt)).status_code == 403
    assert client.post(url("run_new", prompt, test=test.pk), run_form(prompt.current)).status_code == 403


def test_a_prompt_of_steps_sends_back_with_the_reason(staff):
    step = make_prompt(published=True)
    steps = [{"title": "하나", "prompt": {"uid": str(step.uid), "version": 1}}]
    prompt = make_prompt(published=True, messages=[], steps=steps)

    assert staff.get(url("test_new", prompt)).url == url("tests", prompt)


def test_answers_are_recorded(staff, prompt):
    test = make_test(prompt)
    page = staff.get(url("run_new", prompt, test=test.pk, version=1))
    given = run_form(prompt.current, **{"output-3": "모릅니다.", "model_version": "2026-05"})

    response = staff.post(url("run_new", prompt, test=test.pk, version=1), given)

    assert page.context["text"] == "가로등 고장에 대한 답변을 써 주세요."
    assert response.url == url("runs", prompt, test=test.pk, version=1)
    runs = list(PromptRun.objects.order_by("pk"))
    assert [run.passed for run in runs] == [True, False]
    assert (runs[0].model_version, runs[0].ran_on) == ("2026-05", date(2026, 5, 12))
    assert staff.post(url("run_new", prompt, test=test.pk, version=1), given).status_code == 302
    assert PromptRun.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"model": ""}, "model"),
        ({"ran_on": "2999-01-01"}, "ran_on"),
        ({"output-0": " "}, "output-0"),
        ({"output-1": f"담당 {RRN}"}, "output-1"),
        ({"output-0": "gildong@example.org"}, "seen"),
        ({"output-0": "가" * 200_001}, "output-0"),
        ({"copied": "0" * 64}, "__all__"),
    ],
)
def test_refused_answers_stay_in_the_form(staff, prompt, wrong, field):
    test = make_test(prompt)
    given = run_form(prompt.current, **{"output-2": "남아야 하는 답"}) | wrong

    response = staff.post(url("run_new", prompt, test=test.pk), given)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "남아야 하는 답" in response.content.decode()
    assert not PromptRun.objects.exists()


def test_models_of_earlier_runs_are_offered(staff, prompt):
    test = make_test(prompt)
    for model in ("가", "나", "가"):
        make_run(prompt.current, test, model=model)

    assert sorted(staff.get(url("run_new", prompt)).context["models"]) == ["가", "나"]


@pytest.mark.parametrize(("who", "named"), [("staff", True), (None, False)])
def test_names_of_testers_are_for_colleagues(client, as_user, prompt, who, named):
    run = make_run(prompt.current, make_test(prompt), tester=make_user("staff", name="이름난 직원"))
    client = as_user(make_user(who)) if who else client

    for page in (client.get(url("runs", prompt)), client.get(url("run", prompt, run.pk))):
        assert ("이름난 직원" in page.content.decode()) is named


@pytest.mark.parametrize(("judgement", "passed"), [("pass", True), ("fail", False)])
def test_staff_judge(staff, prompt, judgement, passed):
    run = make_run(prompt.current, make_test(prompt, judgement="정중합니까?"), passed=None)

    response = staff.post(url("run_judge", prompt, run.pk), {"judgement": judgement})

    run.refresh_from_db()
    assert (response.url, run.passed) == (url("run", prompt, run.pk), passed)


@pytest.mark.parametrize("given", [{}, {"judgement": "maybe"}])
def test_a_judgement_says_good_or_not(staff, prompt, given):
    run = make_run(prompt.current, make_test(prompt, judgement="?"), passed=None)

    assert staff.post(url("run_judge", prompt, run.pk), given).status_code == 422
    run.refresh_from_db()
    assert run.judgement == ""


def test_of_two_who_judge_the_second_is_told(as_user, prompt):
    run = make_run(prompt.current, make_test(prompt, judgement="?"), passed=None)
    as_user(make_user("staff")).post(url("run_judge", prompt, run.pk), {"judgement": "pass"})

    second = as_user(make_user("staff"))
    page = second.post(url("run_judge", prompt, run.pk), {"judgement": "fail"}, follow=True)

    run.refresh_from_db()
    assert run.judgement == "pass"
    assert not page.context["can_judge"]
    assert [message.level_tag for message in page.context["messages"]][-1] == "error"


def test_versions_are_compared_on_the_same_tests(client, prompt):
    second = prompt.versions.create(
        number=2, content=prompt.current.content, state="published", created_at=AT, published_at=AT
    )
    test, lonely = make_test(prompt), make_test(prompt)
    for version, passed in ((prompt.current, False), (second, True)):
        verdicts = [{"kind": "contains", "value": "가로등", "passed": passed}]
        for _ in range(5):
            make_run(version, test, passed=passed, verdicts=verdicts)
    make_run(second, lonely)

    context = client.get(url("test_compare", prompt, a=1, b=2)).context

    assert (context["before"].number, context["after"].number) == (1, 2)
    assert [line.difference for line in context["page_obj"]] == ["better", "missing"]
    assert context["page_obj"].object_list[0].points[0][3] == "better"
    assert (context["whole"]["tests"], context["whole"]["after"].judged) == (1, 5)
    other_way = client.get(url("test_compare", prompt, a=2, b=1)).context["page_obj"]
    assert [line.difference for line in other_way] == ["worse", "missing"]


@pytest.mark.parametrize("query", [{}, {"a": "9", "b": "x"}, {"a": "1", "b": "1"}])
def test_one_version_cannot_be_compared(client, prompt, query):
    make_test(prompt)

    assert client.get(url("test_compare", prompt, **query)).status_code == 200


def start(client, prompt, **fields):
    given = {"version": prompt.current.pk, "endpoint": ModelEndpoint.objects.get().pk, "repeats": "2"}
    return client.post(url("tests_run", prompt), given | fields)


@pytest.fixture
def _runner(settings, monkeypatch):
    settings.RUNNER_ENABLED = True
    monkeypatch.setattr(run_job, "delay", lambda job_id: None)


@pytest.mark.usefixtures("_runner")
def test_staff_start_the_runner(staff, prompt):
    make_endpoint()
    make_test(prompt)

    page, response = staff.get(url("tests", prompt)), start(staff, prompt)

    job = Job.objects.get()
    assert page.context["form"]
    assert response.url == reverse("job", args=[job.pk])
    assert (job.kind, job.params["repeats"]) == ("run_tests", 2)


@pytest.mark.usefixtures("_runner")
@pytest.mark.parametrize("wrong", [{"repeats": "6"}, {"repeats": "0"}, {"endpoint": "0"}, {"version": "0"}])
def test_a_wrong_start_is_refused(staff, prompt, wrong):
    make_endpoint()
    make_test(prompt)

    assert start(staff, prompt, **wrong).status_code == 422
    assert not Job.objects.exists()


@pytest.mark.usefixtures("_runner")
def test_a_start_without_tests_is_refused(staff, prompt):
    make_endpoint()

    assert start(staff, prompt).status_code == 422


@pytest.mark.parametrize("on", [False, True])
def test_nothing_is_started_while_the_runner_is_off(settings, staff, prompt, on):
    settings.RUNNER_ENABLED = on
    make_endpoint(is_enabled=False)
    make_test(prompt)

    assert staff.get(url("tests", prompt)).context["form"] is None
    assert start(staff, prompt).status_code == 422
    assert not Job.objects.exists()

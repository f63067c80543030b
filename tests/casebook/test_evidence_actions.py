from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from casebook.actions.drafts import save_draft
from casebook.actions.evidence import (
    MOST_TESTS,
    add_test,
    bring_tests,
    change_test,
    remove_test,
)
from casebook.actions.evidence import tests_of as travelling
from casebook.actions.runs import judge_run, record_runs
from casebook.errors import CasebookError
from casebook.evidence.numbers import Rate
from casebook.evidence.summary import summary_of
from casebook.evidence.texts import template_of
from casebook.models import PromptRun, PromptTest
from tests.factories import AT, make_prompt, make_run, make_test, make_user, prompt_content

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

RRN = "900101-1234567"
TEST = {
    "name": "가로등",
    "inputs": {"민원요지": "가로등 고장", "비움": " "},
    "assertions": [{"kind": "contains", "value": "가로등"}],
    "expected": "",
    "judgement": "",
}


def verbs():
    return list(AuditRecord.objects.order_by("pk").values_list("verb", flat=True))


def record(version, test, *answers, by=None, key=None, **fields):
    filled = template_of(version, sees_drafts=True).filled(test.inputs)
    values = {
        "model": "가온 모델",
        "model_version": "",
        "ran_on": AT.date(),
        "copied": version.content_sha256,
    }
    return record_runs(
        version, test, answers, filled=filled, by=by, at=AT, idempotency_key=key or uuid4(), **values | fields
    )


def test_a_test_sent_twice_is_one():
    prompt, by = make_prompt(published=True), make_user("staff")

    first, second = (add_test(prompt, TEST, by=by, at=AT) for _ in range(2))

    assert first == second
    assert (first.inputs, first.position) == ({"민원요지": "가로등 고장"}, 1)
    assert verbs().count("test.added") == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"assertions": []}, "Say what"),
        ({"assertions": [{"kind": "pattern", "value": "("}]}, "no regular expression"),
        ({"inputs": {"민원요지": f"홍길동 {RRN}"}}, "Resident registration number"),
        ({"expected": RRN}, "Resident registration number"),
    ],
)
def test_tests_that_are_refused(wrong, words):
    with pytest.raises(CasebookError, match=words) as refusal:
        add_test(make_prompt(), TEST | wrong, by=None, at=AT)

    assert RRN not in str(refusal.value)
    assert not PromptTest.objects.exists()


def test_a_prompt_has_a_limit_of_tests():
    prompt = make_prompt()
    PromptTest.objects.bulk_create(
        PromptTest(prompt=prompt, name=str(number), created_at=AT) for number in range(MOST_TESTS)
    )

    with pytest.raises(CasebookError, match="at most 200"):
        add_test(prompt, TEST, by=None, at=AT)


def test_a_changed_test_is_a_new_row_in_its_place():
    prompt = make_prompt(published=True)
    old = make_test(prompt, position=4)
    run = make_run(prompt.current, old)

    changed = change_test(old, TEST | {"name": "새 이름"}, by=make_user(), at=AT)

    old.refresh_from_db()
    run.refresh_from_db()
    assert (changed.position, old.removed_at, run.test) == (4, AT, old)
    assert [test["name"] for test in travelling(prompt)] == ["새 이름"]


def test_an_unchanged_test_stays():
    test = add_test(make_prompt(), TEST, by=None, at=AT)

    assert change_test(test, TEST, by=None, at=AT) == test
    assert verbs().count("test.changed") == 0


@pytest.mark.parametrize("act", [remove_test, lambda test, **by: change_test(test, TEST, **by)])
def test_of_two_who_change_a_test_one_wins(act):
    test = make_test(make_prompt())
    remove_test(test, by=None, at=AT)

    with pytest.raises(IllegalMove):
        act(test, by=None, at=AT)
    assert PromptTest.objects.count() == 1


def test_tests_travel():
    there, here = make_prompt(), make_prompt()
    add_test(there, TEST | {"judgement": "정중합니까?", "expected": "고칩니다"}, by=None, at=AT)
    add_test(there, TEST | {"name": "다른 시험"}, by=None, at=AT)

    first = bring_tests(here, travelling(there), by=make_user(), at=AT)
    again = bring_tests(here, travelling(there), by=make_user(), at=AT)

    assert (first, again) == ((2, []), (0, []))
    assert travelling(here) == travelling(there)
    assert verbs().count("tests.brought_in") == 1


def test_what_cannot_be_brought_in_is_named():
    prompt = make_prompt()
    bad = [TEST | {"name": "번호", "expected": RRN}, TEST | {"name": "물음", "judgement": "가" * 400}]

    added, left_out = bring_tests(prompt, bad, by=None, at=AT)

    assert (added, [name for name, _why in left_out]) == (1, ["번호"])
    assert prompt.tests.get().judgement == "가" * 400


def test_no_tests_cost_no_query(django_assert_num_queries):
    prompt = make_prompt()

    with django_assert_num_queries(0):
        assert bring_tests(prompt, [], by=None, at=AT) == (0, [])


def test_recorded_answers_are_checked_on_the_server():
    prompt, by = make_prompt(published=True), make_user("staff")
    test = add_test(prompt, TEST, by=by, at=AT)

    record(prompt.current, test, ("가로등을 고칩니다", ""), ("모릅니다", ""), by=by)

    runs = list(prompt.current.runs.order_by("pk"))
    assert [run.passed for run in runs] == [True, False]
    assert runs[1].verdicts == [{"kind": "contains", "value": "가로등", "passed": False}]
    assert (runs[0].tester, runs[0].mode) == (by, PromptRun.Mode.PASTED)


def test_answers_sent_twice_are_stored_once():
    prompt, by, key = make_prompt(published=True), make_user("staff"), uuid4()
    test = make_test(prompt)

    for _ in range(2):
        record(prompt.current, test, ("가", ""), ("나", ""), by=by, key=key)

    assert PromptRun.objects.count() == 2
    assert verbs().count("run.recorded") == 1


@pytest.mark.parametrize(
    ("output", "words"), [(f"담당자 {RRN}", "Resident registration"), ("가" * 200_001, "200,000")]
)
def test_answers_that_are_refused(output, words):
    prompt = make_prompt(published=True)

    with pytest.raises(CasebookError, match=words):
        record(prompt.current, make_test(prompt), ("가로등", ""), (output, ""))
    assert not PromptRun.objects.exists()


def test_an_answer_belongs_to_the_text_that_was_copied():
    by = make_user("staff")
    version = make_prompt(by=by).versions.get()
    copied, test = version.content_sha256, make_test(version.record)
    save_draft(version, prompt_content(), by=by, at=AT, revision=0)

    with pytest.raises(IllegalMove, match="saved meanwhile"):
        record(version, test, ("가", ""), by=by, copied=copied)


def test_a_person_decides_where_nothing_else_does():
    prompt, by = make_prompt(published=True), make_user("staff")
    test = make_test(prompt, assertions=[], expected="고칩니다")
    run = record(prompt.current, test, ("고치겠습니다", ""), by=by)[0]

    assert run.passed is None
    judge_run(run, "pass", by=by, at=AT)

    run.refresh_from_db()
    assert (run.passed, run.judgement, run.judged_by) == (True, "pass", by)
    assert verbs()[-1] == "run.judged"


def test_only_who_judged_corrects_a_judgement():
    prompt, first, second = make_prompt(published=True), make_user("staff"), make_user("staff")
    run = make_run(prompt.current, make_test(prompt, judgement="정중합니까?"), passed=None)
    judge_run(run, "pass", by=first, at=AT)

    with pytest.raises(IllegalMove):
        judge_run(run, "fail", by=second, at=AT)
    judge_run(run, "fail", by=first, at=AT)

    run.refresh_from_db()
    assert (run.judgement, run.passed) == ("fail", False)


def test_what_checks_decide_is_not_judged():
    prompt = make_prompt(published=True)

    with pytest.raises(CasebookError, match="by its checks alone"):
        judge_run(make_run(prompt.current, make_test(prompt)), "fail", by=make_user(), at=AT)


def test_summary_of_nothing():
    assert summary_of(make_prompt(published=True).current) == {"rate": None}


@pytest.mark.parametrize("count", [1, 3])
@override("en")
def test_summary_is_one_query(count, django_assert_num_queries):
    prompt = make_prompt(published=True)
    for number in range(count):
        make_run(prompt.current, make_test(prompt), model=f"모델 {number}")
        make_run(prompt.current, make_test(prompt), model=f"모델 {number}", passed=None)

    with django_assert_num_queries(1):
        summary = summary_of(prompt.current)

    assert summary["rate"] == Rate(count, count, count)
    assert summary["about"].startswith(
        f"테스트 {2 * count}" if "테스트" in summary["about"] else f"{2 * count} test"
    )
    assert [model["name"] for model in summary["models"]] == [f"모델 {number}" for number in range(count)]


def test_runs_that_no_longer_count():
    by = make_user("staff")
    version = make_prompt(by=by).versions.get()
    gone, kept = make_test(version.record, removed_at=AT), make_test(version.record)
    make_run(version, gone)
    make_run(version, kept, at=AT)
    assert summary_of(version)["rate"] == Rate(1, 1)

    save_draft(version, prompt_content(), by=by, at=AT + timedelta(minutes=1), revision=0)
    assert summary_of(version) == {"rate": None}

    make_run(version, kept, at=AT + timedelta(minutes=2), passed=False)
    assert summary_of(version)["rate"] == Rate(0, 1)


@pytest.mark.parametrize(
    ("fields", "part", "channel"),
    [
        ({"channel": "agency_ai"}, {}, "agency_ai"),
        ({}, {"channel": "on_device"}, "on_device"),
        ({"channel": "on_device"}, {"channel": "agency_ai"}, "on_device"),
    ],
)
def test_the_strictest_channel_of_a_prompt_and_its_parts(fields, part, channel):
    held = make_prompt(published=True, **part)
    link = {"name": "머리말", "uid": str(held.uid), "version": 1}
    holder = make_prompt(messages=[{"content": "{{> 머리말}} {{이름}}"}], parts=[link], **fields)

    template = template_of(holder.versions.get(), sees_drafts=False)

    assert template.channel == channel
    assert {variable["key"] for variable in template.variables} == {"민원요지", "이름"}
    assert template.unfilled({"이름": "가"}) == ["민원요지"]
    assert template.filled({"이름": "가"})[0]["content"].endswith(" 가")


def test_a_part_that_is_not_published_is_for_its_author_only():
    held = make_prompt()
    link = {"name": "머리말", "uid": str(held.uid), "version": 1}
    version = make_prompt(messages=[{"content": "{{> 머리말}}"}], parts=[link]).versions.get()

    assert template_of(version, sees_drafts=True)
    with pytest.raises(CasebookError, match="머리말"):
        template_of(version, sees_drafts=False)


def test_steps_are_tested_one_by_one():
    step = make_prompt(published=True)
    steps = [{"title": "하나", "prompt": {"uid": str(step.uid), "version": 1}}]
    version = make_prompt(messages=[], steps=steps).versions.get()

    with pytest.raises(CasebookError, match="only steps"):
        template_of(version, sees_drafts=True)

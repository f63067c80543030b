"""Two at once, on two real connections."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from accounts.errors import IllegalMove
from casebook.actions.evidence import add_test, change_test
from casebook.actions.runs import judge_run, record_runs
from casebook.models import PromptRun, PromptTest
from tests.factories import AT, make_prompt, make_run, make_test, make_user

pytestmark = pytest.mark.django_db(transaction=True)

TEST = {
    "name": "가로등",
    "inputs": {},
    "assertions": [{"kind": "json", "value": ""}],
    "expected": "",
    "judgement": "",
}


def at_once(*acts):
    """Run the acts at the same moment; returns how each ended: "done" or the name of its refusal."""
    barrier, ends = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            act()
            ends.append("done")
        except IllegalMove:
            ends.append("refused")
        finally:
            connection.close()

    rivals = [threading.Thread(target=run, args=[act]) for act in acts]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    return sorted(ends)


def test_answers_sent_twice_at_once_are_stored_once():
    prompt, by, key = make_prompt(published=True), make_user("staff"), uuid4()
    test = make_test(prompt)
    how = {"model": "가", "model_version": "", "ran_on": AT.date(), "copied": prompt.current.content_sha256}

    def send():
        record_runs(prompt.current, test, [("답", "")], filled=[], by=by, at=AT, idempotency_key=key, **how)

    assert at_once(send, send) == ["done", "done"]
    assert PromptRun.objects.count() == 1


def test_a_test_sent_twice_at_once_is_one():
    prompt = make_prompt()

    assert at_once(*[lambda: add_test(prompt, TEST, by=None, at=AT)] * 2) == ["done", "done"]
    assert PromptTest.objects.count() == 1


def test_of_two_who_change_a_test_at_once_one_wins():
    test = make_test(make_prompt())

    def change(name):
        return lambda: change_test(test, TEST | {"name": name}, by=None, at=AT)

    assert at_once(change("하나"), change("둘")) == ["done", "refused"]
    assert PromptTest.objects.filter(removed_at=None).count() == 1


def test_of_two_who_judge_at_once_one_wins():
    prompt = make_prompt(published=True)
    run = make_run(prompt.current, make_test(prompt, judgement="?"), passed=None)
    people = [make_user("staff"), make_user("staff")]

    def judge(by, judgement):
        return lambda: judge_run(run, judgement, by=by, at=AT)

    assert at_once(judge(people[0], "pass"), judge(people[1], "fail")) == ["done", "refused"]
    run.refresh_from_db()
    assert run.passed == (run.judged_by == people[0])

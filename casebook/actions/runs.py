"""Answers of models to test cases: recorded from what a person pastes, and judged."""

from uuid import uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.actions.evidence import refuse_identity_numbers
from casebook.content.text import normal_text
from casebook.errors import CasebookError
from casebook.evidence.assertions import MOST_ANSWER, check, needs_person, passed
from casebook.evidence.texts import plain
from casebook.models import PromptRun, PromptTest, PromptVersion


@transaction.atomic
def record_runs(version, test, answers, *, filled, copied, by, at, idempotency_key, **how):
    """Store pasted answers to one test; sent twice, they are stored once. Returns the runs.

    answers: [(output, judgement or "")]. filled: the messages as they were sent. copied: hash of the content they
    came from. how: model, model_version, ran_on.
    """
    _lock(test)
    owner = by.pk if by else ""
    keys = [uuid5(idempotency_key, f"{owner}:{number}") for number in range(len(answers))]
    known = list(PromptRun.objects.filter(idempotency_key__in=keys))
    if known:
        return known
    refuse_changed(version, copied)
    refuse_identity_numbers(*(output for output, _judgement in answers))
    runs = [
        build_run(version, test, output, judgement, filled=filled, by=by, at=at, idempotency_key=key,
                  mode=PromptRun.Mode.PASTED, **how)
        for key, (output, judgement) in zip(keys, answers, strict=True)
    ]  # fmt: skip
    PromptRun.objects.bulk_create(runs)
    audit.record("run.recorded", by=by, target=version, test=test.pk, count=len(runs), model=how["model"])
    return runs


def _lock(test):
    """Nobody else records answers to the test case, changes or removes it before this transaction ends."""
    if not PromptTest.objects.select_for_update().filter(pk=test.pk, removed_at=None).first():
        raise IllegalMove(_("Somebody has changed or removed this test case. Open the list again."))


def refuse_changed(version, content_sha256):
    """The answer must belong to the text that the version holds now."""
    if not PromptVersion.objects.filter(pk=version.pk, content_sha256=content_sha256).exists():
        raise IllegalMove(
            _(
                "The draft was saved meanwhile, so the answer belongs to another text. Run it again with the new one."
            )
        )


def build_run(version, test, output, judgement, *, filled, by, at, **how):
    """An unsaved run with its verdicts. how: model, model_version, ran_on, mode, idempotency_key, job."""
    output = normal_text(output)
    if len(output) > MOST_ANSWER:
        raise CasebookError(_("The answer is longer than 200,000 characters. Paste the part that counts."))
    verdicts = check(output, test.assertions, filled=plain(filled), inputs=test.inputs)
    return PromptRun(
        version=version,
        test=test,
        output=output,
        tester=by,
        at=at,
        verdicts=verdicts,
        judgement=judgement,
        judged_by=by if judgement else None,
        passed=passed(verdicts, judgement, needs_judgement=asks_person(test)),
        **how,
    )


@transaction.atomic
def judge_run(run, judgement, *, by, at):
    """Say whether an answer is good. Of two who judge at once the first wins; who judged may correct it."""
    if not asks_person(run.test) and all(verdict["passed"] is not None for verdict in run.verdicts):
        raise CasebookError(_("This test case is decided by its checks alone; nobody has to judge."))
    result = passed(run.verdicts, judgement, needs_judgement=True)
    free = Q(judgement="") | Q(judged_by=by)
    moved = PromptRun.objects.filter(free, pk=run.pk).update(judgement=judgement, judged_by=by, passed=result)
    if not moved:
        raise IllegalMove(_("Somebody else has judged this answer already. Open it again to see how."))
    audit.record("run.judged", by=by, target=run, judgement=judgement)


def asks_person(test):
    return needs_person(test.assertions, test.judgement)

"""Runs the test cases of a version on a model service, as a job (casebook/jobs.py). Off unless switched on.

What may be sent where is decided when it is asked for and again before sending. Personal data is never sent.
"""

import os
from time import sleep
from uuid import uuid5

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit
from accounts.actions.jobs import ask_job
from accounts.errors import Refusal
from accounts.models import Job
from casebook.actions.runs import build_run, refuse_changed
from casebook.content.choices import CHANNELS
from casebook.errors import CasebookError
from casebook.evidence.runner import NoAnswer, ask, key_of, open_client
from casebook.evidence.texts import ORDER, personal_kinds, plain, template_of
from casebook.models import ModelEndpoint, PromptRun, PromptVersion
from casebook.permissions import can_edit_record, can_test

MOST_REPEATS = 5
MOST_FAULTS = 5  # in a row, then the rest is left out
MOST_LINES = 50
HELLO = [{"role": "user", "content": "‘예’라고만 답해 주세요."}]
NUMBERS = {"temperature": float, "top_p": float, "max_tokens": int}


def endpoints_for(channel):
    """Services that may be sent a prompt of this channel; none while the runner is off."""
    if not settings.RUNNER_ENABLED:
        return ModelEndpoint.objects.none()
    closed = ORDER[ORDER.index(channel) :]
    return ModelEndpoint.objects.filter(is_enabled=True, channel__in=closed)


@transaction.atomic
def ask_tests(version, endpoint, *, repeats, by):
    """Ask for a job that runs every test case of a version. Returns the job."""
    template = template_of(version, sees_drafts=can_edit_record(by, version.record))
    refuse_endpoint(endpoint, template.channel)
    if not version.record.tests.filter(removed_at=None).exists():
        raise CasebookError(_("There is no test case yet. Add one first."))
    running = Job.objects.filter(
        asked_by=by, kind="run_tests", state__in=[Job.State.QUEUED, Job.State.RUNNING]
    )
    if running.exists():
        raise CasebookError(_("Tests that you started are still running. Wait until they have ended."))
    return ask_job("run_tests", by=by, version=version.pk, endpoint=endpoint.pk, repeats=repeats)


def refuse_endpoint(endpoint, channel):
    if not settings.RUNNER_ENABLED:
        raise CasebookError(_("This site calls no model services. Record runs by pasting answers instead."))
    if not endpoint.is_enabled:
        raise CasebookError(_("This model service is switched off. Choose another one."))
    if endpoint.channel == "public_ai" or ORDER.index(endpoint.channel) < ORDER.index(channel):
        raise CasebookError(
            _(
                "This prompt may only be used here: %(channel)s. The service runs elsewhere; choose another one."
            )
            % {"channel": _(CHANNELS[channel])}
        )


def try_endpoint(run):
    """params: endpoint. One short question, whether the service is in use or not."""
    if not settings.RUNNER_ENABLED:
        raise CasebookError(
            _("This site calls no model services. RUNNER_ENABLED=1 in its environment switches them on.")
        )
    endpoint = ModelEndpoint.objects.filter(pk=run.params["endpoint"]).first()
    if endpoint is None:
        raise CasebookError(_("This model service is no longer there."))
    with open_client() as client:
        answer = ask(client, endpoint, HELLO, {"max_tokens": 20}, key=key_of(endpoint, os.environ))
    return _("The service answered: %(text)s") % {"text": answer.text.strip()[:200]}, None, ""


def run_tests(run):
    """params: version, endpoint, repeats. Run again, it fetches only what is missing."""
    version, endpoint = _found(run)
    template = template_of(version, sees_drafts=can_edit_record(run.job.asked_by, version.record))
    refuse_endpoint(endpoint, template.channel)
    tests = list(version.record.tests.filter(removed_at=None))
    key = key_of(endpoint, os.environ)
    fetching = _Fetching(run, version, endpoint, template, key)
    with open_client() as client:
        fetching.fetch(client, tests)
    audit.record(
        "runs.fetched", by=run.job.asked_by, target=version, endpoint=endpoint.name, count=fetching.sent
    )
    return fetching.message(), None, ""


def _found(run):
    version = PromptVersion.objects.select_related("record").filter(pk=run.params["version"]).first()
    endpoint = ModelEndpoint.objects.filter(pk=run.params["endpoint"]).first()
    if version is None or endpoint is None:
        raise CasebookError(_("The version or the model service is no longer there."))
    if not can_test(run.job.asked_by, version.record):
        raise CasebookError(_("You may no longer test this prompt."))
    return version, endpoint


class _Fetching:
    """The runs of one job: fetched, counted, and what went wrong with the others."""

    def __init__(self, run, version, endpoint, template, key):
        self.run, self.version, self.endpoint, self.template, self.key = run, version, endpoint, template, key
        self.repeats = min(max(int(run.params["repeats"]), 1), MOST_REPEATS)
        self.options = model_options(version.content.get("model") or {})
        self.sent, self.faults_in_row = 0, 0
        self.results, self.faults = [], []

    def fetch(self, client, tests):
        asked = [(test, repeat) for test in tests for repeat in range(self.repeats)]
        for done, (test, repeat) in enumerate(asked):
            if self.faults_in_row >= MOST_FAULTS:
                self.faults.append(_("The service failed again and again, so the rest was left out."))
                return
            self._beat(done, len(asked))
            self._fetch_one(client, test, repeat, lambda seconds, done=done: self._wait(seconds, done, asked))

    def _beat(self, done, total):
        self.run.report(
            done * 100 // total, _("%(done)s of %(total)s answers") % {"done": done, "total": total}
        )

    def _wait(self, seconds, done, asked):
        self._beat(done, len(asked))
        sleep(seconds)
        self._beat(done, len(asked))

    def _fetch_one(self, client, test, repeat, wait):
        own_key = uuid5(self.run.job.pk, f"{test.pk}:{repeat}")
        known = PromptRun.objects.filter(idempotency_key=own_key).first()
        if known:
            self.results.append(known.passed)
            return
        try:
            self.results.append(self._answered(client, test, own_key, wait).passed)
            self.faults_in_row = 0
        except NoAnswer as fault:
            self.faults_in_row += 1
            self._note(test, fault)
        except Refusal as refusal:
            self._note(test, refusal)

    def _answered(self, client, test, own_key, wait):
        filled = self.template.filled(test.inputs)
        kinds, _others = personal_kinds(plain(filled))
        if kinds:
            raise CasebookError(_("Not sent, because it holds: %(kinds)s.") % {"kinds": ", ".join(kinds)})
        self.sent += 1
        answer = ask(client, self.endpoint, filled, self.options, key=self.key, wait=wait)
        kinds, _others = personal_kinds(answer.text)
        if kinds:
            raise CasebookError(
                _("The answer was not kept, because it holds: %(kinds)s.") % {"kinds": ", ".join(kinds)}
            )
        return self._stored(test, filled, answer, own_key)

    def _stored(self, test, filled, answer, own_key):
        refuse_changed(self.version, self.version.content_sha256)
        at = now()
        built = build_run(
            self.version, test, answer.text, "",
            filled=filled, by=self.run.job.asked_by, at=at,
            model=self.endpoint.model, model_version=answer.model if answer.model != self.endpoint.model else "",
            ran_on=localdate(at), mode=PromptRun.Mode.RUNNER, job=self.run.job, idempotency_key=own_key,
        )  # fmt: skip
        # Another worker that took this job over may have stored it meanwhile.
        PromptRun.objects.bulk_create([built], ignore_conflicts=True)
        return built

    def _note(self, test, fault):
        self.faults.append(_("%(test)s: %(fault)s") % {"test": test.name, "fault": fault})

    def message(self):
        """What came of it. Raises CasebookError when nothing did."""
        faults = list(dict.fromkeys(self.faults))[:MOST_LINES]
        if not self.results:
            raise CasebookError("\n".join([_("No answer was recorded."), *faults]))
        passed, waiting = self.results.count(True), self.results.count(None)
        count = ngettext("%(count)s answer recorded", "%(count)s answers recorded", len(self.results))
        sums = _("passed %(passed)s, failed %(failed)s, waiting for a person %(waiting)s")
        failed = len(self.results) - passed - waiting
        line = f"{count % {'count': len(self.results)}}: " + sums % {
            "passed": passed,
            "failed": failed,
            "waiting": waiting,
        }
        return "\n".join([line, *faults])


def model_options(model):
    """temperature and the like of a prompt's content, as numbers."""
    return {name: kind(model[name]) for name, kind in NUMBERS.items() if model.get(name)}

"""Recorded answers of models: their list, one of them, recording and judging."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.db.models.functions import Left
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import is_official, require
from casebook.actions.runs import asks_person, judge_run, record_runs
from casebook.evidence.comparison import verdict_lines
from casebook.evidence.texts import template_of
from casebook.filling.form import advice_lines
from casebook.forms.runs import JudgeForm, RunForm
from casebook.models import Prompt, PromptRun
from casebook.permissions import can_test
from casebook.presentation import plain_text
from casebook.views.evidence import newest_version, test_of
from casebook.views.record import is_inside, visible, visible_versions

PAGE_SIZE = 20
FIRST_SIGNS = 300  # of an answer in the list
EARLIER_MODELS = 20


@public
@require_safe
def runs(request, slug):
    record = visible(Prompt, request.user, slug)
    rows = _visible_runs(request, record).defer("output").annotate(start=Left("output", FIRST_SIGNS))
    for name, column in (("test", "test_id"), ("version", "version__number")):
        asked = _number(request.GET.get(name, ""))
        rows = rows.filter(**{column: asked}) if asked else rows
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    context = {
        "record": record,
        "page_obj": page,
        "chips": _chips(request, page.object_list),
        "named": is_official(request.user),
    }
    return render(request, "casebook/runs.html", context)


@public
@require_safe
def run(request, slug, pk):
    record = visible(Prompt, request.user, slug)
    found = get_object_or_404(_visible_runs(request, record), pk=pk)
    return render(request, "casebook/run.html", _one(request, record, found))


@require_POST
def judge(request, slug, pk):
    record = visible(Prompt, request.user, slug)
    require(can_test(request.user, record))
    found = get_object_or_404(_visible_runs(request, record), pk=pk)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether the answer is good or not."))
        return render(request, "casebook/run.html", _one(request, record, found), status=422)
    try:
        judge_run(found, form.cleaned_data["judgement"], by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your judgement is recorded."))
    return redirect("casebook:run", record.slug, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    record = visible(Prompt, request.user, slug)
    require(can_test(request.user, record))
    test = test_of(record, _number(request.GET.get("test", "")))
    version = _asked_version(request, record)
    try:
        template = template_of(version, sees_drafts=is_inside(record, request.user))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("casebook:tests", record.slug)
    form = RunForm(request.POST or None, asks=asks_person(test), version=version)
    if form.is_bound and form.is_valid():
        stored = _stored(request, version, test, form, template)
        if stored:
            return stored
    filled = template.filled(test.inputs)
    context = {
        "record": record,
        "version": version,
        "test": test,
        "form": form,
        "text": plain_text(filled),
        "channel": template.channel,
        "advice": advice_lines(version.content),
        "unfilled": template.unfilled(test.inputs),
        "models": _earlier_models(record),
    }
    return render(request, "casebook/run_form.html", context, status=422 if form.is_bound else 200)


def _chips(request, rows):
    """The filters in force; a test is called by its name as far as a row tells it."""
    labels = {
        "test": rows[0].test.name if rows else _("Test case"),
        "version": _("Version %(number)s") % {"number": request.GET.get("version", "")},
    }
    return [
        {"name": name, "value": request.GET[name], "label": label}
        for name, label in labels.items()
        if _number(request.GET.get(name, ""))
    ]


def _stored(request, version, test, form, template):
    """Redirect after storing, or None with the refusal in the form."""
    values = form.cleaned_data
    try:
        stored = record_runs(
            version, test, form.answers(),
            filled=template.filled(test.inputs), by=request.user, at=now(),
            copied=values["copied"], idempotency_key=values["idempotency_key"], model=values["model"],
            model_version=values["model_version"], ran_on=values["ran_on"],
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _result_words([each.passed for each in stored]))
    address = reverse("casebook:runs", args=[version.record.slug])
    return redirect(f"{address}?test={test.pk}&version={version.number}")


def _result_words(results):
    count = ngettext("%(count)s answer recorded", "%(count)s answers recorded", len(results))
    sums = _("passed %(passed)s, failed %(failed)s, waiting for a person %(waiting)s")
    words = {"passed": results.count(True), "failed": results.count(False), "waiting": results.count(None)}
    return f"{count % {'count': len(results)}}: {sums % words}"


def _visible_runs(request, record):
    versions = visible_versions(record, request.user).values("pk")
    return (
        PromptRun.objects.filter(version__in=versions)
        .select_related("test", "tester", "judged_by", "version")
        .defer("version__content")
    )


def _one(request, record, found):
    undecided = any(verdict["passed"] is None for verdict in found.verdicts)
    free = not found.judgement or found.judged_by_id == request.user.pk
    judged = asks_person(found.test) or undecided
    return {
        "record": record,
        "run": found,
        "lines": verdict_lines(found),
        "can_judge": judged and free and can_test(request.user, record),
        "named": is_official(request.user),
    }


def _asked_version(request, record):
    number = _number(request.GET.get("version", ""))
    if not number:
        return newest_version(request, record)
    version = get_object_or_404(visible_versions(record, request.user), number=number)
    version.record = record
    return version


def _earlier_models(record):
    found = PromptRun.objects.filter(version__record=record).order_by().values("model")
    return list(
        found.annotate(last=Max("at")).order_by("-last").values_list("model", flat=True)[:EARLIER_MODELS]
    )


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 9 else 0

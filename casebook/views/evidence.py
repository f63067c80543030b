"""The test cases of a prompt: their list with results, writing them, comparing versions, starting the runner."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import require
from casebook.actions.evidence import add_test, change_test, remove_test
from casebook.actions.runner import ask_tests, endpoints_for
from casebook.evidence.comparison import compare as compare_versions
from casebook.evidence.comparison import compare_whole, with_results
from casebook.evidence.texts import template_of
from casebook.forms.evidence import TestForm
from casebook.forms.runs import StartForm
from casebook.models import Prompt, PromptTest
from casebook.permissions import can_change_test, can_test
from casebook.views.record import is_inside, visible, visible_versions

PAGE_SIZE = 20
MOST_VERSIONS = 50


@public
@require_safe
def tests(request, slug):
    return _list(request, visible(Prompt, request.user, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    record = visible(Prompt, request.user, slug)
    require(can_test(request.user, record))
    return _write(request, record, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug, pk):
    record = visible(Prompt, request.user, slug)
    return _write(request, record, _changeable(request, record, pk))


@require_POST
def remove(request, slug, pk):
    record = visible(Prompt, request.user, slug)
    test = _changeable(request, record, pk)
    try:
        remove_test(test, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The test case “%(name)s” is removed.") % {"name": test.name})
    return redirect("casebook:tests", record.slug)


@public
@require_safe
def compare(request, slug):
    """Two versions on the same test cases; without a choice, the shown one and the one before it."""
    record = visible(Prompt, request.user, slug)
    versions = _versions(request, record)
    before, after = _two(request, record, versions)
    page = Paginator(_standing(record), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = compare_versions(list(page.object_list), before, after)
    context = {
        "record": record,
        "versions": versions,
        "before": before,
        "after": after,
        "page_obj": page,
        "whole": compare_whole(_standing(record), before, after),
    }
    return render(request, "casebook/test_compare.html", context)


@require_POST
def start(request, slug):
    """Ask for a job that sends the test cases to a model service."""
    record = visible(Prompt, request.user, slug)
    require(can_test(request.user, record))
    form = _start_form(request, record, request.POST)
    if not form.is_valid():
        return _list(request, record, form)
    values = form.cleaned_data
    try:
        job = ask_tests(
            _of(record, values["version"]), values["endpoint"], repeats=values["repeats"], by=request.user
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _list(request, record, form)
    return redirect("job", job.pk)


def _list(request, record, form=None):
    versions = _versions(request, record)
    page = Paginator(_standing(record), PAGE_SIZE).get_page(request.GET.get("page"))
    may_test = can_test(request.user, record)
    form = form or (_start_form(request, record) if may_test else None)
    lines = with_results(list(page.object_list), versions)
    page.object_list = [(*line, can_change_test(request.user, _of_record(line[0], record))) for line in lines]
    context = {
        "record": record,
        "page_obj": page,
        "versions": versions,
        "shown": record.current or versions[0],
        "can_test": may_test,
        "form": form if form and (form.is_bound or form.fields["endpoint"].queryset) else None,
    }
    return render(request, "casebook/tests.html", context, status=422 if form and form.is_bound else 200)


def _write(request, record, test):
    try:
        template = template_of(newest_version(request, record), sees_drafts=is_inside(record, request.user))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("casebook:tests", record.slug)
    form = TestForm(request.POST or None, variables=template.variables, test=test)
    if form.is_bound and form.is_valid():
        try:
            _save(request, record, test, form.cleaned_data["test"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("casebook:tests", record.slug)
    context = {"record": record, "test": test, "form": form}
    return render(request, "casebook/test_form.html", context, status=422 if form.is_bound else 200)


def _save(request, record, test, values):
    if test is None:
        add_test(record, values, by=request.user, at=now())
        messages.success(request, _("The test case is saved. Record what a model answers to it."))
    else:
        # What the form does not show stays: blanks of other versions.
        values["inputs"] = test.inputs | values["inputs"]
        change_test(test, values, by=request.user, at=now())
        messages.success(request, _("The test case is saved. Earlier answers belong to what was asked then."))


def newest_version(request, record):
    """The version whose blanks a test fills: the published one, or the newest draft that the person sees."""
    return _of(record, record.current or visible_versions(record, request.user).order_by("-number")[0])


def test_of(record, pk):
    """A standing test case of the prompt; its first one when none is asked for."""
    tests = _standing(record)
    test = get_object_or_404(tests, pk=pk) if pk else get_list_or_404(tests[:1])[0]
    return _of_record(test, record)


def _changeable(request, record, pk):
    test = test_of(record, pk)
    require(can_change_test(request.user, test))
    return test


def _standing(record):
    return PromptTest.objects.filter(prompt=record, removed_at=None)


def _versions(request, record):
    return list(visible_versions(record, request.user).defer("content").order_by("-number")[:MOST_VERSIONS])


def _two(request, record, versions):
    newer = _asked(request.GET.get("b"), versions) or record.current or versions[0]
    older = next((each for each in versions if each.number < newer.number), newer)
    return _asked(request.GET.get("a"), versions) or older, newer


def _asked(number, versions):
    return next((each for each in versions if str(each.number) == number), None)


def _start_form(request, record, data=None):
    channel = record.current.content["channel"] if record.current else "public_ai"
    versions = visible_versions(record, request.user).order_by("-number")
    return StartForm(data, versions=versions, endpoints=endpoints_for(channel))


def _of(record, version):
    version.record = record
    return version


def _of_record(test, record):
    test.prompt = record
    return test

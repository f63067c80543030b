"""Reports that a prompt is wrong, out of date or not safe: sending one, the queue, and the answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import IllegalMove, Refusal
from accounts.permissions import require
from casebook.actions.feedback import answer_report, report_problem
from casebook.community import visible_reports
from casebook.forms.community import AnswerForm, ProblemForm
from casebook.kept_rows import kept_tabs
from casebook.models import ProblemReport, Prompt
from casebook.permissions import can_review, can_write
from casebook.states import VersionState
from casebook.views.record import visible

PAGE_SIZE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, slug):
    record = visible(Prompt, request.user, slug)
    if not record.is_published:
        messages.error(request, _("Only published prompts are reported."))
        return redirect(record)
    version = _version(record, request.POST.get("version") or request.GET.get("version", ""))
    form = ProblemForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("kind", "text", "idempotency_key")}
        try:
            sent = report_problem(version, by=request.user, at=now(), **values)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Thank you. An editor looks at it; you find the answer here."))
            return redirect("casebook:problem_report", sent.pk)
    context = {"record": record, "version": version, "form": form}
    return render(request, "casebook/report_problem.html", context, status=422 if form.errors else 200)


@require_safe
def problem_reports(request):
    """Everybody's for editors, one's own for others."""
    reviews = can_review(request.user)
    state = request.GET.get("state", ProblemReport.State.OPEN if reviews else "")
    kind, sort = request.GET.get("kind", ""), request.GET.get("sort", "")
    rows = visible_reports(request.user)
    rows = rows.filter(kind=kind) if kind in ProblemReport.Kind.values else rows
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    shown = rows.filter(state=state) if state in ProblemReport.State.values else rows
    # What waits longest comes first on the editors' side, one's latest report on one's own.
    oldest_first = sort == "oldest" or (reviews and sort != "newest")
    shown = shown.select_related("prompt", "version", "by").defer("version__content")
    order = ("at", "pk") if oldest_first else ("-at", "-pk")
    context = {
        "page_obj": Paginator(shown.order_by(*order), PAGE_SIZE).get_page(request.GET.get("page")),
        "state": state,
        "kind": kind,
        "oldest_first": oldest_first,
        "is_chosen": state in ProblemReport.State.values,
        "states": [(value, label, counts.get(value, 0)) for value, label in ProblemReport.State.choices],
        "kinds": ProblemReport.Kind.choices,
        "total": sum(counts.values()),
        "is_editor": reviews,
        "tabs": [] if reviews else kept_tabs("problem_reports"),
    }
    return render(request, "casebook/problem_reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def problem_report(request, pk):
    """A report with its answer; editors answer it here."""
    rows = visible_reports(request.user).select_related("prompt", "version", "by", "resolved_by")
    shown = get_object_or_404(rows.defer("version__content"), pk=pk)
    if request.method == "POST":
        require(can_review(request.user))
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            answer_report(shown, by=request.user, at=now(), **form.cleaned_data)
        except IllegalMove as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The report is answered. Who sent it finds your answer."))
        return redirect("casebook:problem_report", shown.pk)
    context = {
        "report": shown,
        "record": shown.prompt,
        "form": form if can_review(request.user) and shown.state == ProblemReport.State.OPEN else None,
        "is_editor": can_review(request.user),
        "may_propose": can_write(request.user) and shown.prompt.is_published,
    }
    return render(request, "casebook/problem_report.html", context, status=422 if form.errors else 200)


def _version(record, number):
    """The published version that was looked at, else the one shown to everybody."""
    if number.isdecimal() and len(number) < 9:
        return get_object_or_404(record.versions.filter(state=VersionState.PUBLISHED), number=number)
    return record.current

"""The casebook as a file: what can be asked for, and the files asked for and brought in so far."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actions.jobs import ask_job
from accounts.decorators import public
from accounts.models import Job
from accounts.permissions import require
from casebook.actions.export_prompts import chosen_records, selection_of
from casebook.forms.exchange import ExportForm
from casebook.models import ImportPreview, ImportRun
from casebook.permissions import can_export, can_import
from casebook.totals import casebook_totals

RECENT = 10


@public
@require_safe
def editions(request):
    return _page(request, ExportForm(), selection_of(request.GET))


@require_POST
def export(request):
    require(can_export(request.user))
    form, selection = ExportForm(request.POST), selection_of(request.POST)
    if not form.is_valid():
        return _page(request, form, selection, status=422)
    job = ask_job("export_casebook", by=request.user, **form.cleaned_data, selection=selection)
    return redirect("job", job.pk)


def _page(request, form, selection, *, status=200):
    """selection: what of the casebook the next file holds; {} for all of it."""
    exporting, importing = can_export(request.user), can_import(request.user)
    context = {
        "totals": casebook_totals(),
        "form": form if exporting else None,
        "jobs": _files_of(request.user) if exporting else [],
        "can_import": importing,
        "imports": ImportRun.objects.select_related("by")[:RECENT] if importing else [],
        "previews": _open_previews(request.user) if importing else [],
        "selection": [(name, each) for name, value in selection.items() for each in _listed(value)],
        "selected": _numbers(chosen_records(selection, by=request.user)) if exporting else None,
    }
    return render(request, "casebook/editions.html", context, status=status)


def _files_of(user):
    return Job.objects.visible_to(user).filter(kind="export_casebook")[:RECENT]


def _open_previews(user):
    """Files the person handed over and has not imported."""
    waiting = ImportPreview.objects.filter(by=user, imported=None)
    return waiting.only("file_name", "at")[:RECENT]


def _listed(value):
    return value if isinstance(value, list) else [value]


def _numbers(chosen):
    return chosen and {"prompts": len(chosen["prompt"]), "cases": len(chosen["case"])}

"""The casebook as a file: out to other governments, and theirs in."""

from uuid import uuid4

from django.core.files.storage import default_storage
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actions.jobs import ask_job
from accounts.decorators import public
from accounts.models import Job
from accounts.permissions import require
from casebook.forms import ExportForm, ImportForm
from casebook.models import ImportRun
from casebook.permissions import can_export, can_import
from casebook.totals import casebook_totals

RECENT = 10


@public
@require_safe
def editions(request):
    exporting, importing = can_export(request.user), can_import(request.user)
    mine = (
        Job.objects.visible_to(request.user).filter(kind="export_casebook")
        if exporting
        else Job.objects.none()
    )
    context = {
        "totals": casebook_totals(),
        "form": ExportForm() if exporting else None,
        "jobs": mine[:RECENT],
        "can_import": importing,
        "imports": ImportRun.objects.select_related("by")[:RECENT] if importing else [],
    }
    return render(request, "casebook/editions.html", context)


@require_POST
def export(request):
    require(can_export(request.user))
    form = ExportForm(request.POST)
    if not form.is_valid():
        return render(
            request, "casebook/editions.html", {"form": form, "totals": casebook_totals()}, status=422
        )
    return redirect("job", ask_job("export_casebook", by=request.user, format=form.cleaned_data["format"]).pk)


def bring_in(request):
    require(can_import(request.user))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "casebook/import.html", {"form": form}, status=422 if form.is_bound else 200)
    values = form.cleaned_data
    file = values.pop("file")
    path = default_storage.save(f"imports/{uuid4()}.{file.name.rsplit('.')[-1].lower()}", file)
    return redirect(
        "job", ask_job("import_casebook", by=request.user, path=path, name=file.name[:200], **values).pk
    )

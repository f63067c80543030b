"""Long work: how far it is, its result, and another run of it. Only for who asked."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.actions import jobs as act
from accounts.errors import Refusal
from accounts.models import Job

PAGE_SIZE = 20


@never_cache
@require_safe
def jobs(request):
    page = Paginator(Job.objects.visible_to(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/jobs.html", {"page_obj": page})


@never_cache
@require_safe
def job(request, pk):
    return render(request, "accounts/job.html", {"job": _own(request, pk)})


@never_cache
@require_safe
def job_part(request, pk):
    """The part of a page that shows one job; it stops asking by itself once the work is over."""
    return render(request, "accounts/_job_progress.html", {"job": _own(request, pk)})


@require_safe
def job_result(request, pk):
    found = _own(request, pk)
    path = Path(settings.MEDIA_ROOT) / found.result
    if not found.result or not path.is_file():
        messages.error(request, _("The file is no longer kept. Run the work again to get a new one."))
        return redirect("job", found.pk)
    audit.record("job.downloaded", by=request.user, target=found)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=found.result_name or path.name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def job_run_again(request, pk):
    found = _own(request, pk)
    try:
        act.run_again(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("job", found.pk)


def _own(request, pk):
    return get_object_or_404(Job.objects.visible_to(request.user), pk=pk)

"""Model services that the runner may call, for administrators."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.jobs import ask_job
from accounts.permissions import require
from casebook.actions.endpoints import save_endpoint
from casebook.forms.endpoint import EndpointForm
from casebook.models import ModelEndpoint
from casebook.permissions import can_allow_tools

MOST = 100  # an office has a handful


@require_safe
def endpoints(request):
    require(can_allow_tools(request.user))
    context = {"endpoints": list(ModelEndpoint.objects.all()[:MOST]), "is_on": settings.RUNNER_ENABLED}
    return render(request, "casebook/endpoints.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    require(can_allow_tools(request.user))
    return _form(request, EndpointForm(request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
def endpoint(request, pk):
    require(can_allow_tools(request.user))
    stored = get_object_or_404(ModelEndpoint, pk=pk)
    return _form(
        request, EndpointForm(request.POST or None, instance=get_object_or_404(ModelEndpoint, pk=pk)), stored
    )


@require_POST
def try_out(request, pk):
    """Ask the service one short question, as a job."""
    require(can_allow_tools(request.user))
    stored = get_object_or_404(ModelEndpoint, pk=pk)
    if not settings.RUNNER_ENABLED:
        messages.error(
            request,
            _("This site calls no model services. RUNNER_ENABLED=1 in its environment switches them on."),
        )
        return redirect("casebook:endpoint", stored.pk)
    return redirect("job", ask_job("try_endpoint", by=request.user, endpoint=stored.pk).pk)


def _form(request, form, stored):
    if form.is_bound and form.is_valid():
        saved = save_endpoint(form.save(commit=False), by=request.user, at=now())
        messages.success(request, _("The model service “%(name)s” is saved.") % {"name": saved.name})
        return redirect("casebook:endpoints")
    context = {"form": form, "stored": stored, "is_on": settings.RUNNER_ENABLED}
    return render(request, "casebook/endpoint_form.html", context, status=422 if form.is_bound else 200)

"""Tools that prompt pages may open, for administrators."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import require
from casebook.actions.tools import remove_tool, save_tool
from casebook.forms.tool import OpenToolForm
from casebook.models import OpenTool
from casebook.permissions import can_allow_tools

MOST = 200  # an office allows a handful


@require_http_methods(["GET", "HEAD", "POST"])
def tools(request):
    require(can_allow_tools(request.user))
    form = OpenToolForm(request.POST or None)
    if form.is_bound and form.is_valid():
        return _saved(request, form)
    context = {"form": form, "tools": list(OpenTool.objects.all()[:MOST])}
    return render(request, "casebook/tools.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def tool(request, pk):
    require(can_allow_tools(request.user))
    stored = get_object_or_404(OpenTool, pk=pk)
    form = OpenToolForm(request.POST or None, instance=get_object_or_404(OpenTool, pk=pk))
    if form.is_bound and form.is_valid():
        return _saved(request, form)
    context = {"form": form, "stored": stored}
    return render(request, "casebook/tool.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request, pk):
    require(can_allow_tools(request.user))
    stored = get_object_or_404(OpenTool, pk=pk)
    remove_tool(stored, by=request.user)
    messages.success(request, _("“%(name)s” is no longer offered.") % {"name": stored.name})
    return redirect("casebook:tools")


def _saved(request, form):
    stored = save_tool(form.save(commit=False), by=request.user)
    messages.success(request, _("The tool “%(name)s” is saved.") % {"name": stored.name})
    return redirect("casebook:tools")

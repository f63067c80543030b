"""Departments, for administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.people import save_department
from accounts.forms import DepartmentForm
from accounts.models import Department
from accounts.permissions import can_manage_people, require

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def departments(request):
    require(can_manage_people(request.user))
    form = DepartmentForm(request.POST or None)
    if form.is_bound and form.is_valid():
        return _saved(request, form)
    listed = Department.objects.annotate(people=Count("user")).order_by("name")
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page}
    return render(request, "accounts/departments.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def department(request, pk):
    require(can_manage_people(request.user))
    form = DepartmentForm(request.POST or None, instance=get_object_or_404(Department, pk=pk))
    if form.is_bound and form.is_valid():
        return _saved(request, form)
    context = {"form": form, "stored": Department.objects.get(pk=pk)}
    return render(request, "accounts/department.html", context, status=422 if form.is_bound else 200)


def _saved(request, form):
    stored = save_department(form.save(commit=False), by=request.user)
    messages.success(request, _("The department “%(name)s” is saved.") % {"name": stored.name})
    return redirect("departments")

"""People and their roles, for administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.actions.people import set_department
from accounts.actions.roles import grant_role, revoke_role
from accounts.errors import Refusal
from accounts.forms import GrantForm, PeopleFilterForm, PersonDepartmentForm
from accounts.models import RoleGrant, User
from accounts.permissions import can_manage_people, forget_grants, require
from accounts.roles import Role
from accounts.words import grant_words

PAGE_SIZE = 30


@require_safe
def people(request):
    require(can_manage_people(request.user))
    form = PeopleFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(_found(**asked), PAGE_SIZE).get_page(request.GET.get("page"))
    for each in page:
        each.roles = [grant_words(grant) for grant in each.active_grants]
    return render(request, "accounts/people.html", {"form": form, "page_obj": page, "chips": _chips(asked)})


def _found(*, q="", role=""):
    grants = Prefetch("grants", RoleGrant.objects.active().order_by("pk"), to_attr="active_grants")
    found = User.objects.select_related("department").prefetch_related(grants).order_by("name", "pk")
    if q:
        found = found.filter(Q(name__icontains=q) | Q(email__icontains=q))
    if not role:
        return found
    holders = RoleGrant.objects.active()
    if role == Role.RESIDENT:
        return found.exclude(pk__in=holders.values("user"))
    return found.filter(pk__in=holders.filter(role=role).values("user"))


def _chips(asked):
    labels = {"q": asked.get("q"), "role": dict(Role.choices).get(asked.get("role"))}
    return [{"name": name, "value": asked[name], "label": label} for name, label in labels.items() if label]


@require_safe
def person(request, pk):
    require(can_manage_people(request.user))
    found = get_object_or_404(User.objects.select_related("department"), pk=pk)
    if found != request.user:
        audit.record("person.viewed", by=request.user, target=found, about=found)
    return render(request, "accounts/person.html", _person_context(found))


def _person_context(found):
    grants = list(found.grants.select_related("granted_by", "revoked_by").order_by("-pk"))
    for grant in grants:
        grant.words = grant_words(grant)
    return {
        "person": found,
        "active_grants": [grant for grant in grants if grant.revoked_at is None],
        "past_grants": [grant for grant in grants if grant.revoked_at],
        "grant_form": GrantForm(),
        "department_form": PersonDepartmentForm(instance=found),
    }


@require_POST
def grant(request, pk):
    require(can_manage_people(request.user))
    found = get_object_or_404(User, pk=pk)
    try:
        given = grant_role(found, request.POST.get("role", ""), by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = {"person": found, "role": given.get_role_display()}
        messages.success(request, _("%(person)s now has the role %(role)s.") % words)
    return redirect("person", found.pk)


@require_POST
def revoke(request, pk, grant_pk):
    require(can_manage_people(request.user))
    found = get_object_or_404(RoleGrant.objects.select_related("user"), pk=grant_pk, user=pk)
    try:
        revoke_role(found, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = {"person": found.user, "role": grant_words(found)}
        messages.success(request, _("%(person)s no longer has the role %(role)s.") % words)
    forget_grants(request.user)  # perhaps it was one's own
    return redirect("person", pk) if can_manage_people(request.user) else redirect("profile")


@require_POST
def department_of(request, pk):
    require(can_manage_people(request.user))
    form = PersonDepartmentForm(request.POST, instance=get_object_or_404(User, pk=pk))
    if form.is_valid():
        stored = User.objects.get(pk=pk)
        set_department(stored, department=form.cleaned_data["department"], by=request.user)
        messages.success(request, _("The department is saved."))
    else:
        messages.error(request, _("This department does not exist. Choose one from the list."))
    return redirect("person", pk)

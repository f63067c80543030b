"""One learning group: what it is, and what its facilitators do with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import require
from learning.actions.groups import change_group, create_group
from learning.actions.members import add_facilitator, add_member, person_by_email, remove_member
from learning.forms import GroupForm, MemberForm
from learning.models import LearningGroup, Membership
from learning.permissions import can_create_group, can_manage_group, can_see_members


@public
@require_safe
def group(request, slug):
    found = _group(slug)
    return render(request, "learning/group.html", _context(request.user, found))


def _group(slug):
    return get_object_or_404(LearningGroup.objects.select_related("work_field"), slug=slug)


def _context(user, found, form=None):
    people = list(found.memberships.current().select_related("user__department").order_by("user__name", "pk"))
    managing = can_manage_group(user, found)
    return {
        "group": found,
        "facilitators": [each for each in people if each.is_facilitator],
        "members": [each for each in people if not each.is_facilitator]
        if can_see_members(user, found)
        else None,
        "member_count": len(people),
        "places_left": max(found.capacity - len(people), 0),
        "can_manage": managing,
        "today": localdate(),
        "form": (form or MemberForm()) if managing else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    require(can_create_group(request.user))
    form = GroupForm(request.POST or None)
    if form.is_bound and form.is_valid():
        made = create_group(by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("“%(title)s” is created. Add its members next.") % {"title": made.title})
        return redirect("learning:group", made.slug)
    return render(request, "learning/group_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug):
    found = _group(slug)
    require(can_manage_group(request.user, found))
    form = GroupForm(request.POST or None, instance=found)
    title = found.title
    if form.is_bound and form.is_valid() and _changed(form, found, request.user):
        messages.success(request, _("“%(title)s” is saved.") % {"title": form.cleaned_data["title"]})
        return redirect("learning:group", slug)
    context = {"form": form, "title": title, "slug": slug}
    return render(request, "learning/group_form.html", context, status=422 if form.is_bound else 200)


def _changed(form, found, user):
    try:
        change_group(found, by=user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("capacity", str(refusal))
    return not form.errors


@require_POST
def add(request, slug):
    found = _group(slug)
    require(can_manage_group(request.user, found))
    form = MemberForm(request.POST)
    if form.is_valid() and _added(form, found, request.user):
        return redirect("learning:group", slug)
    return render(request, "learning/group.html", _context(request.user, found, form), status=422)


def _added(form, found, user):
    act = add_facilitator if form.cleaned_data["is_facilitator"] else add_member
    try:
        act(found, person_by_email(form.cleaned_data["email"]), by=user, at=now())
    except Refusal as refusal:
        form.add_error("email", str(refusal))
    return not form.errors


@require_POST
def remove(request, slug, pk):
    found = _group(slug)
    require(can_manage_group(request.user, found))
    membership = get_object_or_404(Membership.objects.select_related("user"), pk=pk, group=found)
    try:
        remove_member(found, membership.user, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(person)s takes no part any more.") % {"person": membership.user})
    return redirect("learning:group", slug)

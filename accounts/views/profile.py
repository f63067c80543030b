"""A person's own account."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.profile import change_profile
from accounts.forms import ProfileForm
from accounts.models import AuditRecord, User
from accounts.permissions import can_manage_people, can_read_audit
from accounts.views.keyset import older_than
from accounts.words import describe_record, doer_words, grant_words

YEAR = 365 * 24 * 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    # The form writes on its instance; the page's own user stays as it is stored.
    person = User.objects.select_related("department").get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form.cleaned_data)
    return render(
        request, "accounts/profile.html", _context(request.user, form), status=422 if form.is_bound else 200
    )


def _saved(request, values):
    user, language = request.user, values["language"]
    department = values.get("department", user.department)
    change_profile(user, name=values["name"], department=department, by=user)
    with override(language):
        messages.success(request, _("Your profile is saved."))
    response = redirect("profile")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


def _context(user, form):
    return {
        "form": form,
        "grants": [grant_words(grant) for grant in user.grants.active().order_by("pk")],
        "can_manage_people": can_manage_people(user),
        "can_read_audit": can_read_audit(user),
    }


@require_safe
def my_access(request):
    """Who read or changed something about me."""
    records = (
        AuditRecord.objects.filter(about=request.user)
        .exclude(by=request.user)
        .select_related("by__department")
    )
    page = older_than(records, request.GET.get("before"))
    for record in page["records"]:
        describe_record(record).doer_words = doer_words(record)
    return render(request, "accounts/my_access.html", page)

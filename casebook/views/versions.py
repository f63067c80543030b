"""The versions of a prompt: their list, two of them side by side, restoring one, and its label."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import is_official, require
from casebook.actions.drafts import restore_version
from casebook.actions.labels import set_label
from casebook.forms.label import LabelForm
from casebook.models import CasePrompt, Prompt, Proposal
from casebook.permissions import can_edit_record, can_review
from casebook.reviewing.diff_view import count_of, difference
from casebook.states import VersionState
from casebook.views.record import visible, visible_versions

PAGE_SIZE = 30
MOST_CHOICES = 500
MOST_SUGGESTED = 50


@public
@require_safe
def versions(request, slug):
    record = visible(Prompt, request.user, slug)
    accepted = Prefetch("accepted_proposals", Proposal.objects.select_related("by"))
    rows = visible_versions(record, request.user).defer("content").select_related("created_by", "replacement")
    page = Paginator(rows.prefetch_related(accepted).order_by("-number"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    page.object_list = list(page.object_list)
    _describe(page.object_list, named=is_official(request.user))
    context = {
        "record": record,
        "page_obj": page,
        "can_edit": can_edit_record(request.user, record),
        "can_label": can_review(request.user) and record.retired_at is None,
    }
    return render(request, "casebook/versions.html", context)


@public
@require_safe
def compare(request, slug):
    """Two versions side by side; without a choice, the shown one and the one before it."""
    record = visible(Prompt, request.user, slug)
    rows = visible_versions(record, request.user).order_by("-number")
    choices = list(rows.defer("content")[:MOST_CHOICES])
    newer = _number(request.GET.get("b", "")) or (
        record.current.number if record.current else choices[0].number
    )
    older = _number(request.GET.get("a", "")) or max(
        (each.number for each in choices if each.number < newer), default=newer
    )
    found = {each.number: each for each in rows.filter(number__in={older, newer})}
    old, new = (found.get(number) or get_object_or_404(rows, number=number) for number in (older, newer))
    groups = difference(old.content, new.content)
    context = {
        "record": record,
        "choices": choices,
        "old": old,
        "new": new,
        "groups": groups,
        "changes": count_of(groups),
    }
    return render(request, "casebook/compare.html", context)


@require_POST
def restore(request, slug):
    """Make a draft that says what an earlier version says, and open it."""
    record = visible(Prompt, request.user, slug)
    require(can_edit_record(request.user, record))
    base = _asked_version(request, record)
    draft = restore_version(base, by=request.user, at=now())
    messages.success(
        request,
        _("Version %(number)s is now a draft. Look it over and ask for its review.")
        % {"number": base.number},
    )
    return redirect("casebook:draft", draft.pk)


@require_http_methods(["GET", "POST"])
def label(request, slug):
    """Recommend a version, call it no longer recommended, or take its label away; the shown one unless asked."""
    require(can_review(request.user))
    record = get_object_or_404(Prompt.objects.published().select_related("current"), slug=slug)
    asked = request.POST.get("version") or request.GET.get("version")
    version = _asked_version(request, record) if asked else record.current
    form = LabelForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            set_label(version, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = {"number": version.number, "label": version.display_label()}
            messages.success(request, _("Version %(number)s: %(label)s.") % words)
            return redirect("casebook:versions", record.slug)
    context = {"record": record, "version": version, "form": form, "suggested": _suggested(record)}
    return render(request, "casebook/versions_label.html", context, status=422 if form.errors else 200)


def _suggested(record):
    """Published prompts of the same work field, to choose a replacement from."""
    others = Prompt.objects.published().filter(work_field=record.work_field_id).exclude(pk=record.pk)
    return others.order_by("title").values_list("slug", "title")[:MOST_SUGGESTED]


def _describe(rows, *, named):
    """Give each version who wrote it, who proposed it, and the published cases that use it. One query."""
    links = CasePrompt.objects.filter(
        prompt_version__in=rows,
        case_version=F("case_version__record__current"),
        case_version__record__retired_at=None,
    )
    uses = {}
    for key, title, slug in links.order_by("case_version__record__title").values_list(
        "prompt_version_id", "case_version__record__title", "case_version__record__slug"
    ):
        uses.setdefault(key, []).append((title, slug))
    for row in rows:
        row.cases = uses.get(row.pk, [])
        row.author = _name(row.created_by, named=named)
        row.is_proposed = bool(row.accepted_proposals.all())


def _name(person, *, named):
    """Names of colleagues are for colleagues."""
    if person is None:
        return ""
    return person.name if named else _("a colleague")


def _asked_version(request, record):
    number = _number(request.POST.get("version", "") or request.GET.get("version", ""))
    return get_object_or_404(record.versions.exclude(state=VersionState.DRAFT), number=number)


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 9 else 0

"""What a person writes: the list of their prompts, and the page on which a draft is written."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import require
from casebook.actions.drafts import begin_version
from casebook.models import Prompt, PromptVersion, Review
from casebook.permissions import can_edit_draft, can_review, can_write
from casebook.states import VersionState
from casebook.views.writing_parts import KEPT_DRAFT, draft_page, form_of, last_reviews, own_version
from casebook.writing.search import find_held

PAGE_SIZE = 20
SENT_BACK = "sent_back"
SORTS = {"title": ("record__title", "-pk"), "": (F("touched").desc(), "-pk")}


@require_safe
def mine(request):
    require(can_write(request.user))
    chosen, sort = request.GET.get("state", ""), request.GET.get("sort", "")
    versions = _mine(request.user, request.GET.get("q", "").strip()[:200])
    counts = dict(versions.order_by().values_list("shown_state").annotate(number=Count("pk")))
    shown = versions.filter(shown_state=chosen) if chosen in counts else versions
    shown = shown.select_related("record").defer("content").order_by(*SORTS.get(sort, SORTS[""]))
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    reviews = last_reviews([version.pk for version in page.object_list])
    for version in page.object_list:
        version.review = reviews.get(version.pk)
    context = {
        "page_obj": page,
        "tabs": _tabs(request, counts, chosen),
        "sort": sort,
        "q": request.GET.get("q", ""),
        "chosen": chosen,
    }
    return render(request, "casebook/write_list.html", context)


def _mine(user, text):
    """The person's versions: what is open or was declined, and of each published prompt the one shown."""
    decision = (
        Review.objects.filter(prompt_version=OuterRef("pk")).order_by("-at", "-id").values("decision")[:1]
    )
    versions = PromptVersion.objects.filter(created_by=user).filter(
        ~Q(state=VersionState.PUBLISHED) | Q(record__current=F("pk"), record__retired_at=None)
    )
    if text:
        versions = versions.filter(record__title__icontains=text)
    return versions.annotate(
        decision=Subquery(decision),
        touched=Coalesce("published_at", "saved_at", "asked_at", "created_at"),
    ).annotate(
        shown_state=Case(
            When(state=VersionState.DRAFT, decision=Review.Decision.SENT_BACK, then=Value(SENT_BACK)),
            default=F("state"),
        )
    )


def _tabs(request, counts, chosen):
    labels = {
        VersionState.DRAFT: _("Drafts"),
        SENT_BACK: _("Sent back"),
        VersionState.IN_REVIEW: _("In review"),
        VersionState.PUBLISHED: _("Published"),
        VersionState.DECLINED: _("Declined"),
    }
    tabs = [
        {"label": _("All"), "address": "?", "current": chosen not in counts, "count": sum(counts.values())}
    ]
    return tabs + [
        {"label": label, "address": f"?state={name}", "current": chosen == name, "count": counts.get(name, 0)}
        for name, label in labels.items()
        if counts.get(name)
    ]


@require_safe
def draft(request, pk):
    version = own_version(request.user, pk)
    require(can_edit_draft(request.user, version))
    if version.state != VersionState.DRAFT:
        messages.info(request, _not_a_draft(version))
        return redirect(address_of(version))
    kept = KEPT_DRAFT.take(request)
    return draft_page(request, form_of(version, kept), version, **searched(request, version))


def _not_a_draft(version):
    if version.state == VersionState.IN_REVIEW:
        return _("This version is in review. Take it back from “My prompts” to go on writing.")
    return _("This version is no longer a draft. Press “Edit” to begin a new one.")


def address_of(version):
    return f"{reverse('casebook:prompt', args=[version.record.slug])}?version={version.number}"


def searched(request, version):
    """What the search for parts or steps finds, when it was sent as a page and not by script."""
    found = {}
    for kind in ("part", "step"):
        text = request.GET.get(f"find_{kind}")
        if text is not None:
            found[f"find_{kind}"] = text
            found[f"found_{kind}"] = find_held(text, apart_from=version.record_id)
    return found


@require_safe
def find(request):
    """Published prompts that a draft may hold, as a part of its page."""
    require(can_write(request.user))
    kind = "step" if "find_step" in request.GET else "part"
    text, own = request.GET.get(f"find_{kind}", ""), request.GET.get("apart_from", "")
    found = find_held(text, apart_from=int(own) if own.isdecimal() and len(own) < 19 else None)
    return render(request, "casebook/_write_found.html", {"kind": kind, "text": text, "found": found})


@require_POST
def edit(request, slug):
    """Open a draft of the shown version; the draft itself when it is one the person may write in."""
    records = Prompt.objects.visible_to(request.user, reviews=can_review(request.user))
    record = get_object_or_404(records.select_related("current"), slug=slug)
    require(can_review(request.user) or (can_write(request.user) and record.created_by_id == request.user.pk))
    base = _base(record, request.POST.get("version", ""))
    if base.state == VersionState.DRAFT and can_edit_draft(request.user, base):
        return redirect("casebook:draft", base.pk)
    return redirect("casebook:draft", begin_version(base, by=request.user, at=now()).pk)


def _base(record, number):
    """The version with this number, else the published one, else the latest."""
    if number.isdecimal() and len(number) < 9:
        return get_object_or_404(record.versions, number=int(number))
    return record.current or record.versions.latest("number")

"""The page of a prompt: filling in its blanks, copying it, and counting that without a trace of who."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Subquery, Sum
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import public
from casebook.actions.usage import count_use
from casebook.community import published_copies, said_unsafe
from casebook.evidence.summary import summary_of
from casebook.filling.words import fill_words
from casebook.models import Case, Favourite, Follow, OpenTool, Prompt, UsageCount
from casebook.presentation import plain_text, prompt_page
from casebook.prompt_menu import prompt_menu
from casebook.views.record import is_inside, shown_record

RECENT_DAYS = 30
MOST_CASES = 20
MOST_TOOLS = 12


@public
@require_safe
def prompt(request, slug):
    shown = shown_record(request, Prompt, slug, also=lambda prompts: _with_numbers(prompts, request.user))
    record, version = shown["record"], shown["version"]
    tools = OpenTool.objects.filter(is_enabled=True)[:MOST_TOOLS]
    page = prompt_page(version, sees_drafts=is_inside(record, request.user), tools=list(tools))
    context = page | shown | {
        "cases": _cases_using(record),
        "evidence": summary_of(version),
        "fill_words": fill_words(),
        "has_read": request.GET.get("ack") == "1",
        "menu": prompt_menu(request.user, record),
    }  # fmt: skip
    return render(request, "casebook/prompt.html", context)


@public
@require_safe
def prompt_text(request, slug):
    """The prompt as plain text, for saving or for a tool; what is not open is handed out after the advice."""
    shown = shown_record(request, Prompt, slug)
    page = prompt_page(shown["version"], sees_drafts=is_inside(shown["record"], request.user))
    if page["fill"].must_agree and request.GET.get("ack") != "1":
        return render(request, "casebook/prompt_before.html", page | shown)
    return HttpResponse(plain_text(page["fill"].texts), content_type="text/plain; charset=utf-8")


@public
@require_POST
def used(request, slug):
    """Counts a view, a fill or a copy; sent by the page itself (static/js/use.js)."""
    count_use(get_object_or_404(Prompt.objects.published(), slug=slug), request.POST.get("what"), at=now())
    return HttpResponse(status=204)


def _with_numbers(prompts, user):
    """Prompts with their use in the last days and whether the person keeps them, in the same query."""
    recent = UsageCount.objects.filter(
        prompt=OuterRef("pk"), day__gt=localdate() - timedelta(days=RECENT_DAYS)
    )
    sums = JSONObject(views=Sum("views"), fills=Sum("fills"), copies=Sum("copies"))
    kept = Favourite.objects.filter(prompt=OuterRef("pk"), by=user.pk)
    followed = Follow.objects.filter(work_field=OuterRef("work_field"), by=user.pk)
    return prompts.select_related("current__replacement", "forked_from__record").annotate(
        recent_use=Subquery(recent.order_by().values("prompt").annotate(sums=sums).values("sums")),
        is_favourite=Exists(kept),
        is_followed=Exists(followed),
        said_unsafe=said_unsafe(),
        copies=published_copies(),
    )


def _cases_using(prompt):
    """Published cases with the version of the prompt that each used."""
    used_version = "current__prompt_links__prompt_version"
    return list(
        Case.objects.published()
        .filter(**{f"{used_version}__record": prompt})
        .annotate(used_number=F(f"{used_version}__number"))
        .defer("current__content")
        .order_by("title", "used_number")[:MOST_CASES]
    )

"""What people say about a prompt: its ratings and comments, as a page or as a part of the prompt's page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import require
from casebook.actions.feedback import add_comment, rate, remove_comment
from casebook.community import rating_figures
from casebook.forms.community import CommentForm, RatingForm
from casebook.models import Comment, Prompt, Rating
from casebook.permissions import can_remove_comment, can_review, can_write
from casebook.views.record import visible

PAGE_SIZE = 20
LAST = 1_000_000_000  # a page that is too far is the last one


@public
@require_safe
def talk(request, slug):
    record = visible(Prompt, request.user, slug)
    return _page(request, record, page=request.GET.get("page"))


@require_POST
def give_rating(request, slug):
    require(can_write(request.user))
    record = visible(Prompt, request.user, slug)
    form = RatingForm(request.POST)
    return _answered(request, record, form, rate, _("Your rating is kept. You may change it."), rating=form)


@require_POST
def comment(request, slug):
    require(can_write(request.user))
    record = visible(Prompt, request.user, slug)
    form = CommentForm(request.POST)
    return _answered(request, record, form, _add, _("Your comment is there."), page=LAST, comment=form)


@require_POST
def remove(request, pk):
    prompts = Prompt.objects.visible_to(request.user, reviews=can_review(request.user))
    found = get_object_or_404(
        Comment.objects.select_related("by").filter(prompt__in=prompts.order_by()), pk=pk
    )
    require(can_remove_comment(request.user, found))
    record = visible(Prompt, request.user, found.prompt.slug)
    page = request.POST.get("page")
    try:
        remove_comment(found, by=request.user, at=now(), reason=request.POST.get("reason", "")[:500])
    except Refusal as refusal:
        return _page(request, record, page=page, refusal=str(refusal), status=422)
    return _done(request, record, _("The comment is removed."), page)


def _add(record, *, by, at, text, idempotency_key, **_rest):
    add_comment(record, text, by=by, at=at, idempotency_key=idempotency_key)


def _answered(request, record, form, act, sentence, *, page=None, **forms):
    """Do what a valid form asks; what is refused is shown with the form as it was typed."""
    if form.is_valid():
        try:
            act(record, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("text" if "text" in form.fields else None, str(refusal))
        else:
            return _done(request, record, sentence, page)
    return _page(request, record, page=page, status=422, **forms)


def _done(request, record, sentence, page):
    if request.htmx:
        record.refresh_from_db(fields=["rating_sum", "rating_count"])
        return _page(request, record, page=page, said=sentence)
    messages.success(request, sentence)
    address = reverse("casebook:talk", args=[record.slug])
    if page:
        number = Paginator(record.comments.all(), PAGE_SIZE).get_page(page).number
        address += f"?page={number}#comments"
    return redirect(address)


def _page(request, record, *, page=None, rating=None, comment=None, said="", refusal="", status=200):
    user, writes = request.user, can_write(request.user)
    shown = Paginator(record.comments.select_related("by"), PAGE_SIZE).get_page(page)
    shown.object_list = list(shown.object_list)
    for each in shown.object_list:
        each.author = each.by.name if writes else _("a colleague")
        each.may_remove = user.is_authenticated and can_remove_comment(user, each)
    context = {
        "record": record,
        "page_obj": shown,
        "figures": rating_figures(record),
        "may_write": writes and record.is_published,
        "said": said,
        "refusal": refusal,
    }
    if context["may_write"]:
        context |= {
            "rating_form": rating or _own_rating(record, user),
            "comment_form": comment or CommentForm(),
        }
    name = "_talk" if request.htmx else "talk"
    response = render(request, f"casebook/{name}.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _own_rating(record, user):
    given = Rating.objects.filter(prompt=record, by=user).values("stars", "minutes_saved").first()
    return RatingForm(initial=given)

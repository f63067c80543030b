"""Questions about a call, as everybody reads and asks them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.calls.asking import ask_question, takes_questions
from competitions.forms.questions import KEPT_QUESTION, QuestionForm
from competitions.models import CallQuestion, Competition
from competitions.permissions import can_ask
from competitions.rate_limit import MINUTE, is_too_often
from competitions.views.calls.question_parts import own_questions, readable

PAGE_SIZE = 20
MOST_A_MINUTE = 10
LONGEST_QUERY = 100


@public  # an ended session must not lose the text, so the login is asked for here
def questions(request, slug):
    competition = get_object_or_404(Competition.objects.visible_to(request.user).defer("call"), slug=slug)
    if request.method != "POST":
        return _page(request, competition, form=_kept(request))
    if not request.user.is_authenticated:
        return KEPT_QUESTION.ask_login(request, request.get_full_path())
    require(can_ask(request.user, competition))
    form = QuestionForm(request.POST, writer=request.user)
    if is_too_often(request, name="questions", most=MOST_A_MINUTE):
        form.add_error(None, _("Too many questions came from your address. Send it again in a minute."))
        response = _page(request, competition, form=form, status=429)
        response["Retry-After"] = str(MINUTE)
        return response
    return _ask(request, competition, form)


def _ask(request, competition, form):
    if form.is_valid():
        given = form.cleaned_data
        asked = {name: given[name] for name in ("is_public", "idempotency_key")}
        try:
            ask_question(competition, given["text"], by=request.user, **asked)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
            form.begin_again()
        else:
            messages.success(
                request, _("Your question is sent to the organiser. You get a message with the answer.")
            )
            return redirect("competitions:questions", competition.slug)
    return _page(request, competition, form=form, status=422)


def _kept(request):
    """The form with what was typed before signing in, or none."""
    kept = KEPT_QUESTION.take(request) if request.user.is_authenticated else None
    return QuestionForm(kept, writer=request.user) if kept else None


def _page(request, competition, *, form=None, status=200):
    at, user = timezone.now(), request.user
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    page = Paginator(_found(competition, query), PAGE_SIZE).get_page(request.GET.get("page"))
    asks = takes_questions(competition, at=at)
    if form is None and asks and can_ask(user, competition):
        form = QuestionForm(writer=user)
    context = {
        "competition": competition,
        "page_obj": page,
        "rows": [readable(each) for each in page],
        "query": query,
        "own": own_questions(competition, user),
        "form": form,
        "asks": asks,
    }
    return render(request, "competitions/questions.html", context, status=status)


def _found(competition, query):
    rows = CallQuestion.objects.filter(competition=competition).public().order_by("-answered_at", "-id")
    return rows.filter(Q(text__icontains=query) | Q(answer__icontains=query)) if query else rows

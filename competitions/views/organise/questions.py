"""The organiser's tab of questions: what waits, one question with its answer, and what becomes of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.calls.asking import takes_questions
from competitions.actions.calls.faq import add_to_faq
from competitions.actions.calls.questions import answer_question, remove_question
from competitions.forms.competition import ReasonForm
from competitions.forms.questions import LONGEST_FAQ_QUESTION, PRIVATE, PUBLIC, AnswerForm, FaqForm
from competitions.models import CallQuestion
from competitions.views.calls.question_parts import state_of
from competitions.views.organise.parts import managed, page_of

PER_PAGE = 30
TAB = "organise_questions"
WAITING_FIRST = Case(
    When(removed_at__isnull=False, then=Value(2)),
    When(answered_at__isnull=False, then=Value(1)),
    default=Value(0),
)


def questions(request, slug):
    competition, at = managed(request, slug), now()
    rows = _questions(competition).alias(place=WAITING_FIRST).order_by("place", "-asked_at", "-id")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [{"question": each, **state_of(each)} for each in page]
    context = {"page_obj": page, "rows": shown, "asks": takes_questions(competition, at=at)}
    return render(
        request, "competitions/organise/questions.html", page_of(competition, TAB, at=at, **context)
    )


def question(request, slug, pk):
    competition = managed(request, slug)
    found = get_object_or_404(_questions(competition), pk=pk)
    if request.method != "POST":
        return _page(request, competition, found)
    form = AnswerForm(request.POST)

    def act(given):
        answered = {name: given[name] for name in ("is_public", "seen")}
        answer_question(found, given["answer"], by=request.user, at=now(), **answered)

    return _answered(request, competition, found, form, act, _("The answer is sent."), name="answer_form")


@require_POST
def remove(request, slug, pk):
    competition = managed(request, slug)
    found = get_object_or_404(_questions(competition), pk=pk)

    def act(given):
        remove_question(found, reason=given["reason"], by=request.user, at=now())

    done = _("The question is removed. Who asked it reads your reason.")
    return _answered(request, competition, found, ReasonForm(request.POST), act, done, name="remove_form")


@require_POST
def put_into_faq(request, slug, pk):
    competition = managed(request, slug)
    found = get_object_or_404(_questions(competition), pk=pk)

    def act(given):
        add_to_faq(found, given["asked"], given["told"], by=request.user, at=now())

    done = _("The question is in the call now, and a notice tells of it.")
    return _answered(request, competition, found, FaqForm(request.POST), act, done, name="faq_form")


def _questions(competition):
    rows = CallQuestion.objects.filter(competition=competition)
    return rows.select_related("asked_by", "answered_by", "competition")


def _answered(request, competition, found, form, act, done, *, name):
    """Run the act on a valid form; a refused one is shown again with what was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(f"competitions:{TAB}", competition.slug)
    found.refresh_from_db()
    if name == "answer_form":
        form.data = form.data.copy()
        form.data["seen"] = _seen(found)
    return _page(request, competition, found, status=422, **{name: form})


def _page(request, competition, found, *, status=200, **forms):
    at = now()
    context = {"question": found, **state_of(found)}
    if not found.removed_at:
        context |= {"answer_form": _answer_form(found), "remove_form": ReasonForm(auto_id="id_remove_%s")}
        if takes_questions(competition, at=at):
            context["faq_form"] = _faq_form(found)
    page = page_of(competition, TAB, at=at, **context | forms)
    return render(request, "competitions/organise/question.html", page, status=status)


def _answer_form(question):
    shown = {"answer": question.answer, "is_public": PUBLIC if question.is_public else PRIVATE}
    return AnswerForm(initial=shown | {"seen": _seen(question)})


def _faq_form(question):
    return FaqForm(initial={"asked": question.text[:LONGEST_FAQ_QUESTION], "told": question.answer})


def _seen(question):
    return question.answered_at.isoformat() if question.answered_at else ""

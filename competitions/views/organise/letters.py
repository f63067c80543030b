"""The organiser's messages tab: what goes out by itself and in which words, and telling departments of the call."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refusal
from competitions.actions.calls.departments import departments_of, notify_departments, officials_of
from competitions.actions.outbox import counts_of
from competitions.actions.wordings import own_words, save_words
from competitions.forms.letters import DepartmentsForm, WordsForm
from competitions.letters import KINDS
from competitions.states import CompetitionState
from competitions.views.organise.letter_parts import TAB, kind_rows, place_rows, previews, sample_wording
from competitions.views.organise.parts import managed, page_of

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@require_safe
def letters(request, slug):
    competition = managed(request, slug)
    context = {
        "kinds": kind_rows(competition),
        "counts": counts_of(competition),
        "can_tell_departments": competition.state == CompetitionState.ANNOUNCED,
    }
    page = page_of(competition, TAB, at=now(), **context)
    return render(request, "competitions/organise/letters.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request, slug, kind):
    """Own words of one kind: look at them first, save them, or go back to the words of the site."""
    competition = managed(request, slug)
    if kind not in KINDS:
        raise Http404
    own = own_words(kind, [competition])[competition.pk]
    form = WordsForm(request.POST or None, kind=kind, own=own)
    act = request.POST.get("act")
    if act == "reset":
        return _saved(request, competition, kind, {}, done=_("The words of the site go out again."))
    if act == "save" and form.is_valid():
        return _saved(request, competition, kind, form.words, done=_("The words are saved."))
    shown = form.words if request.method == "POST" and form.is_valid() else own
    at, found = now(), KINDS[kind]
    sample = sample_wording(competition, found, shown, at=at)
    context = {
        "form": form,
        "name": _(found.name),
        "when": _(found.when),
        "to": _(found.to),
        "places": place_rows(found),
        "previews": [] if form.errors else previews(sample, LANGUAGES, name=str(request.user)),
        "is_own": bool(own),
    }
    status = 422 if request.method == "POST" and form.errors else 200
    page = page_of(competition, TAB, at=at, **context)
    return render(request, "competitions/organise/letter_words.html", page, status=status)


def _saved(request, competition, kind, given, *, done):
    save_words(competition, kind, given, by=request.user, at=now())
    messages.success(request, done)
    return redirect("competitions:organise_letter_words", competition.slug, kind)


@require_http_methods(["GET", "HEAD", "POST"])
def departments(request, slug):
    """Choose, see how many people that is, then send."""
    competition, at = managed(request, slug), now()
    choice = departments_of(competition)
    form = DepartmentsForm(request.POST or None, departments=choice)
    count = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["departments"]
        count = officials_of(chosen).count()
        if "send" in request.POST:
            try:
                told, job = notify_departments(competition, chosen, by=request.user, at=at)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return _told(request, competition, told, job)
    wording = sample_wording(
        competition,
        KINDS["call.announced"],
        own_words("call.announced", [competition])[competition.pk],
        at=at,
    )
    context = {
        "form": form,
        "count": count,
        "has_departments": choice.exists(),
        "previews": previews(wording, LANGUAGES, name=str(request.user)),
    }
    page = page_of(competition, TAB, at=at, **context)
    return render(
        request, "competitions/organise/letter_departments.html", page, status=422 if form.errors else 200
    )


def _told(request, competition, count, job):
    done = _("%(count)s people are told of the call. Nobody is told of it twice.")
    messages.success(request, done % {"count": count})
    if job:
        return redirect("job", job.pk)
    return redirect("competitions:organise_letters", competition.slug)

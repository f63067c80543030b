"""Winners as cases in one step: who agreed to what, under which licence, and what has become of each."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.actions.jobs import ask_job
from casebook.content.choices import LICENCES
from competitions.actions.afterwards.cases import MOST_AT_ONCE, made_words, publish_all, winners_of
from competitions.states import CompetitionState
from competitions.views.organise.parts import managed, page_of

JOB_KIND = "publish_cases"


def publication(request, slug):
    """The winners; a POST makes a case of each that is none yet, as a job when they are many."""
    competition = managed(request, slug)
    if request.method != "POST":
        return _page(request, competition)
    waiting = sum(winner.publication is None for winner in winners_of(competition))
    if competition.state != CompetitionState.PUBLISHED:
        messages.error(request, _("Publish the results first. Then winning entries can become cases."))
    elif not waiting:
        messages.error(request, _("Every winning entry is a case already."))
    elif waiting > MOST_AT_ONCE:
        return redirect("job", ask_job(JOB_KIND, by=request.user, competition=competition.pk).pk)
    else:
        made, refused = publish_all(competition, by=request.user, at=now())
        if made:
            messages.success(request, made_words(made))
        if refused:
            return _page(request, competition, refused=refused)
    return redirect("competitions:organise_publication", slug)


def _page(request, competition, *, refused=()):
    winners = winners_of(competition)
    context = {
        "winners": [(winner, _(LICENCES.get(winner.licence, winner.licence))) for winner in winners],
        "waiting_count": sum(winner.publication is None for winner in winners),
        "is_published": competition.state == CompetitionState.PUBLISHED,
        "refused": refused,
    }
    page = page_of(competition, "organise_result", at=now(), **context)
    status = 422 if refused else 200
    return render(request, "competitions/organise/after/publication.html", page, status=status)

"""Taking an award back: the notice, the decision after the winner was heard, and who is given it instead."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.results.moving_up import move_up, next_entries
from competitions.actions.results.proposed_next import proposed_next
from competitions.actions.results.revocations import decide_revocation, notice_revocation, revocation_facts
from competitions.forms.revocations import DecisionForm, MoveUpForm, RevocationNoticeForm
from competitions.models import Award, Revocation
from competitions.rules.findings import Stage
from competitions.states import CompetitionState
from competitions.views.organise.gate_board import finding_rows
from competitions.views.organise.parts import managed, page_of


def revoke(request, slug, award):
    """The page of one award; a POST gives the winner notice."""
    competition, row = _award(request, slug, award)
    if request.method != "POST":
        return _page(request, competition, row)
    form = RevocationNoticeForm(request.POST, profile=competition.profile)

    def act(given):
        at = now()
        until = at + timedelta(days=given.pop("days"))
        notice_revocation(row, by=request.user, at=at, opinion_until=until, **given)

    done = _("The winner is told, and may give an opinion.")
    return _answer(request, competition, row, form, act=act, done=done, name="notice_form")


@require_POST
def decide(request, slug, award):
    competition, row = _award(request, slug, award)
    revocation = get_object_or_404(Revocation, award=row)
    return _answer(
        request,
        competition,
        row,
        DecisionForm(request.POST),
        act=lambda given: decide_revocation(revocation, by=request.user, at=now(), **given),
        done=_("It is decided, and the winner is told."),
        name="decision_form",
    )


@require_POST
def give_to_next(request, slug, award):
    competition, row = _award(request, slug, award)
    revocation = get_object_or_404(Revocation, award=row)

    def act(given):
        entry = competition.entries.get(pk=given["entry"])
        move_up(revocation, entry, reason=given["reason"], by=request.user, at=now())

    form = MoveUpForm(request.POST, entries=next_entries(competition))
    done = _("The entry is given the award, and its entrant is told.")
    return _answer(request, competition, row, form, act=act, done=done, name="move_up_form")


def _award(request, slug, pk):
    competition = managed(request, slug)
    rows = Award.objects.filter(tier__competition=competition).select_related("tier", "entry", "revocation")
    return competition, get_object_or_404(rows, pk=pk)


def _answer(request, competition, award, form, *, act, done, name):
    """Run the act on a valid form; a refused one is shown again with what was typed."""
    if form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("competitions:organise_revoke", competition.slug, award.pk)
    row = Award.objects.select_related("tier", "entry", "revocation").get(pk=award.pk)
    return _page(request, competition, row, status=422, **{name: form})


def _page(request, competition, award, *, status=200, **forms):
    at, revocation = now(), getattr(award, "revocation", None)
    context = {"award": award, "revocation": revocation} | _step(competition, revocation, at=at) | forms
    page = page_of(competition, "organise_result", at=at, **context)
    return render(request, "competitions/organise/result/revoke.html", page, status=status)


def _step(competition, revocation, *, at):
    """The forms of what may be done next, and the conditions before it."""
    if competition.state != CompetitionState.PUBLISHED:
        return {}
    if revocation is None:
        return {"notice_form": RevocationNoticeForm(profile=competition.profile)}
    if revocation.decided_at is None:
        facts = revocation_facts(revocation, at=at)
        return {"decision_form": DecisionForm(), "gates": finding_rows(facts, Stage.REVOKE)}
    tier = revocation.award.tier
    taken = tier.awards.exclude(revocation__is_upheld=True).count()
    if not revocation.is_upheld or taken >= tier.count:
        return {"successors": _successors(revocation)}
    return _next(competition, revocation)


def _next(competition, revocation):
    """The form, with the entry that the rule puts next chosen already, and the words for it."""
    proposal = proposed_next(revocation)
    entries = next_entries(competition)
    first = [entry for code in proposal.codes for entry in entries if entry.code == code]
    form = MoveUpForm(entries=[*first, *(entry for entry in entries if entry not in first)])
    if len(first) == 1:
        form.initial["entry"] = first[0].pk
    return {"move_up_form": form, "proposal": proposal, "proposed": first}


def _successors(revocation):
    """Awards of the tier that were given after this one was cancelled."""
    if not revocation.is_upheld:
        return []
    awards = revocation.award.tier.awards.filter(decided_at__gte=revocation.decided_at)
    return awards.select_related("entry")

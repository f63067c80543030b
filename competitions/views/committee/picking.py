"""Choosing several of the pool for a committee, by hand or as suggested."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from competitions.actions.committee.invitations import invite_judge
from competitions.actions.committee.jury import COMMITTEE_STATES, name_judge
from competitions.forms.pool import PickForm, SuggestForm
from competitions.rules.picks import PickFact, suggest
from competitions.views.committee.pool_list import PoolAsked, filters_of, found_candidates
from competitions.views.organise.parts import managed, page_of

PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request, slug):
    competition = managed(request, slug)
    if request.method != "POST":
        return _page(request, competition)
    form = PickForm(request.POST)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, problems[0])
        return _page(request, competition, status=422)
    _add(request, competition, form.cleaned_data["chosen"], act=form.cleaned_data["act"])
    return redirect("competitions:organise_committee", slug)


def _add(request, competition, candidates, *, act):
    """Each alone: one who cannot be added keeps nobody else away."""
    done, at = [], now()
    for each in candidates:
        try:
            _add_one(competition, each, act=act, by=request.user, at=at)
        except Refusal as refusal:
            messages.error(request, f"{each.name}: {refusal}")
        else:
            done.append(each.name)
    if done:
        words = _("Invited: %(names)s.") if act == "invite" else _("Put on the committee: %(names)s.")
        messages.success(request, words % {"names": ", ".join(done)})


def _add_one(competition, candidate, *, act, by, at):
    details = {
        "name": candidate.name,
        "side": candidate.side,
        "organisation": candidate.organisation,
        "field": candidate.field,
        "candidate": candidate,
    }
    if act == "invite":
        invite_judge(competition, by=by, at=at, email=candidate.email, **details)
    else:
        name_judge(competition, by=by, at=at, **details)


def _page(request, competition, *, status=200):
    members = list(competition.judges.on_committee().select_related("user"))
    asked = PoolAsked.of(request.GET)
    rows = _not_on(found_candidates(asked), members)
    suggest_form = SuggestForm(request.GET if "size" in request.GET else None)
    ticked = set()
    if suggest_form.is_bound and suggest_form.is_valid():
        ticked = set(_suggested(rows, members, size=suggest_form.cleaned_data["size"]))
        rows = rows.filter(pk__in=ticked)
    context = filters_of(asked) | {
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "ticked": ticked | {int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal()},
        "suggest_form": suggest_form,
        "is_suggested": bool(ticked),
        "members": len(members),
        "can_change": competition.state in COMMITTEE_STATES,
    }
    page = page_of(competition, "organise_committee", at=now(), **context)
    return render(request, "competitions/organise/pick_judges.html", page, status=status)


def _not_on(rows, members):
    """Without who is on the committee or invited, known by the row of the pool or the address."""
    emails = [judge.email or judge.user.email for judge in members if judge.email or judge.user]
    here = Q(pk__in=[judge.candidate_id for judge in members if judge.candidate_id])
    for email in emails:
        here |= Q(email__iexact=email)
    return rows.exclude(here)


def _suggested(rows, members, *, size):
    facts = [
        PickFact(key=row.pk, side=row.side, field=row.field, times=row.times, asked_at=row.asked_at)
        for row in rows
    ]
    seated = [PickFact(key=0, side=judge.side, field=judge.field) for judge in members]
    return suggest(facts, members=seated, size=size)

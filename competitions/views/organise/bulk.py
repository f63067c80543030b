"""One decision on many entries: the ticked ones, or all that the list finds."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.screening.many import ACTS, SOURCES, decide_many
from competitions.actions.screening.opening import is_sealed
from competitions.forms.screening import DecisionForm, DisqualifyForm, ReturnForm
from competitions.states import EntryState
from competitions.views.organise.entry_list import Asked, found, handed_in, numbers
from competitions.views.organise.parts import managed, page_of

SHOWN = 10  # entries named on the page that asks for words
FORMS = {"return": ReturnForm, "disqualify": DisqualifyForm}  # what needs words, and a page of its own


@require_POST
def bulk(request, slug):
    """Accept and take back at once; return and disqualify after their words were written on the next page."""
    competition, act = managed(request, slug), request.POST.get("act")
    if act not in ACTS:
        messages.error(request, _("Choose what to do with the entries."))
        return _back(request, competition)
    rows = _wanted(request, competition)
    if rows is None:
        messages.error(request, _("Tick at least one entry first."))
        return _back(request, competition)
    form = _form(request, act)
    if act in FORMS and not form.is_valid():
        return _confirm(request, competition, rows, act=act, form=form)
    said = (
        {name: value for name, value in form.cleaned_data.items() if name != "seen"} if act in FORMS else {}
    )
    try:
        outcome = decide_many(rows, act, competition=competition, by=request.user, at=now(), **said)
    except Refusal as refusal:
        if act not in FORMS:
            messages.error(request, str(refusal))
            return _back(request, competition)
        form.add_error(None, str(refusal))
        return _confirm(request, competition, rows, act=act, form=form)
    _tell(request, act, outcome)
    return _back(request, competition)


def _wanted(request, competition):
    """The chosen entries; None when nothing is ticked."""
    if request.POST.get("all"):
        return found(handed_in(competition), Asked.of(request.GET, sealed=is_sealed(competition, at=now())))
    pks = numbers(request.POST.getlist("entries"))
    return handed_in(competition).filter(pk__in=pks) if pks else None


def _form(request, act):
    if act not in FORMS:
        return DecisionForm()
    return FORMS[act](request.POST if request.POST.get("confirmed") else None)


def _confirm(request, competition, rows, *, act, form):
    movable = rows.filter(state__in=SOURCES[act])
    count, shown = movable.count(), list(movable.only("code", "title")[:SHOWN])
    context = {
        "act": act,
        "form": form,
        "count": count,
        "shown": shown,
        "more": count - len(shown),
        "left_count": rows.exclude(state__in=SOURCES[act]).count(),
        "all": request.POST.get("all"),
        "ticked": [] if request.POST.get("all") else list(rows.order_by("pk").values_list("pk", flat=True)),
        "address_query": request.GET.urlencode(),
    }
    page = page_of(competition, "organise_entries", at=now(), **context)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/bulk.html", page, status=status)


def _back(request, competition):
    address = reverse("competitions:organise_entries", args=[competition.slug])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


def _tell(request, act, outcome):
    sentences = {
        "accept": ngettext("%(count)s entry is accepted.", "%(count)s entries are accepted.", outcome.done),
        "return": ngettext(
            "%(count)s entry is returned for correction.",
            "%(count)s entries are returned for correction.",
            outcome.done,
        ),
        "disqualify": ngettext(
            "%(count)s entry is disqualified.", "%(count)s entries are disqualified.", outcome.done
        ),
        "take_back": ngettext(
            "%(count)s entry is taken back from correction.",
            "%(count)s entries are taken back from correction.",
            outcome.done,
        ),
    }
    (messages.success if outcome.done else messages.warning)(
        request, sentences[act] % {"count": outcome.done}
    )
    if outcome.left:
        kinds = ", ".join(
            f"{EntryState(state).label} {count}" for state, count in sorted(outcome.left.items())
        )
        messages.warning(
            request, _("Left alone, because their state does not allow it: %(kinds)s.") % {"kinds": kinds}
        )
    if outcome.waiting:
        sentence = ngettext(
            "%(count)s more was left for another time. Do the same again.",
            "%(count)s more were left for another time. Do the same again.",
            outcome.waiting,
        )
        messages.warning(request, sentence % {"count": outcome.waiting})

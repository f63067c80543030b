"""The form of a call: a new one, and changing a draft or, by a notice, an announced one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.models import AuditRecord
from accounts.permissions import require
from competitions.actions.calls.change_words import FIELD_WORDS, changes_in_words
from competitions.actions.calls.changes import change_competition, changed_fields
from competitions.actions.calls.competitions import create_competition
from competitions.actions.calls.notice_limits import last_moment
from competitions.actions.calls.notices import change_call
from competitions.actions.calls.records import fingerprint, record_of
from competitions.forms.competition import KEPT_CALL
from competitions.forms.competition_acts import is_act, with_act
from competitions.forms.competition_page import CompetitionPage
from competitions.forms.rules import NoticeForm
from competitions.permissions import can_create_competition
from competitions.states import CompetitionState
from competitions.views.organise.call_start import start_from
from competitions.views.organise.parts import managed
from competitions.views.organise.start import choices, new_address, started_page

SAVES = ("competition.created", "competition.changed", "competition.call_changed")


@public  # an ended session must not lose the text, so the login is asked for here
def new(request):
    if not request.user.is_authenticated:
        return KEPT_CALL.ask_login(request, request.get_full_path())
    require(can_create_competition(request.user))
    typed = typed_in(request, KEPT_CALL.take(request))
    try:
        began = start_from(request, typed=typed)
    except Refusal as refusal:
        return choices(request, problems=str(refusal).split("\n"), status=422)
    if began and typed is None:
        return started_page(request, began)
    page = page_from(request, typed, record=began and began.record)
    if is_save(request) and page.is_valid():
        try:
            competition = create_competition(
                page.record(),
                by=request.user,
                at=now(),
                idempotency_key=page.call.cleaned_data["idempotency_key"],
                copied_from=began and began.source,
            )
        except Refusal as refusal:
            page.add_error(str(refusal))
        else:
            messages.success(
                request, _("The competition is saved as a draft. Nobody sees it until you announce it.")
            )
            return redirect("competitions:organise_competition", competition.slug)
    return form_page(request, page, heading=_("New competition"), action=new_address())


def typed_in(request, kept):
    """What the person typed: just now, or before signing in again; None when they begin."""
    if request.method == "POST":
        return with_act(request.POST)
    return kept


def is_save(request):
    return request.method == "POST" and not is_act(request.POST)


def page_from(request, typed, **options):
    writer = KEPT_CALL.mark_of(request.user)
    return CompetitionPage(typed, writer=writer, is_judged=is_save(request), **options)


def form_page(request, page, **context):
    status = 422 if page.problems else 200
    return render(request, "competitions/organise/form.html", {"page": page, **context}, status=status)


def can_edit(competition, *, at):
    if competition.state == CompetitionState.DRAFT:
        return True
    return competition.state == CompetitionState.ANNOUNCED and at < last_moment(competition)


@public
def edit(request, slug):
    if not request.user.is_authenticated:
        return KEPT_CALL.ask_login(request, request.get_full_path())
    competition, at = managed(request, slug), now()
    if not can_edit(competition, at=at):
        messages.error(request, _("Entries are over, so the call can no longer be changed."))
        return redirect("competitions:organise_competition", slug)
    record, typed = record_of(competition), typed_in(request, KEPT_CALL.take(request))
    notice = NoticeForm(typed) if competition.state == CompetitionState.ANNOUNCED else None
    page = page_from(request, typed, record=record, competition=competition, notice=notice)
    context = {"heading": _("Change the competition"), "competition": competition, "action": request.path}
    if is_save(request) and page.is_valid():
        try:
            _save(competition, page, by=request.user, at=at)
        except Refusal as refusal:
            page.add_error(str(refusal))
            context["differences"] = _now_seen(competition, page)
        else:
            messages.success(request, _("The competition is saved."))
            return redirect("competitions:organise_competition", page.call.cleaned_data["slug"])
    return form_page(request, page, saved_at=_saved_at(competition), **context)


def _save(competition, page, *, by, at):
    """Change a draft, or an announced call by its notice."""
    seen = page.call.cleaned_data["seen"]
    if page.notice is None:
        change_competition(competition, page.record(), by=by, at=at, seen=seen)
        return
    told = page.notice.cleaned_data
    change_call(
        competition,
        page.record(),
        text=told["text"],
        kind=told["notice_kind"],
        exception=told["exception"],
        by=by,
        at=at,
        seen=seen,
    )


def _now_seen(competition, page):
    """What differs from what is stored, when somebody else stored it; it counts as seen from now on."""
    stored = record_of(competition)
    if page.call.cleaned_data["seen"] == fingerprint(stored):
        return []
    page.call.data = page.call.data.copy()
    page.call.data["seen"] = fingerprint(stored)
    return changes_of(stored, page.record())


def changes_of(before, after):
    """Return what differs as rows {"label", "before", "after"}; long texts are only named."""
    rows = changes_in_words(before, after, changed_fields(before, after))
    return [row | {"label": FIELD_WORDS.get(row["field"], row["field"])} for row in rows]


def _saved_at(competition):
    saves = AuditRecord.objects.filter(
        target_kind="competition", target_id=str(competition.pk), verb__in=SAVES
    )
    return saves.order_by("-at").values_list("at", flat=True).first()

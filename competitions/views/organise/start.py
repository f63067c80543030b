"""With what a new competition begins: a template, a past contest, a file, or nothing."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.bringing_in.files import text_from_bytes
from competitions.actions.calls.records import record_of
from competitions.actions.calls.templates import call_templates
from competitions.contest_files.write_yaml import written
from competitions.forms.call_start import CallFileForm
from competitions.forms.competition import KEPT_CALL
from competitions.forms.competition_page import CompetitionPage
from competitions.models import Competition
from competitions.permissions import can_create_competition
from competitions.views.organise.call_start import Start
from competitions.views.organise.parts import managed

PER_PAGE = 20


def start(request):
    """The choices; a file sent here opens the form of a new competition, filled in. Nothing is stored."""
    require(can_create_competition(request.user))
    if request.method != "POST":
        return choices(request)
    form = CallFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return choices(request, form=form, status=422)
    try:
        text = text_from_bytes(form.cleaned_data["file"].read())
        began = Start("yaml", text, by=request.user, at=now())
    except Refusal as refusal:
        return choices(request, form=form, problems=str(refusal).split("\n"), status=422)
    return started_page(request, began)


def started_page(request, began):
    """The form of a new competition, filled in with what it begins with."""
    notices = [notice.text(_) for notice in began.record.notices]
    if began.kind == "copy":
        notices.append(
            _("The dates are moved on by whole weeks. Dates written in the texts stay as they were.")
        )
    page = CompetitionPage(record=began.record, start=began.token, writer=KEPT_CALL.mark_of(request.user))
    context = {"page": page, "heading": _("New competition"), "notices": notices, "action": new_address()}
    return render(request, "competitions/organise/form.html", context)


def new_address():
    return reverse("competitions:organise_new")


def choices(request, *, form=None, problems=(), status=200):
    query = request.GET.get("q", "").strip()[:100].replace("\x00", "")
    mine = Competition.objects.managed_by(request.user)
    if query:
        mine = mine.filter(title__icontains=query)
    context = {
        "templates": call_templates(),
        "page_obj": Paginator(mine, PER_PAGE).get_page(request.GET.get("page")),
        "query": query,
        "form": form or CallFileForm(),
        "problems": problems,
    }
    return render(request, "competitions/organise/start.html", context, status=status)


def call_file(request, slug):
    """The competition as the file that can be brought in again."""
    competition = managed(request, slug)
    response = HttpResponse(written(record_of(competition)), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{slug}.yaml")
    return response

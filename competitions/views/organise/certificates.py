"""The organiser's certificates: issue, issue anew, take away."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.actions.jobs import ask_job
from accounts.errors import Refusal
from competitions.actions.afterwards.certificate_holders import holders_without
from competitions.actions.afterwards.certificates import issue_certificates, reissue_certificate
from competitions.forms.certificates import NameForm
from competitions.models import Certificate
from competitions.states import CompetitionState
from competitions.views.organise.parts import managed, page_of
from competitions.views.results.certificates import certificate_file

PER_PAGE = 50
JOB_KIND = "pack_certificates"


def certificates(request, slug):
    """The list; a POST issues the certificates that are missing, with the names as typed."""
    competition = managed(request, slug)
    if request.method != "POST":
        return _list(request, competition)
    holders = holders_without(competition)
    typed = {
        each.key: request.POST[f"name-{each.key}"] for each in holders if f"name-{each.key}" in request.POST
    }
    chosen = request.POST.get("award", "")
    award = next((each.award for each in holders if str(each.award.pk) == chosen), None)
    try:
        made = issue_certificates(competition, names=typed, award=award, by=request.user, at=now())
    except Refusal as refusal:
        return _list(request, competition, refusal=refusal, typed=typed)
    messages.success(
        request,
        ngettext("%(count)s certificate is issued.", "%(count)s certificates are issued.", len(made))
        % {"count": len(made)},
    )
    return redirect("competitions:organise_certificates", slug)


def _list(request, competition, *, refusal=None, typed=None):
    is_published = competition.state == CompetitionState.PUBLISHED
    waiting = holders_without(competition) if is_published else []
    rows = Certificate.objects.filter(award__tier__competition=competition)
    page = Paginator(rows.select_related("award__tier", "award__entry", "person"), PER_PAGE)
    context = {
        "is_published": is_published,
        "refusal": refusal,
        "refused_key": getattr(refusal, "key", ""),
        "awards": _by_award(waiting, typed or {}),
        "page_obj": page.get_page(request.GET.get("page")),
        "valid_count": rows.filter(withdrawn_at=None).count(),
    }
    page = page_of(competition, "organise_result", at=now(), **context)
    return render(
        request, "competitions/organise/after/certificates.html", page, status=422 if refusal else 200
    )


def _by_award(holders, typed):
    """[(award, [(holder, name as shown in its field)])]."""
    found = {}
    for holder in holders:
        found.setdefault(holder.award, []).append((holder, typed.get(holder.key, holder.name)))
    return list(found.items())


def certificate(request, slug, pk):
    """Issue one anew with another name."""
    competition, row = _one(request, slug, pk)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        try:
            reissue_certificate(row, name=form.cleaned_data["name"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The certificate is issued anew; the one before counts no more."))
            return redirect("competitions:organise_certificates", slug)
    page = page_of(competition, "organise_result", at=now(), certificate=row, form=form)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/after/certificate.html", page, status=status)


def paper(request, slug, pk):
    return certificate_file(_one(request, slug, pk)[1])


@require_POST
def pack(request, slug):
    """Ask for all valid ones as a ZIP."""
    competition = managed(request, slug)
    if not Certificate.objects.filter(award__tier__competition=competition, withdrawn_at=None).exists():
        messages.error(request, _("There is no certificate yet. Issue them first."))
        return redirect("competitions:organise_certificates", slug)
    job = ask_job(JOB_KIND, by=request.user, competition=competition.pk)
    return redirect("job", job.pk)


def _one(request, slug, pk):
    competition = managed(request, slug)
    rows = Certificate.objects.filter(award__tier__competition=competition)
    rows = rows.select_related("award__tier__competition", "award__entry", "person__department")
    return competition, get_object_or_404(rows, pk=pk)

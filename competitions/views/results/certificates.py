"""Certificates for everybody: the public check, and a winner's own."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from accounts.context_processors import own_government
from accounts.decorators import public
from competitions.certificates import find_certificate
from competitions.forms.certificates import CertificateCheckForm
from competitions.models import Certificate, Entry
from competitions.names import masked
from competitions.rate_limit import MINUTE, is_too_often
from competitions.views.entering.receipt_check import not_indexed
from competitions.views.results.certificate_parts import certificate_pdf

MOST_A_MINUTE = 30
PAGE = "competitions/results/certificate_check.html"


@public
@not_indexed
def check_form(request):
    """Check by the number that stands on the certificate."""
    if "number" not in request.GET:
        return render(request, PAGE, {"form": CertificateCheckForm()})
    form = CertificateCheckForm(request.GET)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    return _answer(request, number=form.cleaned_data["number"])


@public
@not_indexed
def check_certificate(request, code):
    """Check by the address in the QR code."""
    return _answer(request, code=code)


def _answer(request, **asked):
    number = asked.get("number", "")
    form = CertificateCheckForm(initial={"number": number})
    if is_too_often(request, name="certificates", most=MOST_A_MINUTE):
        response = render(request, PAGE, {"form": form, "is_too_often": True}, status=429)
        response["Retry-After"] = str(MINUTE)
        return response
    certificate = find_certificate(**asked)
    if certificate is None:
        return render(request, PAGE, {"form": form, "is_unknown": True}, status=404)
    context = {"form": CertificateCheckForm(), "certificate": certificate, "name": masked(certificate.name)}
    return render(request, PAGE, context)


def own_certificate(request, pk):
    """The certificate of the person who asks, of an entry of theirs; 404 without one that is valid."""
    entry = get_object_or_404(Entry.objects.visible_to(request.user).only("pk", "entrant"), pk=pk)
    certificate = own_of(entry, request.user)
    if certificate is None:
        raise Http404
    return certificate_file(certificate)


def own_of(entry, user):
    """A person's own; who leads an entry also has the one of a team without names."""
    rows = Certificate.objects.filter(award__entry=entry, withdrawn_at=None)
    rows = rows.select_related("award__tier__competition", "award__entry", "person__department")
    own = rows.filter(person=user).first()
    if own is None and entry.entrant_id == user.pk:
        own = rows.filter(person=None).first()
    return own


def certificate_file(certificate):
    made = certificate_pdf(certificate, government=own_government())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{certificate.number}.pdf")
    return response

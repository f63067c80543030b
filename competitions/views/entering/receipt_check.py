"""The public check of a receipt: whether it is genuine, and nothing of what or who is behind it."""

from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.decorators import public
from competitions.forms.receipt_check import ReceiptCheckForm
from competitions.models import Snapshot
from competitions.rate_limit import MINUTE, is_too_often
from competitions.receipts import find_snapshot, stamp, standing

MOST_A_MINUTE = 30
PAGE = "competitions/receipt_check.html"


def not_indexed(view):
    """Ask search engines to leave the page out."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered


@public
@not_indexed
def check_form(request):
    if "number" not in request.GET:
        return render(request, PAGE, {"form": ReceiptCheckForm()})
    form = ReceiptCheckForm(request.GET)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    address = reverse("competitions:check_receipt", args=[form.cleaned_data["number"]])
    sha256 = form.cleaned_data["sha256"]
    return redirect(f"{address}?sha256={sha256}" if sha256 else address)


@public
@not_indexed
def check_receipt(request, number):
    if is_too_often(request, name="receipts", most=MOST_A_MINUTE):
        form = ReceiptCheckForm(initial={"number": number})
        response = render(request, PAGE, {"form": form, "is_too_often": True}, status=429)
        response["Retry-After"] = str(MINUTE)
        return response
    snapshot = find_snapshot(number)
    if snapshot is None:
        form = ReceiptCheckForm(initial={"number": number})
        return render(request, PAGE, {"form": form, "unknown": number}, status=404)
    return render(request, PAGE, _found(request, snapshot))


def _found(request, snapshot):
    """What the page may say: never the title, the text, the entrant or the team."""
    typed = request.GET.get("sha256", "").lower()
    return {
        "form": ReceiptCheckForm(initial={"number": snapshot.receipt_number, "sha256": typed}),
        "receipt": {
            "number": snapshot.receipt_number,
            "competition": snapshot.entry.competition,
            "at": snapshot.submitted_at,
            "stamp": stamp(snapshot.submitted_at),
            "sha256": snapshot.content_sha256,
            "place": snapshot.number,
            "of": Snapshot.objects.filter(entry=snapshot.entry_id).count(),
            "standing": standing(snapshot),
            "is_erased": bool(snapshot.erased_at),
        },
        "typed": typed,
        "is_same": typed == snapshot.content_sha256,
    }

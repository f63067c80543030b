"""For a judge in the room: the way to the sheet of the entry that presents now."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import require
from competitions.models import Assignment, Competition, PresentationSlot, Round


@never_cache
@require_safe
def now_presenting(request, slug, code):
    return render(request, "competitions/rounds/now.html", _context(request, slug, code))


@never_cache
@require_safe
def part(request, slug, code):
    """What presents now, for htmx; nothing when it is as the page has it."""
    context = _context(request, slug, code)
    if request.GET.get("seen") == context["stamp"]:
        return HttpResponse(status=204)
    return render(request, "competitions/rounds/_now.html", context)


def _context(request, slug, code):
    competition = get_object_or_404(Competition.objects.public(), slug=slug)
    require(competition.judges.active().filter(user=request.user).exists())
    round_ = get_object_or_404(competition.rounds, code=code, kind=Round.Kind.PRESENTATION)
    slot = round_.slots.filter(state=PresentationSlot.State.PRESENTING).first()
    sheet = _sheet(request.user, round_, slot) if slot else None
    mark = (slot.pk, sheet.pk, sheet.state) if sheet else (slot.pk,) if slot else ()
    return {
        "competition": competition,
        "round": round_,
        "slot": slot,
        "sheet": sheet,
        "stamp": "-".join(map(str, mark)) or "none",
    }


def _sheet(user, round_, slot):
    """The judge's own sheet of the entry; None for an entry the judge must not see or does not judge."""
    sheets = Assignment.objects.visible_to(user).filter(round=round_, entry=slot.entry_id)
    return sheets.select_related("entry").defer("entry__draft").first()

"""An organiser writes to people of a competition: compose, look, send."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from competitions.actions.free_letters import GROUPS, free_wording, people_in, send_free
from competitions.forms.letters import FreeLetterForm
from competitions.letters import FREE
from competitions.views.organise.letter_parts import TAB, place_rows, previews
from competitions.views.organise.parts import managed, page_of


@require_http_methods(["GET", "HEAD", "POST"])
def write(request, slug):
    competition, at = managed(request, slug), now()
    form = FreeLetterForm(request.POST or None)
    letter = form.letter if request.method == "POST" and form.is_valid() else None
    if letter and request.POST.get("act") == "send":
        try:
            count = send_free(competition, letter, key=form.cleaned_data["key"], by=request.user, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sent(request, competition, count)
    return _page(request, competition, form, letter, at=at)


def _sent(request, competition, count):
    if count:
        done = _("The message is on its way to %(count)s people.") % {"count": count}
        messages.success(request, done)
    else:
        messages.info(request, _("This message was sent already; nobody gets it twice."))
    return redirect("competitions:organise_outbox", competition.slug)


def _page(request, competition, form, letter, *, at):
    context = {"form": form, "places": place_rows(FREE)}
    if letter and request.POST.get("act") in {"look", "send"}:
        wording = free_wording(competition, letter.words)
        context |= {
            "letter": letter,
            "group": GROUPS[letter.group][0],
            "count": people_in(competition, letter.group).count(),
            "previews": previews(wording, letter.words, name=str(request.user)),
        }
    page = page_of(competition, TAB, at=at, **context)
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "competitions/organise/letter_write.html", page, status=status)

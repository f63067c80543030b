"""What was told about a competition, by state of the e-mail; names and addresses are masked."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Message
from competitions.actions.outbox import counts_of, outbox_of, send_failed_again
from competitions.forms.letters import OutboxForm
from competitions.letters import FREE, KINDS
from competitions.views.organise.letter_parts import TAB, kind_name, masked_email, masked_name
from competitions.views.organise.parts import attempt, managed, page_of

PER_PAGE = 50
Mail = Message.Mail


@require_safe
def outbox(request, slug):
    competition = managed(request, slug)
    form = OutboxForm(request.GET)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    rows = outbox_of(competition).filter(**chosen).select_related("person").defer("body")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = counts_of(competition)
    context = {
        "page_obj": page,
        "rows": [_row(message) for message in page],
        "counts": counts,
        "failed": sum(count for state, _label, count in counts if state == Mail.FAILED),
        "chosen": chosen,
        "kinds": [
            {"value": code, "label": kind_name(code), "current": code == chosen.get("kind", "")}
            for code in (*KINDS, FREE.code)
        ],
    }
    return render(
        request, "competitions/organise/letter_outbox.html", page_of(competition, TAB, at=now(), **context)
    )


def _row(message):
    """A subject may name a sealed entry, so only the organiser's own are shown."""
    return {
        "message": message,
        "kind": kind_name(message.kind),
        "subject": message.subject if message.kind == FREE.code else "",
        "who": masked_name(message.person.name) if message.person else "",
        "email": masked_email(message.email),
        "can_send_again": message.mail in {Mail.FAILED, Mail.UNSURE},
    }


@require_POST
def send_again(request, slug):
    """One message, or every one that was given up."""
    competition = managed(request, slug)
    given = request.POST.get("message", "")
    message = int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None
    if given and message is None:
        return redirect("competitions:organise_outbox", slug)
    attempt(
        request,
        lambda: send_failed_again(competition, by=request.user, message=message),
        done=_("It is tried again now."),
    )
    return redirect("competitions:organise_outbox", slug)

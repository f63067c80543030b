"""What the page of an entry shows beside its content: what to look at, earlier versions, notes, what was decided."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditRecord
from accounts.verbs import verb_words
from competitions.actions.entries.eligibility import findings_of_entry
from competitions.forms.screening import PURPOSES, DisqualifyForm, ReinstateForm, ReturnForm
from competitions.states import ENTRY_MOVES, EntryState
from competitions.views.organise.entry_list import Asked, handed_in, neighbours
from competitions.views.organise.similar_parts import managed_ids, where

MOST_SIMILAR = 5
DECISIONS = (
    "entry.submitted",
    "entry.withdrawn",
    "entry.accepted",
    "entry.disqualified",
    "entry.returned",
    "entry.taken_back",
    "entry.opened_early",
    "entry.contact_seen",
)
DETAILS = {
    "reason": gettext_lazy("Reason"),
    "article": gettext_lazy("Article"),
    "note": gettext_lazy("What is to be corrected"),
    "receipt": gettext_lazy("Receipt"),
    "words": gettext_lazy("Reason"),
}


def similar_of(entry, user, *, at):
    """The findings most alike that are not settled, with where they are; two queries at most."""
    joined = ("other__competition", "prompt", "case")
    rows = entry.similarities.filter(settled_at=None).select_related(*joined).defer("other__draft")
    rows = list(rows.order_by("-share", "id")[:MOST_SIMILAR])
    own = managed_ids(user, rows)
    for row in rows:
        row.where = where(row, manages=bool(row.other and row.other.competition_id in own), at=at)
    return rows


def eligibility_of(competition, entry):
    """What of the call's limits leader, members and the size of the team do not meet: [(sentence, is it certain)].

    A member is named by a number alone: who entered is asked for apart.
    """
    return [
        (_of_member(number, finding.text(_)), finding.is_certain)
        for number, finding in findings_of_entry(competition, entry)
    ]


def _of_member(number, sentence):
    if not number:
        return sentence
    return _("Member %(number)s of the team: %(sentence)s") % {"number": number, "sentence": sentence}


def history_of(entry):
    """What was done with the entry, newest first: [{"at", "what", "by", "details"}]. One query."""
    records = AuditRecord.objects.filter(target_kind="entry", target_id=str(entry.pk), verb__in=DECISIONS)
    return [
        {
            "at": record.at,
            "what": verb_words(record.verb),
            # Who handed it in is not named: that is the contact, which is asked for.
            "by": "" if record.verb in {"entry.submitted", "entry.withdrawn"} else record.by,
            "details": _details(record.detail),
        }
        for record in records.select_related("by")[:100]
    ]


def _details(detail):
    """[(label, text)] of what a record says in words."""
    purpose = [(_("What for"), PURPOSES[detail["purpose"]])] if detail.get("purpose") in PURPOSES else []
    return purpose + [(DETAILS[name], value) for name, value in detail.items() if name in DETAILS and value]


def decision_forms(entry, *, can_screen, refused=None):
    """{name: form} of what may be decided now. refused: a form that was sent and not taken, as (name, form)."""
    seen = {"seen": entry.state}
    may = {name for name, (sources, _target) in ENTRY_MOVES.items() if can_screen and entry.state in sources}
    forms = {"may": may}
    if "return" in may:
        forms["return_form"] = ReturnForm(initial=seen, auto_id="return_%s")
    if "disqualify" in may:
        forms["disqualify_form"] = DisqualifyForm(initial=seen, auto_id="disqualify_%s")
    if "accept" in may and entry.state == EntryState.DISQUALIFIED:
        forms["reinstate_form"] = ReinstateForm(initial=seen, auto_id="reinstate_%s")
    if refused:
        forms[refused[0]] = refused[1]
    return forms


def walk_of(request, competition, entry, *, sealed):
    """Addresses of the list and of the entries before and after this one in it."""
    asked = Asked.of(request.GET, sealed=sealed)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    rows = handed_in(competition)
    previous, after = neighbours(rows, entry, asked)
    return {
        "list": reverse("competitions:organise_entries", args=[competition.slug]) + query,
        "previous": _address(competition, previous, query),
        "next": _address(competition, after, query),
        "query": query,
    }


def _address(competition, pk, query):
    return pk and reverse("competitions:organise_entry", args=[competition.slug, pk]) + query

"""Comments of judges for entrants: read by the organiser, some withheld with a reason, then released all at once.

A comment that is withheld is marked by a note for organisers, one that is released becomes a note for the entrant;
their keys follow from the sheet, so that each comment has at most one of each.
"""

from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions.messages import tell_many
from accounts.errors import IllegalMove
from accounts.privacy import BLOCKING
from competitions.actions.afterwards.feedback_findings import found_in, judges_of
from competitions.actions.calls.changes import locked
from competitions.actions.letters import entry_facts, letter_to, people_of
from competitions.actions.wordings import Wording, own_words
from competitions.errors import CompetitionError
from competitions.models import Entry, EntryNote, TeamMember
from competitions.results_files import counting_sheets
from competitions.states import CompetitionState

SPACE = UUID("5a0f2c54-6f0c-4f57-9b58-0d9f2f9c7a31")
KIND = "entry.feedback"
MOST_NAMED = 10


class LooksPersonal(CompetitionError):
    """Comments hold what may tell of people; whoever releases has to say that they looked."""


def comments_of(competition):
    """Sheets that count and have words for the entrant, by entry; judges in an order that does not tell who is who."""
    sheets = counting_sheets(competition).exclude(comment_entrant="")
    return (
        sheets.select_related("entry", "judge", "round").defer("entry__draft").order_by("entry__code", "pk")
    )


def withheld_of(competition):
    """{key of a withheld comment: the reason}. One query."""
    rows = EntryNote.objects.filter(entry__competition=competition, audience=EntryNote.Audience.ORGANISERS)
    return dict(rows.values_list("idempotency_key", "text"))


def withheld_key(sheet):
    return uuid5(SPACE, f"withheld:{sheet.pk}")


def feedback_key(sheet):
    return uuid5(SPACE, f"released:{sheet.pk}")


@transaction.atomic
def withhold(sheet, *, reason, by, at):
    """Keep one comment from its entrant. The reason stays with the organisers."""
    competition = locked(sheet.entry.competition)
    _refuse_released(competition)
    reason = reason.strip()
    if not reason or len(reason) > 500:
        raise CompetitionError(_("Write why this comment is withheld, in at most 500 characters."))
    values = {"entry": sheet.entry, "audience": "organisers", "text": reason, "by": by, "at": at}
    _note, made = EntryNote.objects.get_or_create(idempotency_key=withheld_key(sheet), defaults=values)
    if not made:
        raise IllegalMove(_("This comment is withheld already. Open the page again."))
    audit.record("feedback.withheld", by=by, target=sheet.entry, judge=sheet.judge.code, reason=reason)


@transaction.atomic
def let_through(sheet, *, by):
    """Take back the withholding of a comment."""
    _refuse_released(locked(sheet.entry.competition))
    deleted, _each = EntryNote.objects.filter(idempotency_key=withheld_key(sheet)).delete()
    if not deleted:
        raise IllegalMove(_("This comment is not withheld. Open the page again."))
    audit.record("feedback.let_through", by=by, target=sheet.entry, judge=sheet.judge.code)


@transaction.atomic
def release_feedback(competition, *, by, at, has_looked=False):
    """Show every comment that is not withheld to its entry's people, and tell them. Returns how many comments.

    Raises LooksPersonal where comments may name people and `has_looked` does not say that somebody read them.
    """
    competition = locked(competition)
    if competition.state != CompetitionState.PUBLISHED:
        raise IllegalMove(_("Publish the results first. Then the comments can be released."))
    _refuse_released(competition)
    withheld = withheld_of(competition)
    sheets = [sheet for sheet in comments_of(competition) if withheld_key(sheet) not in withheld]
    if not sheets:
        raise CompetitionError(_("There is no comment to release."))
    _refuse_personal(competition, sheets, has_looked=has_looked)
    EntryNote.objects.bulk_create(_note(sheet, by=by, at=at) for sheet in sheets)
    competition.feedback_released_at = at
    competition.save(update_fields=["feedback_released_at"])
    entries = {sheet.entry_id for sheet in sheets}
    audit.record("feedback.released", by=by, target=competition, comments=len(sheets), entries=len(entries))
    tell_many(_letters(competition, entries, by=by, at=at))
    return len(sheets)


def _refuse_released(competition):
    if competition.feedback_released_at:
        raise IllegalMove(_("The comments are released already and can no longer be withheld."))


def _refuse_personal(competition, sheets, *, has_looked):
    judges = judges_of(competition)
    found = [(sheet.entry.code, found_in(sheet.comment_entrant, judges=judges)) for sheet in sheets]
    blocking = sorted({code for code, kinds in found if BLOCKING & kinds})
    if blocking:
        raise CompetitionError(
            _("Comments hold identity numbers: %(codes)s. Withhold them, or let the judge reopen the sheet.")
            % {"codes": _listed(blocking)}
        )
    warned = sorted({code for code, kinds in found if kinds})
    if warned and not has_looked:
        raise LooksPersonal(
            _(
                "Comments may tell of people: %(codes)s. Read them, withhold what must not go out, then tick the box."
            )
            % {"codes": _listed(warned)}
        )


def _listed(codes):
    return ", ".join(codes[:MOST_NAMED]) + (" …" if len(codes) > MOST_NAMED else "")


def _note(sheet, *, by, at):
    return EntryNote(
        entry=sheet.entry,
        audience=EntryNote.Audience.ENTRANT,
        text=sheet.comment_entrant,
        by=by,
        at=at,
        idempotency_key=feedback_key(sheet),
    )


def _letters(competition, keys, *, by, at):
    members = TeamMember.objects.filter(state=TeamMember.State.ACCEPTED, user__isnull=False)
    joined = Prefetch("members", members.select_related("user"), to_attr="joined")
    own = own_words(KIND, [competition])[competition.pk]
    rows = Entry.objects.filter(pk__in=keys).select_related("entrant").defer("draft").prefetch_related(joined)
    for entry in rows.order_by("pk"):
        wording = Wording(competition, KIND, own=own, **entry_facts(entry))
        for person in people_of(entry):
            yield letter_to(
                person, wording, key=f"feedback:{entry.pk}", link=entry.get_absolute_url(), at=at, by=by
            )

"""Giving an award that was cancelled to an entry that has none. Whether that happens, the organiser decides."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.letters import tell_entrant
from competitions.errors import CompetitionError
from competitions.models import Award, Competition, Entry
from competitions.states import ENTRY_MOVES, EntryState

LONGEST_REASON = Award._meta.get_field("reason").max_length


@transaction.atomic
def move_up(revocation, entry, *, reason, by, at):
    """Give the tier of a cancelled award to a ranked entry without one. Returns the Award.

    The published result is not touched: the page of results shows the award beside it, with its date and reason.
    """
    tier = revocation.award.tier
    Competition.objects.select_for_update(no_key=True).get(pk=tier.competition_id)
    revocation.refresh_from_db(fields=["is_upheld"])
    entry = Entry.objects.select_related("competition", "entrant").get(pk=entry.pk)
    reason = _checked(reason)
    _require_free(tier, revocation)
    _require_next(entry, tier)
    award = Award.objects.create(tier=tier, entry=entry, decided_by=by, decided_at=at, reason=reason)
    Entry.objects.filter(pk=entry.pk, state__in=ENTRY_MOVES["award"][0]).update(state=EntryState.AWARDED)
    audit.record("award.moved_up", by=by, target=award, about=entry.entrant, tier=tier.code, entry=entry.code)
    tell_entrant(entry, "award.moved_up", at=at, by=by, key=f"award:{award.pk}:moved_up", text=tier.name)
    return award


def next_entries(competition, *, most=10):
    """The best ranked entries that have no award and never had one, best first; without a result none."""
    ranked = [each["code"] for each in competition.result.outcome["entries"] if each["place"] is not None]
    free = competition.entries.judged().filter(award=None, code__in=ranked).defer("draft")
    by_code = {entry.code: entry for entry in free}
    return [by_code[code] for code in ranked if code in by_code][:most]


def _require_free(tier, revocation):
    if not revocation.is_upheld:
        raise IllegalMove(_("The award was not cancelled, so there is nothing to give to the next entry."))
    if tier.awards.exclude(revocation__is_upheld=True).count() >= tier.count:
        raise IllegalMove(_("This award has been given to another entry already. Open the page again."))


def _require_next(entry, tier):
    is_of_contest = entry.competition_id == tier.competition_id
    outcome = entry.competition.result.outcome["entries"] if is_of_contest else []
    places = {each["code"]: each["place"] for each in outcome}
    if places.get(entry.code) is None:
        raise CompetitionError(_("Only an entry with a place in the result can be given the award."))
    if Award.objects.filter(entry=entry).exists():
        raise CompetitionError(_("This entry has, or had, an award. Choose another one."))
    if entry.state not in ENTRY_MOVES["award"][0]:
        raise CompetitionError(_("This entry is no longer under judgement. Choose another one."))


def _checked(reason):
    reason = reason.strip()
    if not reason:
        raise CompetitionError(_("Write why this entry is given the award; everybody can read it."))
    if len(reason) > LONGEST_REASON:
        raise CompetitionError(
            _("Write the reason in at most %(count)s characters.") % {"count": LONGEST_REASON}
        )
    return reason

"""A message an organiser writes to those who entered, to judges or to followers."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import Message, User
from competitions.actions.letters import entrants_of, tell_people
from competitions.actions.wordings import Wording
from competitions.errors import CompetitionError
from competitions.letters import FREE
from competitions.models import CallFollow
from competitions.states import JUDGED_STATES, EntryState

DRAFTS = {EntryState.DRAFT}
HANDED_IN = set(EntryState) - {EntryState.DRAFT, EntryState.WITHDRAWN}
GROUPS = {  # name -> words, states of entries
    "entrants": (gettext_lazy("Everybody with an entry or a draft"), None),
    "drafts": (gettext_lazy("Those who have not handed in yet"), DRAFTS),
    "handed_in": (gettext_lazy("Those who have handed in"), HANDED_IN),
    "returned": (gettext_lazy("Those who have to correct their entry"), {EntryState.RETURNED}),
    "accepted": (gettext_lazy("Those whose entry is judged"), set(JUDGED_STATES)),
    "disqualified": (gettext_lazy("Those whose entry was not admitted"), {EntryState.DISQUALIFIED}),
    "awarded": (gettext_lazy("Winners"), {EntryState.AWARDED}),
    "judges": (gettext_lazy("Judges"), None),
    "followers": (gettext_lazy("Followers of the call"), None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeLetter:
    """words: {language: (subject, body)}; a person of another language gets the Korean ones."""

    group: str
    words: dict
    is_duty: bool


def people_in(competition, group):
    if group == "judges":
        return User.objects.filter(pk__in=competition.judges.active().values("user"), is_active=True)
    if group == "followers":
        follows = CallFollow.objects.filter(competition=competition)
        return User.objects.filter(pk__in=follows.values("user"), is_active=True)
    return entrants_of(competition, GROUPS[group][1])


def free_wording(competition, words):
    own = {"en": words["ko"]} | words
    return Wording(competition, FREE.code, own=own)


@transaction.atomic
def send_free(competition, letter, *, key, by, at):
    """Write it to everybody in the group, once for each key; a second send of it tells nobody. Returns how many."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a double click waits here
    name = f"{FREE.code}:{competition.pk}:{key}"
    if Message.objects.filter(key__startswith=f"{name}:").exists():
        return 0
    people = people_in(competition, letter.group)
    duties = set(people.values_list("pk", flat=True)) if letter.is_duty else ()
    count = tell_people(
        people,
        free_wording(competition, letter.words),
        at=at,
        by=by,
        key=name,
        link=competition.get_absolute_url(),
        duties=duties,
    )
    if not count:
        raise CompetitionError(_("Nobody is in this group, so nothing was sent. Choose another group."))
    audit.record(
        "letter.sent", by=by, target=competition, group=letter.group, count=count, is_duty=letter.is_duty
    )
    return count

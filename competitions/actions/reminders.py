"""Reminders by the calendar: each once for each date, however often and by however many clocks it is asked.

A reminder is known by its date, so a deadline that moves is told of again. Whoever was told is passed over by the
key of the message; a batch costs the same few queries however many entries it has.
"""

from datetime import timedelta

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DurationField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Extract
from django.urls import reverse
from django.utils.functional import lazy

from accounts import time_words
from accounts.actions.messages import tell_many
from accounts.models import Message
from competitions.actions.letters import AT_ONCE, entry_facts, letter_to, organisers_by, people_of
from competitions.actions.wordings import Wording, own_words
from competitions.models import Entry, TeamMember
from competitions.states import CompetitionState, EntryState

STEPS = (timedelta(hours=3), timedelta(days=1), timedelta(days=7))  # before the deadline, the latest first
BEFORE_CORRECTION = timedelta(days=1)
ON_TIME = timedelta(hours=1)  # a reminder this late still says "7 days left"
TELL_ORGANISERS_FOR = timedelta(days=3)  # a clock that stood still longer tells no more of what passed
SCREENED = [CompetitionState.ANNOUNCED, CompetitionState.JUDGING]
_left = lazy(time_words.time_left, str)  # said once the language is known


def remind_of_deadlines(*, at):
    """Remind of what is written and not handed in: 7 days, 1 day and 3 hours before its own deadline.

    A step that had passed when the draft was begun is left out, and of steps missed the latest one is told.
    """
    _remind(_unfinished(at), "call.deadline", at=at, facts=_deadline_facts)


def remind_of_corrections(*, at):
    """Remind of a correction one day before it is due; not where it was asked for later than that."""
    _remind(_uncorrected(at), "entry.correction_due", at=at, facts=_correction_facts)


def _unfinished(at):
    steps = [When(deadline__lte=at + step, then=Value(step)) for step in STEPS]
    changed = Q(state=EntryState.SUBMITTED, saved_at__gt=F("submitted_at"))
    rows = (
        Entry.objects.filter(Q(state=EntryState.DRAFT) | changed, Q(track=None) | Q(track__is_closed=False))
        .filter(competition__state=CompetitionState.ANNOUNCED, competition__opens_at__lte=at)
        .annotate(deadline=Coalesce("track__closes_at", "competition__closes_at"))
        .filter(deadline__gt=at, deadline__lte=at + STEPS[-1])
        .annotate(step=Case(*steps, output_field=DurationField()))
        .filter(created_at__lte=F("deadline") - F("step"))
    )
    return _untold(rows, "call.deadline:", F("pk"), _second("deadline"), _second("step"))


def _uncorrected(at):
    rows = Entry.objects.filter(
        Q(decided_at=None) | Q(decided_at__lte=F("correction_due") - BEFORE_CORRECTION),
        state=EntryState.RETURNED,
        competition__state__in=SCREENED,
        correction_due__gt=at,
        correction_due__lte=at + BEFORE_CORRECTION,
    )
    return _untold(rows, "entry.correction_due:", F("pk"), _second("correction_due"))


def _second(name):
    return Cast(Extract(name, "epoch"), BigIntegerField())


def _untold(rows, *parts):
    """Add `told_key` of the parts, and leave out entries whose leader was told under it."""
    first, *more = parts
    texts = [Value(first), *(each for part in more for each in (Cast(part, CharField()), Value(":")))]
    key = Concat(*texts, output_field=CharField())
    told = Message.objects.filter(key=OuterRef("leader_key"))
    leader_key = Concat("told_key", Cast("entrant", CharField()), output_field=CharField())
    return (
        rows.filter(entrant__is_active=True)
        .annotate(told_key=key, leader_key=leader_key)
        .exclude(Exists(told))
        .select_related("competition", "entrant")
        .defer("draft", "competition__call", "competition__plan")
        .prefetch_related(_joined())
        .order_by("pk")
    )


def _joined():
    members = TeamMember.objects.filter(state=TeamMember.State.ACCEPTED, user__isnull=False)
    return Prefetch("members", members.select_related("user"), to_attr="joined")


def _remind(entries, kind, *, at, facts):
    last = 0
    while some := list(entries.filter(pk__gt=last)[:AT_ONCE]):
        tell_many(_letters(some, kind, at=at, facts=facts))
        if len(some) < AT_ONCE:
            return
        last = some[-1].pk


def _letters(entries, kind, *, at, facts):
    own = own_words(kind, {entry.competition_id for entry in entries})
    for entry in entries:
        told = entry_facts(entry) | facts(entry, at)
        wording = Wording(entry.competition, kind, own=own[entry.competition_id], **told)
        key, link = entry.told_key.removesuffix(":"), entry.get_absolute_url()
        for person in people_of(entry):
            yield letter_to(person, wording, key=key, link=link, at=at)


def _deadline_facts(entry, at):
    meant = entry.deadline - entry.step
    return {
        "deadline": entry.deadline,
        "left": _left(entry.deadline, now=meant if at < meant + ON_TIME else at),
    }


def _correction_facts(entry, at):
    return {
        "due": entry.correction_due,
        "note": entry.correction_note,
        "left": _left(entry.correction_due, now=at),
    }


def tell_of_passed_corrections(*, at):
    """Tell organisers of returned entries whose time for correction has passed; six queries at most."""
    passed = Entry.objects.filter(
        state=EntryState.RETURNED,
        competition__state__in=SCREENED,
        correction_due__lte=at,
        correction_due__gt=at - TELL_ORGANISERS_FOR,
    )
    rows = passed.select_related("competition__created_by").defer("draft", "competition__call")
    letters = list(_passed_letters(list(rows.order_by("-correction_due", "-pk")[:AT_ONCE]), at=at))
    told = Message.objects.filter(key__in=[letter.key for letter in letters]).values_list("key", flat=True)
    known = set(told) if letters else set()
    tell_many(letter for letter in letters if letter.key not in known)


def _passed_letters(entries, *, at):
    kind = "correction.passed"
    organisers = organisers_by({entry.competition for entry in entries}) if entries else {}
    own = own_words(kind, list(organisers)) if entries else {}
    for entry in entries:
        facts = entry_facts(entry) | {"due": entry.correction_due}
        wording = Wording(entry.competition, kind, own=own[entry.competition_id], **facts)
        key = f"{kind}:{entry.pk}:{int(entry.correction_due.timestamp())}"
        link = reverse("competitions:organise_entry", args=[entry.competition.slug, entry.pk])
        for person in organisers[entry.competition_id]:
            yield letter_to(person, wording, key=key, link=link, at=at)

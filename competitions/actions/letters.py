"""Telling the people of a competition: written in the transaction of what it tells of, sent after it."""

from itertools import islice

from django.db.models import Q
from django.urls import reverse

from accounts.actions.messages import message_to, tell_many
from accounts.models import RoleGrant, Topic, User
from accounts.permissions import scope_of
from accounts.roles import Role
from competitions.actions.wordings import Wording
from competitions.models import CallFollow, Entry, TeamMember
from competitions.states import EntryState

AT_ONCE = 500  # rows of one insert
NEEDS = ("email", "name", "language", "muted", "is_active")  # of a person, to be told


def tell_entrant(entry, kind, *, at, by=None, key, link="", **facts):
    """Tell everybody who has part in the entry: who leads it and who accepted to be in the team.

    key: names what happened, so that it is told once. Two queries for an entry without a team whose `competition`
    and, unless it is `by`, `entrant` are loaded.
    """
    people = people_of(entry, by=by)
    if not people:
        return
    wording = Wording(entry.competition, kind, **entry_facts(entry) | facts)
    link = link or entry.get_absolute_url()
    tell_many([letter_to(person, wording, at=at, by=by, key=key, link=link) for person in people])


def tell_followers(competition, kind, *, at, by=None, key, link="", **facts):
    """Tell who follows the competition and who has an entry or a draft; of a new call, who follows every call.

    Who has an entry is told as a duty, so nobody who mutes news misses a change of what they enter.
    """
    entrants = set(entrants_of(competition).values_list("pk", flat=True))
    told = Q(pk__in=_follows(competition, kind).values("user")) | Q(pk__in=entrants)
    tell_people(
        User.objects.filter(told, is_active=True),
        Wording(competition, kind, **call_facts(competition) | facts),
        at=at,
        by=by,
        key=key,
        link=link or _public_link(competition, kind),
        duties=entrants,
    )


def tell_people(people, wording, *, key, link, at=None, by=None, duties=(), report=None):
    """Tell many, 500 at a time. Returns how many. duties: pks of those who cannot mute it.

    report: called with the number told so far.
    """
    letters = (
        letter_to(person, wording, at=at, by=by, key=key, link=link, is_duty=person.pk in duties)
        for person in people.only(*NEEDS).order_by("pk").iterator(AT_ONCE)
    )
    count = 0
    while some := list(islice(letters, AT_ONCE)):
        tell_many(some)
        count += len(some)
        if report:
            report(count)
    return count


def tell_organisers(competition, kind, *, key, at=None, by=None, link="", **facts):
    """Tell the organisers of the competition; nobody is told of what they did themselves."""
    wording = Wording(competition, kind, **facts)
    link = link or reverse("competitions:organise_competition", args=[competition.slug])
    people = [person for person in organisers_of(competition) if by is None or person.pk != by.pk]
    tell_many([letter_to(person, wording, at=at, by=by, key=key, link=link) for person in people])


def tell_person(person, competition, kind, *, key, at=None, by=None, link="", **facts):
    """Tell one person something about the competition."""
    if person is None or not person.is_active:
        return
    wording = Wording(competition, kind, **facts)
    link = link or competition.get_absolute_url()
    tell_many([letter_to(person, wording, at=at, by=by, key=key, link=link)])


def letter_to(person, wording, *, key, link, at=None, by=None, is_duty=False):
    """An unsaved message, in the words and the language of its person."""
    subject, body = wording.write(language=person.language, name=str(person))
    message = message_to(
        person,
        kind=wording.kind.code,
        topic=Topic.DUTY if is_duty else Topic(wording.kind.topic),
        subject=subject,
        body=body,
        key=f"{key}:{person.pk}",
        link=link,
        about=scope_of(wording.competition),
        by=by,
    )
    if at:
        message.created_at = at
    return message


def people_of(entry, *, by=None):
    """Who has part in the entry and has an account that is used; two queries at most."""
    leader = by if by and by.pk == entry.entrant_id else entry.entrant
    people = {leader.pk: leader} if leader else {}
    people |= {member.user_id: member.user for member in _joined(entry)}
    return [person for person in people.values() if person.is_active]


def _joined(entry):
    """Who accepted to be in the team; `entry.joined`, or `has_team`, where that is known."""
    if hasattr(entry, "joined"):
        return entry.joined
    if not getattr(entry, "has_team", True):
        return []
    accepted = entry.members.filter(state=TeamMember.State.ACCEPTED, user__isnull=False)
    return accepted.select_related("user")


def entry_facts(entry):
    """The title is that of the draft, when it is at hand: lists may show one that was handed in before."""
    draft = {} if "draft" in entry.get_deferred_fields() else entry.draft
    return {"entry": (draft.get("case") or {}).get("title") or entry.title, "code": entry.code}


def call_facts(competition):
    return {"opens": competition.opens_at, "deadline": competition.closes_at}


def entrants_of(competition, states=None):
    """People with an entry or a draft that is not withdrawn, team members too."""
    entries = Entry.objects.filter(competition=competition).exclude(state=EntryState.WITHDRAWN)
    if states is not None:
        entries = entries.filter(state__in=states)
    joined = TeamMember.objects.filter(entry__in=entries, state=TeamMember.State.ACCEPTED)
    mine = Q(pk__in=entries.values("entrant")) | Q(pk__in=joined.values("user"))
    return User.objects.filter(mine, is_active=True)


def _follows(competition, kind):
    wanted = Q(competition=competition)
    if kind == "call.announced":
        wanted |= Q(competition=None)
    return CallFollow.objects.filter(wanted)


def organisers_of(competition):
    return organisers_by([competition])[competition.pk]


def organisers_by(competitions):
    """{pk of a competition: its organisers by a grant of its own; without one, who made it}. Two queries at most."""
    scopes = {scope_of(each): each for each in competitions}
    grants = RoleGrant.objects.active().filter(role=Role.ORGANISER, scope__in=scopes, user__is_active=True)
    found = {each.pk: [] for each in competitions}
    for grant in grants.select_related("user").order_by("user"):
        found[scopes[grant.scope].pk].append(grant.user)
    for each in competitions:
        if not found[each.pk] and each.created_by and each.created_by.is_active:
            found[each.pk] = [each.created_by]
    return found


def _public_link(competition, kind):
    if kind == "call.results":
        return reverse("competitions:results", args=[competition.slug])
    return competition.get_absolute_url()

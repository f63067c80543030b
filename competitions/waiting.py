"""What waits for a person, for the number beside "My work"."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now

from accounts.permissions import grants_of
from accounts.roles import Role
from casebook.models import CaseVersion, PromptVersion
from casebook.states import VersionState
from competitions.actions.calls.asking import waiting_questions
from competitions.models import Assignment, Competition, Entry
from competitions.states import CompetitionState, EntryState, SheetState

MOST = 99  # counting stops here, however much waits


def waiting(request):
    """Context processor: `waiting_count`, and `work_address` where the work lies. No query for who has no such role."""
    found = SimpleLazyObject(lambda: waiting_for(request.user))
    return {
        "waiting_count": SimpleLazyObject(lambda: sum(number for number, _address in found)),
        "work_address": SimpleLazyObject(lambda: next((address for number, address in found if number), "")),
    }


def waiting_for(user):
    """Return [(how many, address)] for each role of the person."""
    roles = {role for role, _scope in grants_of(user)}
    return [(rows(user)[:MOST].count(), reverse(name)) for role, rows, name in ROOMS if role in roles]


def _sheets(user):
    open_states = [SheetState.ASSIGNED, SheetState.STARTED]
    return Assignment.objects.visible_to(user).filter(
        state__in=open_states, entry__competition__state=CompetitionState.JUDGING
    )


def _entries_and_questions(user):
    entries, questions = _entries(user).order_by().values("pk"), _questions(user).order_by().values("pk")
    return entries.union(questions, all=True)


def _entries(user):
    closed = Competition.objects.managed_by(user).filter(
        state=CompetitionState.ANNOUNCED, closes_at__lte=now()
    )
    return Entry.objects.filter(competition__in=closed, state=EntryState.SUBMITTED)


def _questions(user):
    return waiting_questions().filter(competition__in=Competition.objects.managed_by(user))


def _versions(user):
    waiting_versions = [
        model.objects.filter(state=VersionState.IN_REVIEW).order_by().values("pk")
        for model in (PromptVersion, CaseVersion)
    ]
    return waiting_versions[0].union(waiting_versions[1], all=True)


ROOMS = [
    (Role.JUDGE, _sheets, "competitions:judging"),
    (Role.ORGANISER, _entries_and_questions, "competitions:organise"),
    (Role.EDITOR, _versions, "casebook:desk"),
]

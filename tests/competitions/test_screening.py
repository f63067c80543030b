import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.screening.decisions import accept_entries, accept_entry, disqualify_entry
from competitions.errors import CompetitionError, TooEarly
from competitions.states import CompetitionState, EntryState
from tests.factories import AT, make_closed_competition, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db


def test_accept_entry_is_audited_about_its_entrant():
    entry = make_entry(make_closed_competition(), entrant=make_user(), state=EntryState.SUBMITTED)
    organiser = make_user()

    accept_entry(entry, by=organiser, at=AT)

    assert (entry.state, entry.decided_by, entry.decided_at) == (EntryState.ACCEPTED, organiser, AT)
    assert AuditRecord.objects.filter(verb="entry.accepted", by=organiser, about=entry.entrant).count() == 1


def test_accept_entry_before_the_deadline_is_too_early():
    entry = make_entry(make_competition(), state=EntryState.SUBMITTED)

    with pytest.raises(TooEarly):
        accept_entry(entry, by=None, at=AT)

    entry.refresh_from_db()
    assert entry.state == EntryState.SUBMITTED


def test_accept_draft_is_an_illegal_move():
    entry = make_entry(make_closed_competition())

    with pytest.raises(IllegalMove):
        accept_entry(entry, by=None, at=AT)


@pytest.mark.parametrize(
    "state", [CompetitionState.DECIDED, CompetitionState.PUBLISHED, CompetitionState.CANCELLED]
)
def test_accept_entry_once_awards_are_decided_is_an_illegal_move(state):
    entry = make_entry(make_closed_competition(state=state), state=EntryState.SUBMITTED)

    with pytest.raises(IllegalMove):
        accept_entry(entry, by=None, at=AT)


def test_disqualify_entry_keeps_the_reason():
    entry = make_entry(make_closed_competition(), state=EntryState.ACCEPTED)

    disqualify_entry(entry, by=None, at=AT, reason=" 표절 ")

    assert (entry.state, entry.decision_reason) == (EntryState.DISQUALIFIED, "표절")


@pytest.mark.parametrize("reason", ["", "  ", "가" * 501])
def test_disqualify_entry_without_a_usable_reason_is_refused(reason):
    entry = make_entry(make_closed_competition(), state=EntryState.SUBMITTED)

    with pytest.raises(CompetitionError):
        disqualify_entry(entry, by=None, at=AT, reason=reason)

    entry.refresh_from_db()
    assert entry.state == EntryState.SUBMITTED


def test_disqualified_entry_may_be_accepted_after_all():
    entry = make_entry(make_closed_competition(), state=EntryState.DISQUALIFIED)

    accept_entry(entry, by=None, at=AT, reason="오해였습니다")

    assert (entry.state, entry.decision_reason) == (EntryState.ACCEPTED, "오해였습니다")


def test_accept_entries_takes_only_those_that_wait():
    competition = make_closed_competition()
    waiting = [make_entry(competition, state=EntryState.SUBMITTED) for _ in range(2)]
    others = [make_entry(competition, state=EntryState.DISQUALIFIED), make_entry(competition)]
    foreign = make_entry(make_closed_competition(), state=EntryState.SUBMITTED)

    count = accept_entries(competition, [e.pk for e in [*waiting, *others, foreign]], by=None, at=AT)

    assert count == 2
    foreign.refresh_from_db()
    assert foreign.state == EntryState.SUBMITTED
    assert set(competition.entries.filter(state=EntryState.ACCEPTED)) == set(waiting)


def test_accept_entries_before_the_deadline_is_too_early():
    competition = make_competition()
    entry = make_entry(competition, state=EntryState.SUBMITTED)

    with pytest.raises(TooEarly):
        accept_entries(competition, [entry.pk], by=None, at=AT)

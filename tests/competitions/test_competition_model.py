from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from competitions.models import Competition, Snapshot
from competitions.states import CompetitionState, EntryState, Phase
from tests.factories import AT, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (AT - timedelta(seconds=1), Phase.UPCOMING),
        (AT, Phase.OPEN),
        (AT + timedelta(days=1, seconds=-1), Phase.OPEN),
        (AT + timedelta(days=1), Phase.CLOSED),
    ],
)
def test_phase_of_an_announced_competition_is_the_clocks(at, phase):
    competition = make_competition(opens_at=AT, closes_at=AT + timedelta(days=1))

    assert competition.phase(at) == phase
    assert competition.is_open(at) == (phase == Phase.OPEN)


def test_public_leaves_out_drafts_and_what_was_cancelled_as_a_draft():
    announced = make_competition()
    called_off = make_competition(state=CompetitionState.CANCELLED)
    make_competition(state=CompetitionState.DRAFT, announced_at=None)
    make_competition(state=CompetitionState.CANCELLED, announced_at=None)

    assert set(Competition.objects.public()) == {announced, called_off}


def test_organiser_sees_own_draft_only():
    mine, other = (make_competition(state=CompetitionState.DRAFT, announced_at=None) for _ in range(2))
    user = make_user()
    user.grants.create(role="organiser", scope=f"competition:{mine.pk}", granted_at=AT)

    assert set(Competition.objects.visible_to(user)) == {mine}
    assert other not in Competition.objects.managed_by(user)


def test_snapshot_never_changes():
    entry = make_entry(make_competition(), state=EntryState.SUBMITTED)
    snapshot = Snapshot.objects.create(
        entry=entry, number=1, content={}, content_sha256="0", receipt_number="R1", submitted_at=AT
    )

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(content={"a": 1})


def test_disqualified_entry_needs_a_reason_in_the_database():
    entry = make_entry(make_competition(), state=EntryState.SUBMITTED)

    with pytest.raises(DatabaseError, match="disqualified_entry_has_reason"), transaction.atomic():
        type(entry).objects.filter(pk=entry.pk).update(state=EntryState.DISQUALIFIED)

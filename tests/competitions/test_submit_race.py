"""Rivals on connections of their own. Each waits at the barrier, so that both arrive together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from itertools import count
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.errors import Refusal
from competitions.actions.entries.drafts import save_draft, withdraw_entry
from competitions.actions.entries.submissions import save_and_submit, submit_entry
from competitions.actions.entries.window import lock_competition
from competitions.contest_files.call_records import EligibilityRecord
from competitions.errors import TooLate
from competitions.models import Competition, Entry, Snapshot
from competitions.states import CompetitionState, EntryState
from tests.competitions.test_entries_action import CONTENT
from tests.factories import make_competition, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def together(*acts):
    """Run the acts at the same moment; return the result, or the refusal, of each."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(timeout=10)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def write(competition, user, key):
    return save_draft(
        competition,
        CONTENT,
        by=user,
        at=timezone.now(),
        track=competition.tracks.first(),
        idempotency_key=key,
    )


def write_and_submit(competition, user, key):
    return submit_entry(write(competition, user, key), by=user)


def test_two_windows_of_a_call_that_takes_two_begin_two_entries():
    for _round in range(ROUNDS):
        limits = EligibilityRecord(entries_per_person=2).kept()
        competition, user = make_competition(eligibility=limits), make_user()

        together(*[partial(write, competition, user, uuid4()) for _window in range(2)])

        assert sorted(competition.entries.values_list("ordinal", flat=True)) == [1, 2]


def test_same_key_twice_is_one_entry_and_one_snapshot():
    for _round in range(ROUNDS):
        competition, user, key = make_competition(), make_user(), uuid4()

        first, second = together(*[lambda: write_and_submit(competition, user, key)] * 2)  # noqa: B023

        assert first.receipt_number == second.receipt_number
        assert Entry.objects.filter(competition=competition).count() == 1
        assert Snapshot.objects.filter(entry__competition=competition).count() == 1


def test_two_windows_are_one_entry():
    for _round in range(ROUNDS):
        competition, user = make_competition(), make_user()

        together(*[lambda: write(competition, user, uuid4())] * 2)  # noqa: B023

        assert Entry.objects.filter(competition=competition).count() == 1


def test_submit_against_withdraw_ends_withdrawn():
    for _round in range(ROUNDS):
        competition, user = make_competition(), make_user()
        entry = write(competition, user, uuid4())

        _submitted, withdrawn = together(
            lambda: submit_entry(entry, by=user),  # noqa: B023
            lambda: withdraw_entry(entry, by=user, at=timezone.now()),  # noqa: B023
        )

        entry.refresh_from_db()
        assert withdrawn is None
        assert entry.state == EntryState.WITHDRAWN
        assert Snapshot.objects.filter(entry=entry).count() == (1 if entry.snapshot_id else 0)


def test_submit_against_start_of_judging_is_in_time_or_refused():
    for _round in range(ROUNDS):
        competition, user = make_competition(), make_user()
        entry = write(competition, user, uuid4())

        submitted, _started = together(
            lambda: submit_entry(entry, by=user),  # noqa: B023
            lambda: Competition.objects.filter(pk=competition.pk).update(state=CompetitionState.JUDGING),  # noqa: B023
        )

        entry.refresh_from_db()
        assert (entry.state == EntryState.SUBMITTED) is isinstance(submitted, Snapshot)
        assert isinstance(submitted, Snapshot | TooLate)


def test_submit_waiting_for_a_lock_counts_from_its_arrival():
    """A request that came in before the deadline is in time, however long it has to wait for its turn."""
    competition, user = make_competition(), make_user()
    entry = write(competition, user, uuid4())
    deadline = timezone.now() + timedelta(seconds=1)
    Competition.objects.filter(pk=competition.pk).update(closes_at=deadline)
    arrived = Barrier(2)

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM competitions_competition WHERE id = %s FOR UPDATE", [competition.pk]
            )
            arrived.wait(timeout=10)
            cursor.execute("SELECT pg_sleep(1.5)")

    def submit():
        arrived.wait(timeout=10)
        return submit_entry(entry, by=user)

    _held, snapshot = together(hold, submit)

    assert snapshot.submitted_at < deadline


def test_submit_around_the_deadline_is_taken_if_and_only_if_in_time():
    competition, user = make_competition(), make_user()
    entry = write(competition, user, uuid4())
    deadline = timezone.now() + timedelta(milliseconds=300)
    Competition.objects.filter(pk=competition.pk).update(closes_at=deadline)

    refused = None
    for number in count():
        with transaction.atomic():
            arrived_at = lock_competition(competition.pk).arrived_at
        content = {**CONTENT, "case": {**CONTENT["case"], "title": f"{number}번째"}}
        try:
            snapshot = save_and_submit(competition, content, by=user, at=timezone.now(), entry=entry)
            assert snapshot.submitted_at < deadline
        except TooLate as error:
            refused = error
        assert refused is not None or arrived_at < deadline
        if refused:
            break

    with transaction.atomic():
        assert lock_competition(competition.pk).arrived_at >= deadline

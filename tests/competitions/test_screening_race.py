"""Two organisers on connections of their own, deciding at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.errors import IllegalMove, Refusal
from accounts.models import AuditRecord
from competitions.actions.entries.submissions import submit_entry
from competitions.actions.screening.correction import return_entry, take_back_entry
from competitions.actions.screening.decisions import accept_entry, disqualify_entry
from competitions.actions.screening.many import decide_many
from competitions.models import Competition, Entry
from competitions.states import CompetitionState, EntryState
from tests.competitions.test_submit_race import ROUNDS, together
from tests.factories import AT, make_closed_competition, make_entry, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_decisions_from_the_same_page_one_holds():
    for _round in range(ROUNDS):
        entry = make_entry(make_closed_competition(), state=EntryState.SUBMITTED)
        one, two = make_user(), make_user()

        answers = together(
            lambda: accept_entry(entry, by=one, at=AT, seen="submitted"),  # noqa: B023
            lambda: disqualify_entry(entry, by=two, at=AT, reason="표절", seen="submitted"),  # noqa: B023
        )

        assert [type(answer) for answer in answers].count(IllegalMove) == 1
        assert AuditRecord.objects.filter(target_id=str(entry.pk)).count() == 1


def test_two_bulk_decisions_decide_each_entry_once():
    for _round in range(ROUNDS):
        competition = make_closed_competition()
        for _number in range(6):
            make_entry(competition, state=EntryState.SUBMITTED)

        def accept(rows, competition=competition):
            return decide_many(rows, "accept", competition=competition, by=None, at=AT)

        outcomes = together(
            lambda: accept(Entry.objects.order_by("pk")),
            lambda: accept(Entry.objects.order_by("-pk")),
        )

        assert sum(outcome.done for outcome in outcomes) == 6
        assert competition.entries.filter(state=EntryState.ACCEPTED).count() == 6


def test_a_correction_against_taking_back_is_handed_in_or_refused():
    for _round in range(ROUNDS):
        entrant = make_user()
        entry = make_entry(make_closed_competition(), entrant=entrant, state=EntryState.SUBMITTED)
        return_entry(entry, note="제목", due=timezone.now() + timedelta(days=1), by=None, at=AT)

        corrected, _taken = together(
            lambda: submit_entry(entry, by=entrant),  # noqa: B023
            lambda: take_back_entry(entry, by=None, at=AT),  # noqa: B023
        )

        entry.refresh_from_db()
        assert entry.state == EntryState.SUBMITTED
        assert (entry.snapshot is None) is isinstance(corrected, Refusal)


def test_a_decision_against_the_decided_awards_is_in_time_or_refused():
    for _round in range(ROUNDS):
        competition = make_closed_competition(state=CompetitionState.JUDGING)
        entry = make_entry(competition, state=EntryState.SUBMITTED)

        accepted, _decided = together(
            lambda: accept_entry(entry, by=None, at=AT),  # noqa: B023
            lambda: Competition.objects.filter(pk=competition.pk).update(state=CompetitionState.DECIDED),  # noqa: B023
        )

        state = Entry.objects.get(pk=entry.pk).state
        assert (state == EntryState.ACCEPTED) is not isinstance(accepted, Refusal)

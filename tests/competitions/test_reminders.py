"""Reminders by the calendar: in time, of what is not handed in, each once."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from accounts.models import Message, Topic
from accounts.roles import Role
from competitions.actions.reminders import (
    remind_of_corrections,
    remind_of_deadlines,
    tell_of_passed_corrections,
)
from competitions.clock import remind_entrants
from competitions.models import Competition, TeamMember
from competitions.states import CompetitionState, EntryState
from tests.factories import AT, grant, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
CLOSES = AT + timedelta(days=30)


def make_draft(competition=None, **fields):
    competition = competition or make_competition(closes_at=CLOSES)
    return make_entry(competition, **{"entrant": make_user(language="en")} | fields)


def told():
    return list(Message.objects.order_by("pk").values_list("person", flat=True))


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ({"days": 7, "seconds": 1}, None),
        ({"days": 7}, "7 days left"),
        ({"days": 6, "hours": 23, "minutes": 30}, "7 days left"),
        ({"days": 5, "hours": 1}, "5 days left"),
        ({"days": 1}, "1 day left"),
        ({"hours": 3}, "3 hours left"),
        ({"hours": 2, "minutes": 58}, "3 hours left"),
        ({"minutes": 20}, "20 minutes left"),
        ({"seconds": 0}, None),
        ({"seconds": -1}, None),
    ],
)
def test_a_draft_is_reminded_of_in_time(before, words):
    entry = make_draft()

    remind_of_deadlines(at=CLOSES - timedelta(**before))

    subjects = [f"{words}: {entry.competition.title}"] if words else []
    assert list(Message.objects.values_list("subject", flat=True)) == subjects


def test_each_step_is_told_once():
    entry = make_draft()

    for hours in range(24 * 8, 0, -1):
        for _clock in range(2):
            remind_of_deadlines(at=CLOSES - timedelta(hours=hours))

    assert told() == [entry.entrant_id] * 3
    message = Message.objects.first()
    assert (message.kind, message.topic) == ("call.deadline", Topic.REMINDER)


def test_of_missed_steps_only_the_latest_is_told():
    make_draft()

    remind_of_deadlines(at=CLOSES - timedelta(hours=1))

    assert len(told()) == 1


def test_a_step_that_had_passed_when_the_draft_began_is_left_out():
    entry = make_draft(created_at=CLOSES - timedelta(days=6))

    remind_of_deadlines(at=CLOSES - timedelta(days=5))
    assert told() == []
    remind_of_deadlines(at=CLOSES - timedelta(hours=23))
    assert told() == [entry.entrant_id]


def test_a_moved_deadline_is_told_of_again():
    entry = make_draft()

    remind_of_deadlines(at=CLOSES - timedelta(days=1))
    Competition.objects.update(closes_at=CLOSES + timedelta(days=3))
    remind_of_deadlines(at=CLOSES - timedelta(hours=23))
    remind_of_deadlines(at=CLOSES + timedelta(days=2))

    assert told() == [entry.entrant_id] * 3


def test_the_deadline_of_the_track_counts():
    entry = make_draft()
    entry.competition.tracks.update(closes_at=CLOSES - timedelta(days=10))

    remind_of_deadlines(at=CLOSES - timedelta(days=10, hours=2))
    remind_of_deadlines(at=CLOSES - timedelta(days=1))

    assert told() == [entry.entrant_id]


def test_a_closed_track_is_not_reminded_of():
    entry = make_draft()
    entry.competition.tracks.update(is_closed=True)

    remind_of_deadlines(at=CLOSES - timedelta(days=1))

    assert told() == []


def test_only_what_was_changed_after_handing_in_is_reminded_of():
    competition = make_competition(closes_at=CLOSES)
    submitted = {"state": EntryState.SUBMITTED, "submitted_at": AT}
    changed = make_draft(competition, saved_at=AT + timedelta(hours=1), **submitted)
    make_draft(competition, **submitted)
    for state in (EntryState.WITHDRAWN, EntryState.ACCEPTED, EntryState.DISQUALIFIED):
        make_draft(competition, state=state, saved_at=AT + timedelta(hours=1))

    remind_of_deadlines(at=CLOSES - timedelta(days=1))

    assert told() == [changed.entrant_id]


@pytest.mark.parametrize("state", [CompetitionState.CANCELLED, CompetitionState.DRAFT])
def test_only_announced_calls_are_reminded_of(state):
    make_draft(make_competition(closes_at=CLOSES, state=state))

    remind_of_deadlines(at=CLOSES - timedelta(days=1))

    assert told() == []


def test_everybody_in_the_team_is_reminded():
    entry, member = make_draft(), make_user(muted=["reminder"])
    TeamMember.objects.create(entry=entry, user=member, state="accepted", invited_at=AT, answered_at=AT)

    remind_of_deadlines(at=CLOSES - timedelta(days=1))

    assert dict(Message.objects.values_list("person", "mail")) == {
        entry.entrant_id: "queued",
        member.pk: "none",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_reminding_takes_the_same_queries(count, django_assert_num_queries):
    for _number in range(count):
        make_draft()

    with django_assert_num_queries(4):
        remind_of_deadlines(at=CLOSES - timedelta(days=1))
    assert len(told()) == count


def test_batches_follow_each_other(monkeypatch):
    monkeypatch.setattr("competitions.actions.reminders.AT_ONCE", 2)
    drafts = [make_draft() for _number in range(5)]

    remind_of_deadlines(at=CLOSES - timedelta(days=1))

    assert told() == [entry.entrant_id for entry in drafts]


def make_returned(competition=None, **fields):
    values = {"state": EntryState.RETURNED, "correction_due": CLOSES, "decided_at": AT}
    return make_draft(competition, **values | fields)


@pytest.mark.parametrize(
    ("before", "count"),
    [({"days": 1, "seconds": 1}, 0), ({"days": 1}, 1), ({"seconds": 1}, 1), ({"seconds": 0}, 0)],
)
def test_a_correction_is_reminded_of_one_day_before_as_a_duty(before, count):
    make_returned()

    for _clock in range(2):
        remind_of_corrections(at=CLOSES - timedelta(**before))

    assert list(Message.objects.values_list("kind", "topic")) == [
        ("entry.correction_due", Topic.DUTY) for _n in range(count)
    ]


def test_a_correction_asked_for_at_the_last_minute_is_not_reminded_of():
    make_returned(decided_at=CLOSES - timedelta(hours=20))

    remind_of_corrections(at=CLOSES - timedelta(hours=19))

    assert told() == []


@pytest.mark.parametrize(
    ("after", "count"),
    [({"seconds": -1}, 0), ({"seconds": 0}, 1), ({"days": 2}, 1), ({"days": 3}, 0)],
)
def test_organisers_hear_of_a_correction_that_did_not_come(after, count):
    entry, organiser = make_returned(), make_user()
    grant(organiser, Role.ORGANISER, entry.competition)

    for _clock in range(2):
        tell_of_passed_corrections(at=CLOSES + timedelta(**after))

    assert told() == [organiser.pk] * count


def test_organisers_hear_nothing_of_what_was_corrected_or_ended():
    entry = make_returned(make_competition(closes_at=CLOSES, created_by=make_user()))
    ended = make_competition(state=CompetitionState.CANCELLED, created_by=make_user())
    make_returned(ended)
    entry.state = EntryState.SUBMITTED
    entry.save()

    tell_of_passed_corrections(at=CLOSES)

    assert told() == []


@pytest.mark.parametrize("count", [1, 3])
def test_telling_of_passed_corrections_takes_the_same_queries(count, django_assert_num_queries):
    for _number in range(count):
        make_returned(make_competition(closes_at=CLOSES, created_by=make_user()))

    with django_assert_num_queries(5):
        tell_of_passed_corrections(at=CLOSES)
    assert len(told()) == count


def test_the_clock_asks_for_all_three():
    at, organiser = now(), make_user()
    open_now = make_competition(closes_at=at + timedelta(hours=2), created_by=organiser)
    make_draft(open_now)
    make_returned(open_now, correction_due=at + timedelta(hours=2))
    make_returned(open_now, correction_due=at - timedelta(hours=2))

    remind_entrants()

    assert sorted(Message.objects.values_list("kind", flat=True)) == [
        "call.deadline",
        "correction.passed",
        "entry.correction_due",
    ]

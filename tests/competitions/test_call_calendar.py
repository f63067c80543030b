from datetime import UTC, date, datetime, timedelta

import pytest

from competitions.actions.calls.calendar import days_off, marks_of, notes_of, standing_days
from competitions.contest_files.call_records import DateRecord
from competitions.contest_files.moments import SEOUL
from competitions.contest_files.records import TrackRecord
from competitions.views.organise.call_dates import WIDTH, dates_of
from tests.competitions.test_competition_actions import a_record

pytestmark = pytest.mark.usefixtures("english")


def korean(*parts):
    return datetime(*parts, tzinfo=SEOUL)


def test_public_holiday_is_named():
    assert notes_of(date(2026, 10, 3)) == ("This is a public holiday (National Foundation Day).",)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 21), ("This is a Saturday.",)),
        (date(2026, 11, 22), ("This is a Sunday.",)),
        (date(2026, 11, 23), ()),
    ],
)
def test_weekend_is_named(day, expected):
    assert notes_of(day) == expected


def test_midnight_belongs_to_the_day_that_ends():
    record = a_record(opens_at=korean(2026, 11, 2), closes_at=korean(2026, 11, 22))

    notes = {mark.name: mark.notes for mark in marks_of(record)}

    assert notes == {"Entries open": (), "Entries close": ("This is a Saturday.",)}


def test_dates_stand_in_their_order_with_tracks_and_spans():
    record = a_record(
        opens_at=korean(2026, 11, 2, 9),
        closes_at=korean(2026, 11, 20, 18),
        tracks=(TrackRecord(code="a", name="가", closes_at=korean(2026, 11, 18, 18)),),
        dates=(DateRecord(name="심사", at=korean(2026, 11, 21, 9), until=korean(2026, 11, 24, 18)),),
    )

    marks = marks_of(record)

    assert [mark.name for mark in marks] == ["Entries open", "Track “가” closes", "Entries close", "심사"]
    assert marks[-1].notes == ("Begins: This is a Saturday.",)


def test_days_off_of_a_long_contest_are_not_drawn():
    first = date(2026, 1, 1)

    assert [each.holiday for each in days_off(first, date(2026, 1, 4))] == ["New Year's Day", "", ""]
    assert days_off(first, first + timedelta(days=400)) == []


@pytest.mark.parametrize(("days", "expected"), [(5, 5), (4.99, 4), (-1, None)])
def test_standing_days_are_full_and_count_to_the_first_deadline_ahead(days, expected):
    now = datetime(2026, 11, 1, tzinfo=UTC)
    ends = now + timedelta(days=days)

    assert standing_days(a_record(opens_at=now - timedelta(9), closes_at=ends), since=now) == expected


def test_picture_holds_every_date_within_its_width():
    record = a_record(opens_at=korean(2026, 11, 2, 9), closes_at=korean(2026, 11, 20, 18))

    dates = dates_of(record, at=korean(2026, 10, 30))

    places = [float(each["x"]) for each in dates["marks"]]
    assert places == sorted(places)
    assert all(0 <= place <= WIDTH for place in places)
    assert dates["notes"] == ["Announced now, the call stands 21 full days before the first deadline."]


def test_call_without_dates_has_no_picture():
    dates = dates_of(a_record(opens_at=None, closes_at=None), at=korean(2026, 10, 30))

    assert dates == {"marks": [], "notes": []}


def test_full_rules_say_how_long_the_call_has_to_stand():
    record = a_record(profile="full", opens_at=korean(2026, 11, 2), closes_at=korean(2026, 11, 4))

    notes = dates_of(record, at=korean(2026, 11, 1), announced_at=korean(2026, 10, 30))["notes"]

    assert notes == [
        "The call stands 5 full days before the first deadline.",
        "The full rules ask for 5 (Article 5(1)).",
    ]

"""Dates as Korean offices write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from competitions.contest_files.moments import read_moment

KST = timezone(timedelta(hours=9))
EVENING = datetime(2026, 5, 12, 18, tzinfo=KST)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-05-12 18:00", EVENING),
        ("2026-05-12T18:00:00", EVENING),
        ("2026-05-12T18:00:00+09:00", EVENING),
        ("2026-05-12 09:00:00 Z", EVENING),
        ("2026-05-12T04:00:00-0500", EVENING),
        ("2026. 5. 12. 18:00", EVENING),
        ("2026.5.12.(화) 18:00", EVENING),
        ("2026/5/12 오후 6:00", EVENING),
        ("２０２６-０５-１２ １８:００", EVENING),
        (" 2026-05-12 18:00 ", EVENING),
        ("2026-05-12 오전 12:30", datetime(2026, 5, 12, 0, 30, tzinfo=KST)),
        ("2026-05-12 24:00", datetime(2026, 5, 13, tzinfo=KST)),
        ("2026-05-12T18:00:00.25Z", datetime(2026, 5, 12, 18, 0, 0, 250_000, tzinfo=UTC)),
    ],
)
def test_read_moment(text, at):
    moment = read_moment(text)

    assert (moment.at, moment.has_time) == (at, True)


def test_read_moment_of_a_day():
    moment = read_moment("2026. 5. 12.")

    assert (moment.at, moment.has_time) == (datetime(2026, 5, 12, tzinfo=KST), False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-13-01",
        "2026-02-30",
        "2026-05-12 25:00",
        "2026-05-12 24:01",
        "2026-05-12 18:60",
        "2026-05-12 오후 13:00",
        "2026-05-1218:00",
        "2026-05-12T18:00+99:00",
        "0000-01-01",
        "12/5/2026",
        "26-05-12",
        "46154",
        "2026-05-12" + " " * 100_000 + "18:00",
    ],
)
def test_read_moment_refuses(text):
    assert read_moment(text) is None

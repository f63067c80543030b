from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from accounts.time_words import day, moment, time_left

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "2026. 5. 12.(화) 18:00"), ("en", "Tue 12 May 2026 18:00")]
)
def test_moment_in_both_languages(language, words):
    with override(language):
        assert moment(NOW) == words


def test_day_in_korean():
    with override("ko"):
        assert day(date(2026, 5, 17)) == "2026. 5. 17.(일)"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"days": 3, "hours": 2}, "3일 남음"),
        ({"hours": 23, "minutes": 59}, "23시간 남음"),
        ({"minutes": 59}, "59분 남음"),
        ({"seconds": 30}, "1분 안에 마감"),
        ({"seconds": 0}, ""),
        ({"days": -1}, ""),
    ],
)
def test_time_left_in_korean(left, words):
    with override("ko"):
        assert time_left(NOW + timedelta(**left), now=NOW) == words


def test_time_left_counts_one_in_english():
    with override("en"):
        assert time_left(NOW + timedelta(days=1), now=NOW) == "1 day left"

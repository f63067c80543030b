import re

import pytest

from competitions.receipts import find_snapshot, normalised, receipt_number, stamp, zone
from tests.factories import AT

SHA = "ab" * 32


def number(**changes):
    values = {"entry_pk": 12, "competition_pk": 3, "number": 1, "at": AT, "content_sha256": SHA}
    return receipt_number(**values | changes)


def test_receipt_number_has_a_code_of_four_signs():
    assert re.fullmatch(r"R2026-003-000012-01-[0-9A-HJKMNP-TV-Z]{4}", number())


def test_receipt_number_is_the_same_again():
    assert number() == number()


@pytest.mark.parametrize("change", [{"content_sha256": "cd" * 32}, {"entry_pk": 13}, {"number": 2}])
def test_code_of_a_receipt_depends_on_everything(change):
    assert number(**change)[-4:] != number()[-4:]


def test_code_of_a_receipt_depends_on_the_secret(settings):
    before = number()
    settings.SECRET_KEY = "another"

    assert number() != before


def test_normalised_reads_letters_as_the_digits_they_were_taken_for():
    assert normalised(" r2026-003-000012-01-oil1 ") == "R2026-003-000012-01-0111"


def test_normalised_leaves_old_numbers():
    assert normalised("P2026-003-000012") == "P2026-003-000012"


@pytest.mark.parametrize("typed", ["", "a/b", "R" * 41, "R2026_1", "번호"])
def test_find_snapshot_asks_nothing_for_what_is_no_number(typed):
    assert find_snapshot(typed) is None  # without a database


def test_stamp_tells_second_and_zone():
    assert stamp(AT).endswith("18:00:00 (KST, UTC+09:00)")
    assert zone(AT) == "KST, UTC+09:00"

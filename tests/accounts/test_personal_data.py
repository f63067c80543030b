"""The detector of personal data: every spelling of an identity number, and no alarm about other numbers."""

import time
from itertools import pairwise
from random import Random

import pytest

from accounts.privacy import BLOCKING, KINDS, Finding, browser_patterns, find, mask
from accounts.privacy.checks import luhn
from tests.accounts.personal_lines import HARMLESS, PERSONAL
from tests.accounts.personal_texts import LABELS, business_number, numbers, sentence, spelling, with_luhn

LINES = [(kind, line) for kind, lines in PERSONAL.items() for line in lines]
HOSTILE = [
    "1",
    " ",
    "공",
    "-",
    "9 ",
    "9-",
    "a@",
    "로 1",
    "카드 9-",
    "90년1월1일뒤",
    "900101뒤",
    "①",
    "\u200b",
    "여권M1 ",
]
SIZE = 100_000


def kinds(text):
    return [finding.kind for finding in find(text)]


@pytest.mark.parametrize(("kind", "line"), LINES)
def test_find_reads_every_spelling(kind, line):
    assert kind in kinds(line)


@pytest.mark.parametrize("line", HARMLESS)
def test_find_leaves_other_numbers_alone(line):
    assert find(line) == []


@pytest.mark.parametrize("kind", LABELS)
def test_find_misses_no_number_drawn_by_lot(kind):
    random = Random(kind)
    texts = [sentence(kind, spelling(numbers(kind, random), random), random) for _number in range(500)]

    assert [text for text in texts if kind not in kinds(text)] == []


@pytest.mark.parametrize("kind", LABELS)
def test_find_among_other_sentences(kind):
    random = Random(kind)
    for _number in range(50):
        parts = random.sample(HARMLESS, 6)
        parts.insert(3, sentence(kind, spelling(numbers(kind, random), random), random))
        assert kind in kinds("\n".join(parts))


def test_find_gives_the_place_in_the_text_as_given():
    text = "😀①９００１０１\u200b－１２３４５６７입니다, hong@gaon.example로"
    assert [text[start:end] for _kind, start, end in find(text)] == [
        "９００１０１\u200b－１２３４５６７",
        "hong@gaon.example",
    ]


def test_find_keeps_the_strongest_reading_of_a_place():
    assert kinds("계좌 900101-1234567") == ["rrn"]
    assert kinds("은행에 적은 번호 010-1234-5678") == ["phone"]
    assert kinds("주민등록번호 900101-1234567, 계좌는 국민은행 123456-01-123456") == ["rrn", "account"]


def test_findings_are_in_order_and_do_not_overlap():
    found = find("\n".join(line for _kind, line in LINES))
    assert len(found) > len(LINES) / 2
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("number", ["900101-1234560", "900101-1234561", "900101-1234562"])
def test_registration_number_has_no_checksum(number):
    assert kinds(number) == ["rrn"]


@pytest.mark.parametrize("number", ["901301-1234567", "900132-1234567", "900230-1234567", "900100-1234567"])
def test_registration_number_needs_a_day_of_the_calendar(number):
    assert kinds(number) == []


@pytest.mark.parametrize("text", ["900101-1******", "900101-1", "900101-*******", "90****-1234567"])
def test_masked_registration_number_is_none(text):
    assert find(text) == []


def test_card_needs_its_check_digit():
    number = with_luhn("411111111111111")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert kinds(number) == ["card"]
    assert find(wrong) == []
    assert not luhn(wrong)


def test_business_number_needs_its_check_digit():
    number = business_number(Random(1))
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert kinds(f"{number[:3]}-{number[3:5]}-{number[5:]}") == ["business"]
    assert find(f"{wrong[:3]}-{wrong[3:5]}-{wrong[5:]}") == []


def test_finding_never_shows_the_value():
    [finding] = find("제 번호는 900101-1234567")
    assert finding == Finding("rrn", 6, 20)
    assert "900101" not in f"{finding!r} {finding}"


def test_mask_puts_the_kind_in_place_of_the_value():
    text = "주민번호 900101-1234567, 메일 hong@gaon.example로"
    masked = mask(text, find(text), translate=str.upper)
    assert masked == "주민번호 [RESIDENT REGISTRATION NUMBER], 메일 [E-MAIL ADDRESS]로"


def test_mask_of_nothing_is_the_text():
    assert mask("가나다", []) == "가나다"


@pytest.mark.parametrize("text", ["", " ", "가나다", "\n\n"])
def test_find_in_texts_without_numbers(text):
    assert find(text) == []


@pytest.mark.parametrize("part", HOSTILE)
def test_find_in_hostile_text_stays_quick(part):
    started = time.process_time()
    find((part * SIZE)[:SIZE])
    assert time.process_time() - started < 5


def test_blocking_kinds_are_the_identity_numbers_and_cards():
    assert {"rrn", "frn", "passport", "licence", "card"} == BLOCKING
    assert set(KINDS) >= BLOCKING


def test_browser_patterns_name_every_kind_and_translate_it():
    patterns = browser_patterns(translate=str.upper)
    assert set(patterns["kinds"]) == set(KINDS)
    assert patterns["kinds"]["rrn"] == {"label": "RESIDENT REGISTRATION NUMBER", "blocking": True}
    assert set(KINDS) == {shape["kind"] for group in patterns["groups"] for shape in group["shapes"]}

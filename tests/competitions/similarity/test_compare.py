from time import perf_counter
from unicodedata import normalize

import pytest

from casebook.search.similarity import similarity
from competitions.similarity import compare
from competitions.similarity.compare import moved_share
from competitions.similarity.passages import Span
from tests.competitions.similarity.texts import OTHER, PARAGRAPHS, TEXT, with_other_endings

ADDED = "\n\n우리 동에서는 석 달 동안 직원 아홉 명이 써 보고 고친 결과를 모아 안내서로 묶었습니다."


@pytest.mark.parametrize(
    "edit",
    [
        str,
        lambda text: text.replace(" ", ""),
        lambda text: normalize("NFD", text),
        lambda text: f"\n{text} !",
    ],
    ids=["the same", "without spaces", "decomposed", "framed"],
)
def test_copy(edit):
    found = compare(edit(TEXT), TEXT)

    assert (found.kind, found.share >= 0.95) == ("copy", True)


def test_a_changed_and_added_sentence_is_a_light_edit():
    found = compare(TEXT.replace("세 문장", "다섯 문장") + ADDED, TEXT)

    assert found.kind == "light_edit"
    assert 0.8 < found.share < 0.95


def test_other_particles_and_endings_are_a_light_edit():
    edited = with_other_endings(TEXT)

    found = compare(edited, TEXT)

    assert similarity(edited, TEXT) < 0.6  # letters alone see little of it
    assert found.kind == "light_edit"
    assert found.share > 0.8


def test_paragraphs_in_another_order_are_reordered():
    found = compare("\n\n".join(reversed(PARAGRAPHS)), TEXT)

    assert (found.kind, found.share >= 0.95) == ("reordered", True)


def test_one_paragraph_in_another_text_is_a_passage():
    found = compare(f"{OTHER}\n\n{PARAGRAPHS[0]}", TEXT)

    assert found.kind == "passage"
    assert found.share == pytest.approx(len(PARAGRAPHS[0]) / len(f"{OTHER}\n\n{PARAGRAPHS[0]}"), abs=0.02)


@pytest.mark.parametrize(("one", "other"), [(TEXT, OTHER), (TEXT, ""), ("", ""), ("", TEXT), ("?!", "?!")])
def test_nothing_alike(one, other):
    found = compare(one, other)

    assert (found.kind, found.share, found.passages) == ("none", 0, ())


def test_a_shared_phrase_of_a_short_text_is_nothing():
    phrase = "다음 내용을 바탕으로 공문서 형식에 맞추어 초안을 작성해 주십시오."

    assert compare(f"{OTHER[:200]} {phrase}", f"{PARAGRAPHS[0]} {phrase}").kind == "none"


@pytest.mark.parametrize(
    ("places", "share"), [([0, 10, 20], 0), ([20, 0, 10], 1 / 3), ([20, 10, 0], 2 / 3), ([], 0)]
)
def test_moved_share_is_what_stands_outside_the_longest_order(places, share):
    spans = [Span(at * 10, at * 10 + 10, place, place + 10) for at, place in enumerate(places)]

    assert moved_share(spans) == pytest.approx(share)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("가" * 50_000, "가" * 49_999 + "나"),
        ("가나 " * 16_000, "가나 " * 16_000),
        ("가나다라마바사아" * 6_000, "가나다라마바사아가나다라마바사아z" * 2_900),
    ],
    ids=["one letter", "two letters", "periods that drift apart"],
)
def test_repetition_stays_fast(one, other):
    start = perf_counter()

    compare(one, other)

    assert perf_counter() - start < 5

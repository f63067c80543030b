from itertools import pairwise
from unicodedata import normalize

import pytest

from competitions.similarity import shared_passages
from competitions.similarity.passages import GAP
from competitions.similarity.runs import shared_runs
from competitions.similarity.units import heads, letters
from tests.competitions.similarity.texts import OTHER, PARAGRAPHS, TEXT


def test_offsets_point_into_the_texts_as_they_were_written():
    mine = f"  {OTHER} 끝\n\n{PARAGRAPHS[1]}"

    [span] = shared_passages(mine, TEXT)

    assert mine[span.start : span.end] == PARAGRAPHS[1].rstrip(".")
    assert TEXT[span.other_start : span.other_end] == PARAGRAPHS[1].rstrip(".")


def test_offsets_of_a_decomposed_text():
    mine = normalize("NFD", f"앞말\n{PARAGRAPHS[1]}")

    [span] = shared_passages(mine, PARAGRAPHS[1])

    assert normalize("NFC", mine[span.start : span.end]) == PARAGRAPHS[1].rstrip(".")


def test_a_changed_word_stays_inside_one_passage_and_a_new_sentence_parts_two():
    word = TEXT.replace("핵심 요지를", "중요한 요지를")
    sentence = TEXT.replace(" 발언자의", " " + "새로 넣은 문장이 여기에 길게 들어갑니다. " * 3 + "발언자의")

    assert len(shared_passages(word, TEXT)) == 1
    assert len(shared_passages(sentence, TEXT)) == 2
    assert GAP < 60


def test_passages_do_not_overlap_and_come_in_order():
    spans = shared_passages(PARAGRAPHS[0] + PARAGRAPHS[0] + PARAGRAPHS[2], TEXT)

    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("one", "other", "runs"),
    [
        ("xabcdy", "zabcdw", [(1, 1, 4)]),
        ("abcd", "abxcd", []),
        ("abcabc", "abc", [(0, 0, 3), (3, 0, 3)]),
        ("", "abc", []),
    ],
)
def test_shared_runs(one, other, runs):
    assert shared_runs(one, other, width=2, least=3) == runs


def test_letters_and_heads_of_a_text():
    text = "ＡI 민원을, 처리했습니다!"

    assert "".join(letters(text).values) == "ai민원을처리했습니다"
    assert heads(text).values == ("ai", "민원", "처리")
    assert [text[a:b] for a, b in zip(heads(text).starts, heads(text).ends, strict=True)] == [
        "ＡI",
        "민원을",
        "처리했습니다",
    ]

import pytest

from competitions.similarity import band_keys, passage_keys
from competitions.similarity.keys import MOST
from tests.competitions.similarity.texts import OTHER, PARAGRAPHS, TEXT, with_other_endings


def share_keys(one, other):
    return bool(set(passage_keys(one)) & set(passage_keys(other)))


def test_a_paragraph_in_another_text_shares_a_passage_key():
    assert share_keys(f"{OTHER} {PARAGRAPHS[0]}", TEXT)


def test_other_endings_leave_passage_keys():
    assert share_keys(with_other_endings(TEXT), TEXT)


def test_other_texts_share_no_key():
    assert not share_keys(OTHER, TEXT)
    assert not set(band_keys(OTHER)) & set(band_keys(TEXT))


@pytest.mark.parametrize(("text", "count"), [("", 0), ("짧은 글", 0), ("네 낱말로 된 글", 1)])
def test_short_texts_have_few_keys(text, count):
    assert len(passage_keys(text)) == count


def test_keys_are_few_and_fit_a_bigint():
    keys = passage_keys(" ".join(f"낱말{number} 말{number}은" for number in range(20_000)))

    assert len(keys) <= MOST
    assert all(-(1 << 63) <= key < 1 << 63 for key in [*keys, *band_keys(TEXT)])

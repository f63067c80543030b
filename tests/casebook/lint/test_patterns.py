import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.lint.patterns import is_expression, is_slow

GOOD = [
    r"\d{4}-\d{2}-\d{2}", r"[0-9]{10}", r"([가-힣]+ )*[가-힣]+", r"(?:\d{1,3},)*\d{1,3}", r"\d+-\d+-\d+-\d+",
    r"[A-Za-z0-9._]+@[a-z0-9]+\.[a-z]{2,3}", r"(가|나)+", r".+ .+", r"^제\d+조(제\d+항)?$", r"\d+(\.\d+)?",
    r"[가-힣]{2,5}",
    r"\s*\w+\s*", r"\s*\w*\s*", r"(?=.*\d)[a-z\d]+", r"\++", r"[\w\-]+", r"https?://[^\s/]+(/[^\s/]+)*",
    r"(서울|부산)특별시", r"\d{2,3}-?\d{3,4}-?\d{4}", r"(\d{3}-){2}\d{4}",
    r"(?:[^,]+,)*[^,]+", r"(ab?)+", r".+|.+x|.+y", "",
    r"\u00e9",
]  # fmt: skip
SLOW = [
    r"(a+)+", r"(a|aa)*b", r"(a|a)+", r"(.*)*x", r".*.*.*x", r"(\d+,?)+", r"(a?b?)+x", r"(ab?|b)+x",
    "a?" * 20 + "a" * 20,
    r"([a-z]+)*@", r"(\w+\s?)+$", r"(\d+|-)+x", r"(?:a*a*b)+x", r"(?=(a+)+b)", r"(.)\1", r"((a+)b?)+",
    r"(a+){10,}",
    r"(([a-z])+.)+[A-Z]([a-z])+$", r"a*a*-b*b*-", r"()*", r"(a*a*|b)-(a*a*|b)-", r"(a*){20}",
]  # fmt: skip
BAD = [
    "(", "[a", r"(?P<x>a)", "(?i)a", r"\Aab", "a++", r"\-", "a**", r"(?>a)", r"\p{L}", "a{2}+", r"(?(1)a)", ")",
    "[[a]", "[]a[]", "[]x]", "[^]x]", "{", "a}", "]", "a{,3}", "a{x}", r"[\\[a]", "[a--b]", "[a&&b]",
]  # fmt: skip


@pytest.mark.parametrize("pattern", GOOD)
def test_good(pattern):
    assert is_expression(pattern)
    assert not is_slow(pattern)


@pytest.mark.parametrize("pattern", SLOW)
def test_slow(pattern):
    assert is_expression(pattern)
    assert is_slow(pattern)


@pytest.mark.parametrize("pattern", BAD)
def test_no_expression(pattern):
    assert not is_expression(pattern)


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from(list("ab.*+?()|[]-{2}^\\d,가 ")), max_size=14))
def test_what_is_not_slow_ends_soon(pattern):
    if not is_expression(pattern) or is_slow(pattern):
        return
    for value in ("a" * 60 + "!", "ab" * 30 + "!", "2" * 60 + "!", "a-" * 30 + "!"):
        re.fullmatch(pattern, value)


def test_judging_takes_no_time():
    for pattern in ("(" * 150 + ")" * 150, "[ab]" * 75, r"\d?" * 100, "(a|b" * 75 + ")" * 75, "(" * 300):
        if is_expression(pattern):
            is_slow(pattern)

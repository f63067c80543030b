import pytest

from casebook.evidence.numbers import (
    Rate,
    difference,
    interval_of_difference,
    pass_rate,
    stability,
    wilson,
)


@pytest.mark.parametrize(
    ("results", "rate", "share"),
    [
        ([], Rate(0, 0), None),
        ([None, None], Rate(0, 0, 2), None),
        ([False], Rate(0, 1), 0),
        ([True, False, None, True], Rate(2, 3, 1), 2 / 3),
    ],
)
def test_what_waits_is_no_zero(results, rate, share):
    found = pass_rate(results)

    assert (found, found.share, found.runs) == (rate, share, len(results))
    assert (found.interval is None) == (share is None)


@pytest.mark.parametrize(
    ("passed", "judged", "low", "high"),
    [
        # Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_wilson(passed, judged, low, high):
    assert wilson(passed, judged) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((0, 0), (5, 5), "missing"),
        ((5, 5), (0, 0), "missing"),
        ((2, 4), (5, 10), "same"),
        ((0, 1), (1, 1), "unclear"),
        ((4, 5), (5, 5), "unclear"),
        ((0, 5), (5, 5), "better"),
        ((5, 5), (0, 5), "worse"),
        ((48, 80), (56, 70), "better"),
        ((56, 70), (48, 80), "worse"),
    ],
)
def test_difference(before, after, expected):
    assert difference(Rate(*before), Rate(*after)) == expected


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [
        # Newcombe 1998, Interval estimation for the difference, table II, method 10
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((2, 7), (6, 7), 0.0582, 0.8062),
        ((0, 29), (5, 56), -0.0381, 0.1926),
        ((0, 10), (10, 10), 0.6075, 1.0),
    ],
)
def test_interval_of_difference(before, after, low, high):
    found = interval_of_difference(Rate(*before), Rate(*after))

    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ([], None),
        (["가"], None),
        (["", ""], 1),
        (["가로등을 고칩니다", "가로등을\n\n고칩니다 "], 1),
        (["가나다", "라마바"], 0),
        (["가나다라", "가나다마"], 1 / 3),
        (["가나다", "가나다", "라마바"], 1 / 3),
    ],
)
def test_stability(outputs, expected):
    assert stability(outputs) == (expected if expected is None else pytest.approx(expected))

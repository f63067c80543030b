import pytest

from casebook.lint import apply_fix, lint
from tests.casebook.lint.contents import blank, content


def found(**details):
    return [(finding.code, finding.path) for finding in lint(blank(**details))]


@pytest.mark.parametrize(
    "details",
    [
        {"type": "number", "default": "1,200", "example": "2.5"},
        {"type": "date", "example": "2026-03-01"},
        {"type": "bool", "default": "예", "example": "no"},
        {"type": "select", "options": ["가", "나"], "default": "가", "example": "나"},
        {"type": "multiselect", "options": ["가", "나"], "default": "가, 나", "example": "나\n가"},
        {"type": "multiselect", "options": ["가, 나", "다"], "default": "가, 나"},
        {"max_length": 3, "example": "가나다"},
        {"pattern": r"\d{4}-\d{2}", "example": "2026-03"},
        {"pattern": r"\d+", "example": ""},
    ],
)
def test_fitting(details):
    assert found(**details) == []


@pytest.mark.parametrize("field", ["default", "example"])
@pytest.mark.parametrize(
    ("details", "value"),
    [
        ({"type": "number"}, "많음"),
        ({"type": "date"}, "2026. 3. 1."),
        ({"type": "date"}, "20260301"),
        ({"type": "date"}, "2026-02-30"),
        ({"type": "bool"}, "글쎄"),
        ({"max_length": 3}, "가나다라"),
        ({"pattern": r"\d{4}"}, "20263"),
        ({"type": "number", "pattern": r"\d{4}"}, "1"),
    ],
)
def test_misfit(details, value, field):
    assert found(**details, **{field: value}) == [(f"{field}_misfit", f"variables.0.{field}")]


def test_misfit_says_why():
    [finding] = lint(blank(type="date", example="내일"))

    assert finding.text() == "The blank “값”: the example does not fit. Write a date as 2026-03-01."


def test_default_that_is_no_option_is_added_by_the_fix():
    given_content = blank(type="multiselect", options=["가"], default="가, 나", example="다")

    first, second = lint(given_content)

    assert (first.code, second.code) == ("default_not_option", "example_misfit")
    assert apply_fix(given_content, first)["variables"][0]["options"] == ["가", "나"]


def test_choice_without_options():
    given_content = blank()
    given_content["variables"][0]["type"] = "select"  # cleaning refuses it; other ways in may not

    assert [finding.code for finding in lint(given_content)] == ["no_options"]


def test_bad_and_slow_patterns_stop_and_are_not_tried():
    assert found(pattern="[가", example="나") == [("bad_pattern", "variables.0.pattern")]
    assert found(pattern="(a+)+b", example="a" * 60) == [("slow_pattern", "variables.0.pattern")]


def test_pattern_is_not_tried_on_long_values():
    assert found(type="longtext", pattern=r"\d*\d*x", example="1" * 10_000) == []


@pytest.mark.parametrize(
    "keys", [("민원요지", "민원_요지"), ("Name", "name"), ("item1", "iteml"), ("v0", "vo"), ("가I", "가l")]
)
def test_look_alikes_are_joined_by_the_fix(keys):
    first, second = keys
    given_content = content(messages=[f"{{{{{first}}}}} {{{{{second}}}}}"], variables=list(keys))

    [finding] = lint(given_content)
    mended = apply_fix(given_content, finding)

    assert (finding.code, finding.path) == ("look_alike_blanks", "variables.1.key")
    assert mended["messages"][0]["content"] == f"{{{{{first}}}}} {{{{{first}}}}}"
    assert [each["key"] for each in mended["variables"]] == [first]


def test_equal_labels():
    variables = [
        {"key": "가", "label": "민원 요지"},
        {"key": "나", "label": "민원요지"},
        {"key": "다", "label": "다"},
    ]
    given_content = content(messages=["{{가}} {{나}} {{다}}"], variables=variables)

    [finding] = lint(given_content)

    assert (finding.code, finding.path) == ("same_labels", "variables.1.label")
    assert [each["key"] for each in apply_fix(given_content, finding)["variables"]] == ["가", "다"]


@pytest.mark.parametrize("keys", [("이름", "이름2"), ("date1", "date2"), ("가", "나")])
def test_different_names(keys):
    given_content = content(messages=["".join(f"{{{{{key}}}}}" for key in keys)], variables=list(keys))

    assert lint(given_content) == []

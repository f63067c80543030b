import hashlib
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.content import (
    CASE,
    PROMPT,
    ContentRefused,
    canonical_json,
    clean_case,
    clean_prompt,
    content_sha256,
    hours_saved_per_month,
)

PROMPT_GIVEN = {"title": "민원 회신", "messages": [{"role": "user", "content": "{{민원요지}}에 답하세요."}]}
EFFECT = {
    "minutes_before": "60",
    "minutes_after": "10",
    "review_minutes": "5",
    "cases_per_month": "20",
    "adoption_rate": "0.5",
}


def reasons(clean, content):
    with pytest.raises(ContentRefused) as refusal:
        clean(content)
    return [(problem.path, problem.text()) for problem in refusal.value.problems]


def test_prompt_has_every_key():
    assert list(clean_prompt(PROMPT_GIVEN)) == list(PROMPT.fields)


def test_case_has_every_key():
    content = clean_case({"title": "회신 단축"})

    assert list(content) == list(CASE.fields)
    assert content["effect"]["minutes_before"] is None
    assert content["award"] is None


def test_prompt_text_keeps_its_spaces_and_gets_one_form():
    content = clean_prompt({"title": " 가\u200b  나\r\n", "messages": ["  \u1100\u1161\r\n끝\x00 "]})

    assert content["title"] == "가\u200b 나"
    assert content["messages"] == [{"role": "user", "content": "  가\n끝 "}]


def test_lone_surrogate_can_be_stored():
    content = clean_prompt({"title": "a\ud800b", "messages": ["글"]})

    assert content["title"] == "a\ufffdb"


@pytest.mark.parametrize("title", ["", "   ", "\u200b", "\u3164", None])
def test_prompt_without_visible_title(title):
    given_content = {**PROMPT_GIVEN, "title": title}

    assert reasons(clean_prompt, given_content) == [("title", "The title is empty. Write one.")]


def test_prompt_without_text():
    given_content = {"title": "제목", "messages": [{"role": "system", "content": " \n"}]}

    assert reasons(clean_prompt, given_content) == [
        ("messages", "The prompt has no text. Write at least one message.")
    ]


def test_draft_may_lack_title_and_text():
    assert clean_prompt({}, draft=True)["messages"] == []


def test_title_too_long():
    sentence = "Title: 201 characters are more than the 200 allowed. Shorten the text."

    assert reasons(clean_case, {"title": "가" * 201}) == [("title", sentence)]


@pytest.mark.parametrize("sensitivity", ["confidential", "personal"])
def test_closed_information_never_goes_to_public_ai(sensitivity):
    found = reasons(clean_prompt, {**PROMPT_GIVEN, "sensitivity": sensitivity})

    assert [path for path, _ in found] == ["channel"]


def test_closed_information_may_go_to_agency_ai():
    content = clean_prompt({**PROMPT_GIVEN, "sensitivity": "personal", "channel": "agency_ai"})

    assert content["channel"] == "agency_ai"


def test_unknown_key_is_named():
    assert reasons(clean_case, {"title": "가", "titel": "나"}) == [
        ("titel", "“titel” is not a known field. Remove it.")
    ]


def test_unknown_choice_lists_the_allowed_ones():
    found = reasons(clean_case, {"title": "가", "licence": "MIT"})

    assert found == [
        (
            "licence",
            "Licence: “MIT” is not known. Use one of: none, KOGL-0, KOGL-1, KOGL-2, KOGL-3, KOGL-4.",
        )
    ]


def test_all_problems_are_named_with_their_place():
    found = reasons(clean_case, {"title": "", "steps": ["하나", {"text": ["둘"]}]})

    assert found == [
        ("steps.1.text", "Steps 2 › Text: text is expected here."),
        ("title", "The title is empty. Write one."),
    ]


@pytest.mark.parametrize("key", ["민원 요지", "1번", "a-b", ""])
def test_variable_key_refused(key):
    found = reasons(clean_prompt, {**PROMPT_GIVEN, "variables": [{"key": key, "help": "도움"}]})

    assert [path for path, _ in found] == ["variables.0.key"]


def test_variable_declared_twice():
    found = reasons(clean_prompt, {**PROMPT_GIVEN, "variables": ["가", "\u1100\u1161"]})

    assert [path for path, _ in found] == ["variables.1.key"]


def test_select_without_options():
    found = reasons(clean_prompt, {**PROMPT_GIVEN, "variables": [{"key": "말투", "type": "select"}]})

    assert [path for path, _ in found] == ["variables.0.options"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (30, "30"),
        (2.5, "2.5"),
        ("2.50", "2.5"),
        ("1,200", "1200"),
        ("１２", "12"),
        (Decimal("0.10"), "0.1"),
        ("1e3", "1000"),
        (0, "0"),
        ("", None),
        (None, None),
    ],
)
def test_number_becomes_exact_text(value, expected):
    content = clean_case({"title": "가", "effect": {"minutes_before": value}})

    assert content["effect"]["minutes_before"] == expected


@pytest.mark.parametrize(
    "value", [-1, "-0.5", float("nan"), "NaN", float("inf"), "1,2", "12분", True, "1e99", 10**30, [1]]
)
def test_number_refused(value):
    found = reasons(clean_case, {"title": "가", "effect": {"minutes_before": value}})

    assert [path for path, _ in found] == ["effect.minutes_before"]


def test_adoption_rate_as_percentage():
    content = clean_case({"title": "가", "effect": {"adoption_rate": "80%"}})

    assert content["effect"]["adoption_rate"] == "0.8"


def test_adoption_rate_above_one():
    found = reasons(clean_case, {"title": "가", "effect": {"adoption_rate": 80}})

    assert found == [("effect.adoption_rate", "Effect › Adoption rate: 80 is more than 1.")]


def test_step_links_need_a_prompt():
    found = reasons(clean_case, {"title": "가", "steps": [{"prompt": {"version": 1}}]})

    assert [path for path, _ in found] == ["steps.0.prompt.uid"]


def test_hours_saved():
    assert hours_saved_per_month(EFFECT) == Decimal("7.5")


def test_hours_lost_are_negative():
    assert hours_saved_per_month({**EFFECT, "review_minutes": "62"}) == Decimal("-2")


@pytest.mark.parametrize("missing", EFFECT)
def test_hours_saved_with_a_missing_number(missing):
    assert hours_saved_per_month({**EFFECT, missing: None}) is None


def test_canonical_json_bytes():
    assert canonical_json({"나": "가\n", "a": [1, None]}) == '{"a":[1,null],"나":"가\\n"}'.encode()


def test_hash_is_that_of_the_canonical_bytes():
    content = clean_prompt(PROMPT_GIVEN)

    assert content_sha256(content) == hashlib.sha256(canonical_json(content)).hexdigest()


def test_hash_is_the_same_for_decomposed_hangul():
    decomposed = {
        **PROMPT_GIVEN,
        "title": "\u1106\u1175\u11ab\u110b\u116f\u11ab \u1112\u116c\u1109\u1175\u11ab",
    }

    assert content_sha256(clean_prompt(decomposed)) == content_sha256(clean_prompt(PROMPT_GIVEN))


ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=30)
ANY_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "key", "content", "uid", "version", "prompt", "name", "n", "role"]),
            inner,
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(("clean", "shape"), [(clean_prompt, PROMPT), (clean_case, CASE)])
@settings(max_examples=150, deadline=None)
@given(values=st.data())
def test_cleaning_twice_changes_nothing(clean, shape, values):
    given_content = values.draw(st.dictionaries(st.sampled_from(list(shape.fields)), ANY_VALUE))

    try:
        once = clean(given_content, draft=True)
    except ContentRefused:
        return

    assert clean(once, draft=True) == once
    assert json.loads(canonical_json(once)) == once


@settings(max_examples=150, deadline=None)
@given(title=ANY_TEXT, text=ANY_TEXT, tags=st.lists(ANY_TEXT, max_size=3))
def test_any_text_is_cleaned_once_and_for_all(title, text, tags):
    once = clean_prompt({"title": title, "messages": [text], "purpose": text, "tags": tags}, draft=True)

    assert clean_prompt(once, draft=True) == once
    assert "\0" not in canonical_json(once).decode()


@pytest.mark.parametrize(
    ("given_content", "path"),
    [
        ({"effect": [1]}, "effect"),
        ({"steps": 3}, "steps"),
        ({"steps": ["x"] * 201}, "steps"),
        ({"ai_mark": "글쎄"}, "ai_mark"),
        ({"effect": {"n": "2.5"}}, "effect.n"),
        ({"steps": [{"prompt": {"uid": "a", "version": 0}}]}, "steps.0.prompt.version"),
    ],
)
def test_wrong_kind_of_value(given_content, path):
    assert [found for found, _ in reasons(clean_case, {"title": "가", **given_content})] == [path]

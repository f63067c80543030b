import pytest

from casebook.exports.facts import advice_of, case_facts, effect_facts, prompt_facts
from tests.casebook.exports.books import case_of, prompt_of


def effect_of(**given):
    return effect_facts(case_of(effect=given)["effect"], translate=str)


def test_nothing_known_about_the_effect():
    assert effect_of() == []


def test_effect_with_everything():
    facts = effect_of(
        minutes_before=60,
        minutes_after=10,
        review_minutes=5,
        cases_per_month=20,
        adoption_rate="0.5",
        n=12,
        method="measured",
        period="2026. 3.",
    )

    assert facts[0] == ("Hours saved per month", "7.5")
    assert facts[-3:] == [
        ("Number of measurements", "12"),
        ("How it was measured", "Measured"),
        ("Period", "2026. 3."),
    ]


def test_effect_with_a_missing_number_states_no_saving():
    assert effect_of(minutes_before=60) == [
        ("Hours saved per month", "Not stated"),
        ("Minutes before", "60"),
        ("Number of measurements", "Not stated"),
        ("How it was measured", "Not stated"),
        ("Period", "Not stated"),
    ]


@pytest.mark.parametrize(("before", "shown"), [("0.06", "0.1"), ("0.03", "0.1"), ("0.02", "0.0")])
def test_saving_is_rounded_half_up(before, shown):
    facts = effect_of(
        minutes_before=before, minutes_after=0, review_minutes=0, cases_per_month=100, adoption_rate=1
    )

    assert facts[0][1] == shown


def test_prompt_facts_are_in_words():
    content = prompt_of(task_type="draft", licence="KOGL-1", ai_mark=True, tags=["민원"])

    assert prompt_facts(content, translate=str) == [
        ("Task type", "Drafting"),
        ("Sensitivity of the information", "Open information"),
        ("Where it may be used", "Public AI services"),
        ("Licence", "KOGL type 1"),
        ("May be used for AI training", "Yes"),
        ("Tags", "민원"),
    ]


def test_case_facts():
    content = case_of(
        tools=[{"name": "기관 챗봇", "channel": "agency_ai"}, "표 계산"],
        contact={"role": "담당", "phone_public": "02-000-0000"},
        award={"competition": "공모전", "tier": "최우수"},
    )

    assert case_facts(content, translate=str) == [
        ("Licence", "No licence stated"),
        ("Award", "공모전 · 최우수"),
        ("Tools", "기관 챗봇 (AI run by the agency), 표 계산"),
        ("Contact", "담당 · 02-000-0000"),
    ]


def test_advice():
    assert advice_of(prompt_of(advice={"no_upload": True}), translate=str) == ["Upload no files"]

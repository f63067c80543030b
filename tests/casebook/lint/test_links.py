from itertools import pairwise

import pytest

from casebook.lint import apply_fix, lint
from tests.casebook.lint.contents import OWN_UID, PART_UID, STEP_UID, content, text_of, with_part

PART = content(messages=["{{기관}}의 담당자입니다."], variables=[{"key": "기관", "label": "기관 이름"}])
KNOWN = {(PART_UID, 1): PART}
STEP = {"title": "첫째", "prompt": {"uid": STEP_UID, "version": 2}, "gate": "human", "check": "사실을 확인"}


def found(given_content, **given):
    return [(finding.code, finding.path) for finding in lint(given_content, **given)]


def test_part_brings_its_blanks():
    assert lint(with_part(), known=KNOWN) == []


def test_blank_described_by_a_part_may_stand_in_the_text():
    given_content = content(
        messages=["{{> 머리말}} {{기관}}"],
        variables=[],
        parts=[{"name": "머리말", "uid": PART_UID, "version": 1}],
    )

    assert found(given_content, known=KNOWN) == []


def test_variable_used_only_in_a_part_is_used():
    variables = [{"key": "민원요지"}, {"key": "기관", "label": "우리 기관"}]

    assert found(with_part(variables=variables), known=KNOWN) == []


def test_blank_of_a_part_that_nothing_describes():
    loose = content(messages=["{{기관}} {{부서}}"], variables=[])
    given_content = with_part()

    found_first = lint(given_content, known={(PART_UID, 1): loose})
    mended = apply_fix(given_content, found_first[0])

    assert [finding.key for finding in found_first] == ["part_blank:parts:기관", "part_blank:parts:부서"]
    assert [finding.key for finding in lint(mended, known={(PART_UID, 1): loose})] == [
        "part_blank:parts:부서"
    ]


def test_unknown_part():
    [finding] = lint(text_of("글 {{> 머리말}} {{>머리말}}"))

    assert (finding.code, finding.severity, finding.start, finding.end) == ("unknown_part", "blocking", 2, 11)


def test_part_that_does_not_exist_here():
    assert found(with_part(), known={}) == [("missing_part", "parts.0")]


def test_without_known_contents_nothing_is_said_about_them():
    assert found(with_part(variables=[{"key": "민원요지"}, {"key": "기관"}])) == []


def test_unused_part_is_removed_by_its_fix():
    given_content = content(parts=[{"name": "머리말", "uid": PART_UID, "version": 1}])

    [finding] = lint(given_content, known=KNOWN)

    assert (finding.code, finding.severity) == ("unused_part", "warning")
    assert apply_fix(given_content, finding) == content()


@pytest.mark.parametrize(("newest", "codes"), [(1, []), (3, [("old_part", "parts.0")])])
def test_part_out_of_date(newest, codes):
    assert found(with_part(), known=KNOWN, newer={PART_UID: newest}) == codes


def test_part_out_of_date_is_pinned_to_the_newest():
    [finding] = lint(with_part(), known=KNOWN, newer={PART_UID: 3})

    assert apply_fix(with_part(), finding)["parts"][0]["version"] == 3
    assert finding.fix.text() == "Take version 3"


def test_parts_in_a_circle():
    other = with_part(parts=[{"name": "머리말", "uid": STEP_UID, "version": 1}])
    known = {(PART_UID, 1): other, (STEP_UID, 1): with_part()}

    assert found(with_part(), known=known) == [("part_cycle", "parts")]


def test_part_that_includes_the_prompt_itself():
    own = with_part(parts=[{"name": "머리말", "uid": OWN_UID, "version": 1}])
    known = {(PART_UID, 1): own, (OWN_UID, 1): content()}

    assert found(with_part(), known=known) == []
    assert found(with_part(), known=known, uid=OWN_UID) == [("part_cycle", "parts")]


def test_step_that_leads_back():
    given_content = content(steps=[{**STEP, "prompt": {"uid": OWN_UID, "version": 1}}])

    assert found(given_content, known={(OWN_UID, 1): content()}, uid=OWN_UID) == [("part_cycle", "steps")]


def test_parts_too_deep():
    uids = [f"00000000-0000-4000-8000-{number:012}" for number in range(100, 130)]
    known = {
        (uid, 1): with_part(parts=[{"name": "머리말", "uid": below, "version": 1}])
        for uid, below in pairwise(uids)
    }
    given_content = with_part(parts=[{"name": "머리말", "uid": uids[0], "version": 1}])

    assert found(given_content, known=known) == [("deep_parts", "parts")]


def test_parts_too_long():
    part = content(messages=["가" * 200_000], variables=[])
    given_content = content(
        messages=["{{> 머리말}}" * 12 + "{{민원요지}}"],
        parts=[{"name": "머리말", "uid": PART_UID, "version": 1}],
    )

    assert found(given_content, known={(PART_UID, 1): part}) == [("long_parts", "parts")]


def test_length_counts_the_parts():
    part = content(messages=["가" * 9_000], variables=[])

    assert found(with_part(), known={(PART_UID, 1): part}) == [("long", "messages")]


def test_step_that_does_not_exist_here():
    assert found(content(steps=[STEP]), known={}) == [("missing_step", "steps.0.prompt")]


def test_step_out_of_date():
    given_content = content(steps=[STEP])
    known = {(STEP_UID, 2): content()}

    [finding] = lint(given_content, known=known, newer={STEP_UID: 4})

    assert (finding.code, finding.path) == ("old_step", "steps.0.prompt")
    assert apply_fix(given_content, finding)["steps"][0]["prompt"]["version"] == 4


@pytest.mark.parametrize(
    ("gate", "check", "codes"), [("human", "", ["no_check"]), ("human", "가", []), ("auto", "", [])]
)
def test_what_a_person_checks(gate, check, codes):
    given_content = content(steps=[{**STEP, "gate": gate, "check": check}])

    assert [code for code, _path in found(given_content)] == codes


def test_prompt_of_steps_needs_no_text_and_its_blanks_may_be_used_in_them():
    given_content = content(messages=[], variables=[{"key": "기관"}], steps=[STEP])

    assert found(given_content, known={(STEP_UID, 2): PART}) == []
    assert found(given_content, known={(STEP_UID, 2): content()}) == [("unused_blank", "variables.0.key")]

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.content import clean_prompt
from casebook.lint import SEVERITIES, Finding, apply_fix, blocks, lint, summary, with_key
from casebook.lint.fields import texts_of
from casebook.lint.rules import RULES
from tests.casebook.lint.contents import FINISHED, content, text_of

DOC = Path(__file__).parents[3] / "docs" / "lint.md"


def test_nothing_to_find():
    assert lint(content(), known={}, newer={}) == []


def test_empty_draft_says_what_is_missing():
    found = {finding.code: finding.severity for finding in lint(clean_prompt({}, draft=True))}

    assert found == {
        "no_title": "blocking",
        "no_text": "blocking",
        "no_summary": "warning",
        "no_output_format": "warning",
        "no_example_input": "warning",
        "no_example_output": "warning",
        "no_checklist": "warning",
        "no_licence": "hint",
    }


def test_blocking_findings_come_first():
    ranks = [
        SEVERITIES.index(finding.severity) for finding in lint(text_of("[기관]의 {{이름}}", licence="none"))
    ]

    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_blocks_and_summary():
    found = lint(text_of("[기관]의 {{이름}}", licence="none"))

    assert blocks(found)
    assert summary(found) == {"blocking": 1, "warning": 1, "hint": 1}
    assert not blocks(finding for finding in found if finding.severity != "blocking")
    assert summary([]) == {"blocking": 0, "warning": 0, "hint": 0}


def test_finding_speaks_the_readers_language():
    words = {
        "%(field)s: this looks like personal data (%(kind)s). It must never be published; remove it.": (
            "%(field)s: 개인정보(%(kind)s)로 보입니다."
        ),
        "Resident registration number": "주민등록번호",
        "Prompt text": "프롬프트 글",
        "Text": "글",
        "Black it out with ○": "○로 가리기",
    }

    [finding] = lint(text_of("900101-1234567 확인"))

    assert (
        finding.text(lambda msgid: words.get(msgid, msgid))
        == "프롬프트 글 1 › 글: 개인정보(주민등록번호)로 보입니다."
    )
    assert finding.fix.text(words.get) == "○로 가리기"


@pytest.mark.parametrize("code", RULES)
def test_every_finding_is_in_the_documentation(code):
    row = next((line for line in DOC.read_text("utf-8").splitlines() if line.startswith(f"| `{code}` |")), "")

    assert RULES[code].severity in row


def test_key_names_one_finding():
    found = lint(text_of("{{가}} {{나}} [다] {{가 나}}"))

    assert len({finding.key for finding in found}) == len(found) == 4
    assert [with_key(found, finding.key) for finding in found] == found
    assert with_key(found, "unknown") is None


def test_key_holds_when_what_follows_changes():
    [before] = lint(text_of("수신 {{가}}"))
    [after] = lint(text_of("수신 {{가}} 귀하", title="다른 제목"))

    assert before.key == after.key


def test_lint_leaves_the_content_alone():
    given = text_of("[기관]의 {{이름}}", sensitivity="internal")
    before = copy.deepcopy(given)

    for finding in lint(given):
        if finding.fix:
            apply_fix(given, finding)

    assert given == before


PIECES = (
    "{{가}}", "{{가 나}}", "{{a-b}}", "{{", "{{가}", "{{}}", "{{{가}}}", "{{> 부}}", "{{> 부 품}}", "{{#if x}}",
    "[기관]", "<이름>",
    "${말투:정중}", "{부서}", "\u200b", "\u202e", "\U000e0041", "900101-1234567", "010-1234-5678", "\n", " ",
    "글", "{", "}",
    "{{말투:정중|간결}}", "=", '{{"a": 1}}', "품", "{{" + "가" * 101 + "}}",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=3),
    st.sampled_from(["open", "internal"]),
)
def test_every_fix_mends_its_finding_and_leaves_a_clean_content(texts, sensitivity):
    given_content = text_of(
        *texts, sensitivity=sensitivity, variables=["가_나", {"key": "쓰지않음", "type": "number"}]
    )

    found = lint(given_content)

    assert len({finding.key for finding in found}) == len(found)
    for finding in found:
        assert finding.text()
        if finding.fix:
            mended = apply_fix(given_content, finding)
            assert clean_prompt(mended, draft=True) == mended
            assert finding not in lint(mended)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_places_lie_in_their_fields(text):
    given_content = text_of(text)
    fields = dict(texts_of(given_content))

    for finding in lint(given_content):
        if finding.start is not None:
            assert 0 <= finding.start < finding.end <= len(fields[finding.path])


def test_fixing_all_ends_without_blocking_findings():
    given_content = text_of(
        "[기관]의 {{이름}} {{민원 요지}} {{나이} 900101-1234567\u202e", sensitivity="internal"
    )

    for _turn in range(50):
        fixable = next((finding for finding in lint(given_content) if finding.fix), None)
        if fixable is None:
            break
        given_content = apply_fix(given_content, fixable)

    assert not blocks(lint(given_content))


def test_a_finding_without_a_fix_is_refused():
    with pytest.raises(ValueError, match="no_title"):
        apply_fix(content(), Finding("no_title", "title"))


def test_personal_data_is_never_repeated():
    [finding] = lint(text_of("900101-1234567"))

    assert "1234567" not in repr(finding) + finding.text() + finding.key + str(finding.fix)


def test_large_prompt():
    keys = [f"빈칸{number}" for number in range(1_000)]
    body = " ".join(f"{{{{{key}}}}}" for key in keys[:500])
    given_content = text_of(body + "글 " * 70_000, variables=keys)
    found = lint(given_content)
    assert [finding.code for finding in found] == ["unused_blank"] * 500 + ["long"]


def test_longest_published_prompt_is_only_a_hint():
    assert [finding.code for finding in lint(text_of("가나다 " * 36_065))] == ["long"]


def test_far_too_long_text_is_not_looked_at():
    found = lint(text_of(*["{{" * 100_000] * 11), detect=None)

    assert [finding.code for finding in found] == ["too_long"]


def test_a_thousand_findings_of_one_kind_say_enough():
    found = lint(text_of("{{#if x}}" * 20_000, *["{{#if x}}" * 2_000] * 3), detect=lambda text: [])

    assert summary(found)["warning"] == 1_000


@pytest.mark.parametrize(
    "piece",
    ["{{", "{{가", "{{가 ", "{{가 나}}", "{{가}", "{{{", "{{#", "{{>", "\u200b", "\U0001f3f4\U000e0041",
    "👩\u200d", "}}", "{{=", "[가]\n", "{{a."],
)  # fmt: skip
def test_long_text_takes_no_time(piece):
    given_content = text_of(*[(piece * 200_000)[:200_000]] * 5)
    lint(given_content, detect=lambda text: [])


def test_finished_example_has_every_recommended_field():
    assert lint(clean_prompt(FINISHED)) == []

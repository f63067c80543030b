from types import SimpleNamespace

import pytest

from accounts.privacy import BLOCKING, KINDS
from casebook.lint import apply_fix, blocks, lint
from casebook.lint.safety import MOST_IN_FIELD
from tests.casebook.lint.contents import PART_UID, blank, content, text_of, with_part

FIELDS = [
    ("title", "title"), ("summary", "summary"), ("purpose", "purpose"), ("audience", "audience"),
    ("output_format", "output_format"), ("example_input", "example_input"), ("example_output",
    "example_output"),
    ("prohibited_inputs", "prohibited_inputs"), ("known_limitations", "known_limitations"), ("attribution",
    "attribution"),
    ("ai_disclosure", "ai_disclosure"), ("output_schema", "output_schema"),
]  # fmt: skip


def found(given_content):
    return [(finding.code, finding.path) for finding in lint(given_content)]


@pytest.mark.parametrize(("field", "path"), FIELDS)
def test_identity_number_in_any_field(field, path):
    number = "900101-1234567"

    assert ("identity_number", path) in found(content(**{field: f"번호 {number}"}))


@pytest.mark.parametrize("field", ["label", "help", "default", "example"])
def test_identity_number_in_a_blank(field):
    assert ("identity_number", f"variables.0.{field}") in found(blank(**{field: "900101-1234567"}))


def test_identity_number_in_lists():
    given_content = content(
        tags=["900101-1234567"],
        verification_checklist=["가", "900101-1234567"],
        steps=[{"title": "가", "prompt": {"uid": PART_UID, "version": 1}, "check": "900101-1234567"}],
    )

    paths = [path for code, path in found(given_content) if code == "identity_number"]

    assert paths == ["verification_checklist.1", "tags.0", "steps.0.check"]


def test_telephone_is_a_warning():
    [finding] = lint(content(example_input="전화 010-1234-5678"))

    assert (finding.code, finding.severity, finding.start, finding.end) == ("personal_data", "warning", 3, 16)
    assert not blocks([finding])


@pytest.mark.parametrize("kind", KINDS)
def test_severity_of_each_kind(kind):
    def detect(text):
        return [SimpleNamespace(kind=kind, start=0, end=1)] if text == "다섯 문장" else []

    [finding] = lint(content(), detect=detect)

    assert blocks([finding]) == (kind in BLOCKING)
    assert KINDS[kind] in finding.text()


def test_blocking_kinds_are_never_crowded_out():
    phones = [SimpleNamespace(kind="phone", start=place, end=place + 1) for place in range(MOST_IN_FIELD)]
    last = SimpleNamespace(kind="rrn", start=MOST_IN_FIELD, end=MOST_IN_FIELD + 1)

    assert blocks(lint(text_of("가" * 1_000), detect=lambda text: [*phones, last] if len(text) > 900 else []))


def test_black_out():
    given_content = text_of("번호는 900101-1234567입니다.")

    mended = apply_fix(given_content, lint(given_content)[0])

    assert mended["messages"][0]["content"] == "번호는 ○○○○○○-○○○○○○○입니다."


def test_links_and_codes_are_no_personal_data():
    seen = []
    lint(with_part(command="a-b"), detect=lambda text: seen.append(text) or [])

    assert "머리말" in seen
    assert not {PART_UID, "a-b", "user", "KOGL-1", "text"} & set(seen)


def test_internal_information_and_public_ai():
    given_content = content(sensitivity="internal", prohibited_inputs="개인정보", advice={"deidentify": True})

    [finding] = lint(given_content)

    assert (finding.code, finding.severity) == ("internal_public", "warning")
    assert apply_fix(given_content, finding)["channel"] == "agency_ai"


def test_closed_information_and_public_ai():
    given_content = content(prohibited_inputs="원문", advice={"deidentify": True})
    given_content["sensitivity"] = "personal"  # cleaning refuses it; other ways in may not

    [finding] = lint(given_content)

    assert (finding.code, finding.severity) == ("closed_public", "blocking")
    assert lint(apply_fix(given_content, finding)) == []


@pytest.mark.parametrize("sensitivity", ["internal", "confidential", "personal"])
@pytest.mark.parametrize("channel", ["agency_ai", "on_device"])
def test_closed_information_needs_advice_and_prohibited_inputs(sensitivity, channel):
    given_content = content(sensitivity=sensitivity, channel=channel)

    first, second = lint(given_content)
    mended = apply_fix(apply_fix(given_content, first), second)

    assert [(first.code, first.severity), (second.code, second.severity)] == [
        ("no_prohibited", "blocking"),
        ("no_advice", "warning"),
    ]
    assert lint(mended) == []
    assert mended["advice"]["deidentify"]


def test_open_information_needs_neither():
    assert lint(content(sensitivity="open")) == []


def test_usual_list_is_offered_for_korean_prompts_only():
    finding = lint(content(sensitivity="internal", channel="agency_ai", language="en"))[0]

    assert (finding.code, finding.fix) == ("no_prohibited", None)


@pytest.mark.parametrize(
    ("above", "channel"),
    [("internal", "public_ai"), ("confidential", "agency_ai"), ("personal", "agency_ai")],
)
def test_blank_above_its_prompt_raises_the_prompt(above, channel):
    given_content = blank(sensitivity=above)

    [finding] = lint(given_content)
    mended = apply_fix(given_content, finding)

    assert (finding.code, finding.path) == ("blank_above", "variables.0.sensitivity")
    assert (mended["sensitivity"], mended["channel"]) == (above, channel)


def test_blank_at_or_below_its_prompt():
    given_content = blank(sensitivity="internal")
    given_content.update(sensitivity="internal", channel="agency_ai")

    assert "blank_above" not in [finding.code for finding in lint(given_content)]


def test_part_above_its_prompt():
    part = content(messages=["머리"], variables=[], sensitivity="personal", channel="on_device")
    given_content = with_part()
    known = {(PART_UID, 1): part}

    [finding] = lint(given_content, known=known)

    assert (finding.code, finding.path) == ("part_above", "parts.0")
    assert apply_fix(given_content, finding)["sensitivity"] == "personal"

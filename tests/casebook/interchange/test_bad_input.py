"""What the worst prompts of the world do to a reader: a clear reason, soon, and nothing lost."""

import pytest

from casebook.interchange import Item, Refused, Unrecognised, read_file
from tests.casebook.interchange.reads import messages, one_item, reasons, said


def test_a_very_long_prompt_comes_in_whole():
    text = "가" * 144_260

    assert messages(one_item("a.prompt", text)) == [("user", text)]


def test_a_prompt_beyond_the_limit_is_refused():
    assert "more than the 200000 allowed" in reasons("a.prompt", "가" * 200_001)[0]


def test_five_hundred_blanks():
    assert len(one_item("a.prompt", "".join(f"{{{{b{n}}}}}" for n in range(500))).content["variables"]) == 500


def test_too_many_blanks_are_refused():
    assert (
        "more than the 1000 allowed" in reasons("a.prompt", "".join(f"{{{{b{n}}}}}" for n in range(1_001)))[0]
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("민원 요지", "민원_요지"),
        ("가-나.다", "가_나_다"),
        ("größe", "gro_e"),
        ("2차", "_2차"),
        ("日本", "blank"),
        ("가" * 150, "가" * 90),
    ],
)
def test_names_that_cannot_be_keys(name, key):
    (item,) = read_file("a.json", f'[{{"name": "a", "prompt": "{{{{{name}}}}}", "labels": []}}]'.encode())

    assert [each["key"] for each in item.content["variables"]] == [key]
    assert f"is called “{key}” here." in said(item)[-1]


def test_two_names_never_share_a_key():
    (item,) = read_file("a.json", b'[{"name": "a", "prompt": "{{a b}} {{a_b}} {{a-b}}", "labels": []}]')

    assert messages(item) == [("user", "{{a_b}} {{a_b_2}} {{a_b_3}}")]


def test_right_to_left_and_zero_width_signs_stay():
    text = "\u202eabc\u202c\u200b{{이름}}\u2066x\u2069"

    assert messages(one_item("a.prompt", text)) == [("user", text)]


@pytest.mark.parametrize("reference", ["${env:PATH}", "${file:/etc/passwd}", "${FILE:../a}"])
def test_references_are_text(reference):
    item = one_item(
        "a.prompty", f"---\nname: a\ndescription: {reference!r}\n---\nuser:\n{reference} {{{{x}}}}"
    )

    assert item.content["summary"] == reference
    assert messages(item) == [("user", f"{reference} {{{{x}}}}")]
    assert f"“{reference}” refers to a secret or a file outside. It was not followed." in said(item)


@pytest.mark.parametrize("sign", ["{{", "{%", "{{!--a}}", "\\", "{{{", "\n", "user:\n", "{{x | t:", "---\n"])
@pytest.mark.parametrize("name", ["a.prompty", "a.prompt"])
def test_a_megabyte_of_one_sign_is_read_soon(name, sign):
    text = "---\nname: a\n---\nuser:\n" + sign * (1_000_000 // len(sign))

    (result,) = read_file(name, text.encode())

    assert isinstance(result, Refused | Item)


def test_every_problem_of_a_template_up_to_ten():
    assert len(reasons("a.prompt", "---\nname: a\n---\n" + "{{#if a}}" * 30)) == 10


def test_long_descriptions_become_the_purpose():
    item = one_item("a.prompty", f"---\ndescription: {'가' * 301}\nname: {'나' * 201}\n---\nuser:\nx")

    assert (item.content["summary"], item.content["purpose"]) == ("", "가" * 301)
    assert item.content["title"] == "나" * 200
    assert "The title has 201 characters; the first 200 were kept." in said(item)


def test_closed_information_goes_to_no_public_ai():
    item = one_item("a.prompt", "---\nkr.sensitivity: personal\n---\nx")

    assert (item.content["sensitivity"], item.content["channel"]) == ("personal", "agency_ai")
    assert "The information is not public, so the prompt is for AI run by the agency." in said(item)


@pytest.mark.parametrize("depth", [60, 900, 5_000])
def test_deep_values_are_refused_not_followed(depth):
    deep = "[" * depth + "]" * depth

    with pytest.raises(Unrecognised, match="nests too deeply"):
        read_file(
            "a.json", f'[{{"name": "a", "prompt": "b", "labels": [], "config": {{"x": {deep}}}}}]'.encode()
        )


@pytest.mark.parametrize("value", ["[" * 900 + "]" * 900, '{"messages": 3}', "3", '"a"', "null"])
def test_what_was_carried_along_may_be_nonsense(value):
    item = one_item("a.prompty", carrying(value))

    assert messages(item) == [("user", "hi")]


def test_what_was_carried_along_is_checked_like_everything():
    assert reasons("a.prompty", carrying('{"colour": 1}')) == ["“colour” is not a known field. Remove it."]


def carrying(fields):
    return f"---\nname: a\nmetadata:\n  prompt_casebook: '{{\"fields\": {fields}}}'\n---\nuser:\nhi"


@pytest.mark.parametrize(
    "option", ["temperature: -1", "temperature: hot", "maxOutputTokens: 1.5", "topP: [1]"]
)
def test_settings_that_are_no_numbers_are_left_out(option):
    item = one_item("a.prompty", f"---\nmodel:\n  id: m\n  options: {{{option}}}\n---\nuser:\nx")

    assert item.content["model"] == {"name": "m", "temperature": None, "top_p": None, "max_tokens": None}
    assert any("has no place here and was left out." in each for each in said(item))

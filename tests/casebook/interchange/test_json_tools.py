"""Langfuse, Open WebUI, LibreChat, MCP and our own JSON."""

import json

import pytest

from casebook.interchange import Item, Refused, read_file, write_file
from tests.casebook.interchange.contents import FULL, SMALL, item_of
from tests.casebook.interchange.reads import blank, messages, said


def read(value, name="a.json"):
    return read_file(name, json.dumps(value, ensure_ascii=False).encode())


def read_one(value):
    (item,) = read(value)
    assert isinstance(item, Item), [problem.text() for problem in item.problems]
    return item


def reasons(value):
    return [problem.text() for result in read(value) for problem in getattr(result, "problems", ())]


LANGFUSE = {
    "name": "민원/도로/회신",
    "type": "chat",
    "prompt": [
        {"role": "system", "content": "담당자"},
        {"type": "placeholder", "name": "이력"},
        {"role": "user", "content": "{{요지}} {{ 받는 이 }}"},
    ],
    "config": {"model": "m", "temperature": 0.2, "stop": ["x"]},
    "labels": ["production", "latest"],
    "tags": ["민원"],
    "commitMessage": "고침",
}
KINDS = "text textarea select number checkbox date datetime-local color email month range tel time url map"
OPEN_WEBUI = {
    "command": "/reply",
    "title": "회신",
    "content": " ".join(
        [
            '{{요지 | textarea:required:placeholder="여기: 요지"}}',
            '{{말투 | select:options=["정중","간결"]:default="정중"}}',
            "{{수 | number:min=1:default=3}}",
            '{{확인 | checkbox:label="확인함":default=true}}',
            "{{날 | date}} {{요지}} {{USER_NAME}}",
        ]
    ),
    "timestamp": 1755820800,
    "user_id": "u",
    "access_control": None,
}
LIBRECHAT = {
    "prompt": {"prompt": "{{요지}} 말투 {{말투:정중|간결}} {{current_date}}", "type": "text"},
    "group": {"name": "회신", "category": "write", "oneliner": "회신 초안", "command": "reply"},
}


def test_langfuse_chat():
    item = read_one([LANGFUSE])

    assert (item.name, item.content["title"], item.content["work_field"]) == (
        "민원/도로/회신",
        "회신",
        "민원/도로",
    )
    assert messages(item) == [("system", "담당자"), ("user", "{{요지}} {{받는_이}}")]
    assert "The labels (production) were left out: here an editor gives them." in said(item)
    assert "The place for an earlier conversation (“이력”) was left out." in said(item)
    assert "“stop” has no place here and was left out." in said(item)


def test_langfuse_text_and_answers_of_its_interface():
    text = {"name": "a", "type": "text", "prompt": "{{x}}", "labels": [], "version": 3}

    assert messages(read_one(text)) == [("user", "{{x}}")]
    assert reasons({"data": [{"name": "a", "versions": [1], "labels": [], "tags": []}], "meta": {}}) == [
        "The entry has no prompt text. Export the prompts with their text."
    ]


def test_langfuse_reference_to_another_prompt():
    (reason,) = reasons([{"name": "a", "prompt": "@@@langfusePrompt:name=b|label=production@@@"}])

    assert "puts in a part from another file" in reason


def test_open_webui_older_form():
    item = read_one([OPEN_WEBUI])

    assert (item.content["title"], item.content["command"]) == ("회신", "reply")
    assert blank(item, "요지")["type"] == "longtext"
    assert (blank(item, "요지")["required"], blank(item, "요지")["example"]) == (True, "여기: 요지")
    assert (blank(item, "말투")["options"], blank(item, "말투")["default"]) == (["정중", "간결"], "정중")
    assert (blank(item, "수")["type"], blank(item, "수")["default"]) == ("number", "3")
    assert (blank(item, "확인")["type"], blank(item, "확인")["label"]) == ("bool", "확인함")
    assert (blank(item, "확인")["default"], blank(item, "날")["type"]) == ("true", "date")
    assert "“수: min” has no place here and was left out." in said(item)
    assert "Open WebUI fills “USER_NAME” itself; here a person fills it." in said(item)


def test_open_webui_newer_form():
    item = read_one(
        [
            {
                "command": "요약",
                "name": "요약",
                "content": "{{글}}",
                "tags": ["가"],
                "meta": {"description": "줄임"},
                "is_active": False,
            }
        ]
    )

    assert (item.content["title"], item.content["summary"], item.content["tags"]) == ("요약", "줄임", ["가"])
    assert "The command “요약” cannot be one here and was left out." in said(item)
    assert "The prompt is switched off there." in said(item)


@pytest.mark.parametrize("kind", KINDS.split())
def test_every_input_of_open_webui_comes_in(kind):
    options = ':options=["a"]' if kind == "select" else ""

    item = read_one([{"command": "a", "title": "a", "content": f"{{{{x | {kind}{options}:required}}}}"}])

    assert messages(item) == [("user", "{{x}}")]
    assert blank(item, "x")["required"] is True


def test_one_bad_item_does_not_refuse_the_others():
    results = read([OPEN_WEBUI, {"command": "b", "title": "b"}, 3])

    assert [type(each) for each in results] == [Item, Refused, Refused]
    assert [each.source.number for each in results] == [1, 2, 3]


def test_librechat():
    item = read_one(LIBRECHAT)

    assert (item.content["title"], item.content["summary"]) == ("회신", "회신 초안")
    assert (item.content["command"], item.content["tags"]) == ("reply", ["write"])
    assert messages(item) == [("user", "{{요지}} 말투 {{말투}} {{current_date}}")]
    assert (blank(item, "말투")["type"], blank(item, "말투")["options"]) == ("select", ["정중", "간결"])
    assert "LibreChat fills “current_date” itself; here a person fills it." in said(item)


def test_librechat_list_of_groups():
    groups = [{"name": "가", "productionPrompt": {"prompt": "{{나}}"}, "category": ""}, {"name": "다"}]

    first, second = read({"promptGroups": groups, "pageNumber": "1"})

    assert messages(first) == [("user", "{{나}}")]
    assert [problem.text() for problem in second.problems] == ["The entry has no prompt text."]


def test_mcp_get():
    text = {"role": "assistant", "content": {"type": "text", "text": "네"}}
    result = {
        "description": "회신",
        "messages": [{"role": "user", "content": {"type": "text", "text": "{{a}}"}}, text],
    }

    item = read_one({"jsonrpc": "2.0", "id": 1, "result": result})

    assert (item.content["title"], item.content["summary"]) == ("a", "회신")
    assert messages(item) == [("user", "{{a}}"), ("assistant", "네")]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (
            {"prompts": [{"name": "a", "arguments": []}], "ttlMs": 0},
            "prompts/list has names and arguments, not the text. Save the answer to prompts/get instead.",
        ),
        (
            {"messages": [{"role": "user", "content": {"type": "image", "data": ""}}]},
            "A message holds something else than text (image).",
        ),
        (
            {"messages": [{"role": "system", "content": {"type": "text", "text": "a"}}]},
            "The role “system” has no place here.",
        ),
    ],
)
def test_mcp_refused(value, reason):
    assert reason in reasons(value)


def test_our_json_says_when_it_was_changed():
    data = write_file("json", [item_of(SMALL)]).data.replace("답하세요".encode(), "답하시오".encode())

    (item,) = read_file("a.json", data)

    assert said(item) == ["The prompt was changed after the export: its hash differs."]


def test_our_json_of_a_later_form_is_refused():
    assert reasons({"format": "prompt-casebook-prompts", "format_version": 2, "prompts": []}) == [
        "The file has form 2; this site reads form 1. Update this site."
    ]


def test_our_json_with_a_broken_prompt():
    value = json.loads(write_file("json", [item_of(SMALL), item_of(FULL)]).data)
    value["prompts"][0]["content"]["title"] = ""

    broken, whole = read(value)

    assert [problem.text() for problem in broken.problems] == ["Line 1: The title is empty. Write one."]
    assert whole.content["title"] == FULL["title"]


def test_commands_are_told_apart_for_open_webui():
    data = write_file("open_webui", [item_of(SMALL), item_of({**SMALL, "summary": "둘"})]).data

    commands = [entry["command"] for entry in json.loads(data)]

    assert len(set(commands)) == 2
    assert all(command.startswith("prompt-") for command in commands)

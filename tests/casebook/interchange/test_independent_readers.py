"""Files written here, read by the tools' own libraries: the same messages with the same values filled in."""

import asyncio
import json

import prompty
import pytest
from dotpromptz import DataArgument, Dotprompt
from hypothesis import given, settings
from mcp.types import GetPromptResult, ListPromptsResult
from prompty.core.pipeline import prepare

from casebook.blanks import blanks_in, fill
from casebook.interchange import write_file
from tests.casebook.interchange.contents import FULL, NASTY, SMALL, item_of, items

VALUES = {"민원요지": "값 <하나> & {{x}}", "말투": "정중"}
PROMPTY_WORDS = {"not": "not_", "self": "self_", "true": "true_", "if": "if_"}
DOTPROMPT_WORDS = {"true": "true_", "this": "this_", "if": "if_", "history": "history_"}
LINE_ENDS = "\u2028"
ROLES = {"model": "assistant"}


def read_with_prompty(tmp_path, item, values):
    path = tmp_path / "a.prompty"
    path.write_bytes(write_file("prompty", [item]).data)
    agent = prompty.load(path)
    messages = [
        (message.role, "".join(part.value for part in message.parts)) for message in prepare(agent, values)
    ]
    return agent, messages


def read_with_dotprompt(item, values):
    source = write_file("dotprompt", [item]).data.decode()
    library = Dotprompt()
    rendered = asyncio.run(library.render(source, DataArgument(input=values)))
    messages = [
        (ROLES.get(message.role.value, message.role.value), "".join(part.text for part in message.content))
        for message in rendered.messages
    ]
    return library.parse(source), messages


def filled(item, values):
    return [
        (each["role"], fill(each["content"].replace(LINE_ENDS, "\n"), values).strip("\n"))
        for each in item.content["messages"]
    ]


def comparable(messages):
    return [(role, text.replace("\u200b", "").strip()) for role, text in messages]


@pytest.mark.parametrize("given_content", [SMALL, FULL], ids=["small", "full"])
def test_prompty_reads_what_we_wrote(tmp_path, given_content):
    item = item_of(given_content)

    agent, messages = read_with_prompty(tmp_path, item, VALUES)

    assert messages == filled(item, VALUES)
    assert [each.name for each in agent.inputs] == [each["key"] for each in item.content["variables"]]


def test_prompty_reads_our_model_and_inputs(tmp_path):
    agent, _ = read_with_prompty(tmp_path, item_of(FULL), VALUES)

    assert (agent.model.id, agent.model.options.temperature) == ("gpt-4o-mini", 0.2)
    assert agent.model.options.max_output_tokens == 600
    assert agent.inputs[1].enum_values == ["정중", "간결"]
    assert agent.inputs[0].required is True


@pytest.mark.parametrize("given_content", [SMALL, FULL], ids=["small", "full"])
def test_dotprompt_reads_what_we_wrote(given_content):
    item = item_of(given_content)

    parsed, messages = read_with_dotprompt(item, VALUES)

    assert comparable(messages) == comparable(filled(item, VALUES))
    properties = parsed.raw["input"]["schema"]["properties"]
    assert list(properties) == [each["key"] for each in item.content["variables"]]


@pytest.mark.parametrize("sign", NASTY)
@pytest.mark.parametrize(
    "frame", ["앞{}뒤{{{{이름}}}}", "앞{{{{이름}}}}{}", "{}{{{{이름}}}}끝", "{0}{0}{0}끝"]
)
def test_signs_of_other_languages_stay_plain_text(tmp_path, sign, frame):
    text = frame.format(sign)
    item = item_of({"title": "가", "messages": [text], "variables": [{"key": "이름"}]})
    values = dict.fromkeys(blanks_in(item.content["messages"]), "값")

    _, by_prompty = read_with_prompty(tmp_path, item, values)
    expected = comparable(filled(item, values))

    assert comparable(by_prompty) == expected
    _, by_dotprompt = read_with_dotprompt(item, values)
    said = [(each["role"], fill(each["content"], values)) for each in item.content["messages"]]
    assert comparable(by_dotprompt) == comparable(said)


@settings(max_examples=60, deadline=None)
@given(item=items())
def test_any_prompt_loads_in_prompty(tmp_path_factory, item):
    values = {each["key"]: "값" for each in item.content["variables"]}
    values |= dict.fromkeys(blanks_in(item.content["messages"]), "값")
    theirs = {PROMPTY_WORDS.get(key, key): value for key, value in values.items()}

    _, messages = read_with_prompty(tmp_path_factory.mktemp("any"), item, theirs)

    assert comparable(messages) == comparable(filled(item, values))


@settings(max_examples=60, deadline=None)
@given(item=items())
def test_any_prompt_loads_in_dotprompt(item):
    values = dict.fromkeys(blanks_in(item.content["messages"]), "값")
    theirs = {DOTPROMPT_WORDS.get(key, key): value for key, value in values.items()}
    said = [(each["role"], fill(each["content"], values)) for each in item.content["messages"]]
    if item.content.get("parts"):
        parsed = Dotprompt().parse(write_file("dotprompt", [item]).data.decode())
    else:
        parsed, messages = read_with_dotprompt(item, theirs)
        assert comparable(messages) == comparable(said)

    assert parsed.ext["kr"]["title"] == item.content["title"]


def test_mcp_types_read_what_we_wrote():
    item = item_of(FULL)

    result = GetPromptResult.model_validate_json(write_file("mcp", [item]).data)
    listed = ListPromptsResult.model_validate_json(write_file("mcp_list", [item]).data)

    assert [message.role for message in result.messages] == ["user", "user", "assistant"]
    assert result.messages[1].content.text == "{{민원요지}} 말투: {{말투}}"
    assert listed.prompts[0].name == "complaint-reply"
    assert [argument.name for argument in listed.prompts[0].arguments] == ["민원요지", "말투"]


def test_langfuse_list_is_what_its_import_takes():
    (entry,) = json.loads(write_file("langfuse", [item_of(FULL)]).data)

    assert entry["name"] == "민원/민원 회신 초안"
    assert (entry["type"], [message["role"] for message in entry["prompt"]]) == (
        "chat",
        ["system", "user", "assistant"],
    )
    assert entry["labels"] == []

import pytest

from tests.casebook.interchange.reads import messages, one_item, reasons, said

SUMMARY = """
    name: 요약
    description: 보고서를 줄인다
    model: openai/gpt-4o-mini
    modelParameters: {temperature: 0.5, maxTokens: 80, presencePenalty: 1}
    responseFormat: json_schema
    jsonSchema: |-
      {"name": "a", "schema": {"type": "object"}}
    messages:
      - role: system
        content: 보고서를 줄인다.
      - role: user
        content: "{{보고서}} {{ 쪽 수 }} {{#if x}} ${topic:a}"
    testData:
      - {보고서: 긴 글, 쪽 수: 1.10, expected: 짧은 글, 낱말: 끝}
      - {보고서: 2026-01-02, expected: yes, 낱말: 끝났다, 남음: 1}
    evaluators:
      - {name: 끝, string: {endsWith: "{{낱말}}", contains: 글}}
      - {name: 비슷함, uses: github/similarity}
      - name: 공손함
        llm: {modelId: m, systemPrompt: 판사, prompt: "{{completion}}은 공손한가", choices: [{choice: "5", score: 1}]}
"""


def test_prompt_yml():
    item = one_item("a.prompt.yml", SUMMARY)

    assert (item.content["title"], item.content["summary"]) == ("요약", "보고서를 줄인다")
    assert messages(item)[1] == ("user", "{{보고서}} {{쪽_수}} {{#if x}} ${topic:a}")
    assert item.content["output_schema"] == '{"name": "a", "schema": {"type": "object"}}'
    assert item.content["model"]["max_tokens"] == "80"


def test_test_data_becomes_tests():
    first, second = one_item("a.prompt.yml", SUMMARY).tests

    assert first["inputs"] == {"보고서": "긴 글", "쪽_수": "1.10"}
    assert (first["expected"], second["expected"]) == ("짧은 글", "yes")
    assert second["inputs"]["보고서"] == "2026-01-02"
    assert second["assertions"] == [
        {"kind": "contains", "value": "글"},
        {"kind": "ends_with", "value": "끝났다"},
    ]
    assert "비슷함: github/similarity" in first["judgement"]
    assert "공손한가\n- 5 (1)" in first["judgement"]


@pytest.mark.parametrize(
    "notice",
    [
        "“presencePenalty” has no place here and was left out.",
        "“{{#if x}}” is plain text there and here; no tool acts on it.",
        "The blank “쪽 수” is called “쪽_수” here.",
        "The test data carries “남음”, which nothing uses; it was left out.",
    ],
)
def test_what_was_left_out_is_said(notice):
    assert notice in said(one_item("a.prompt.yml", SUMMARY))


def test_evaluators_without_data():
    text = "messages: [{role: user, content: hi}]\nevaluators: [{name: a, string: {equals: b}}]"

    (test,) = one_item("a.prompt.yml", text).tests

    assert test["assertions"] == [{"kind": "equals", "value": "b"}]


def test_flow_form():
    assert messages(one_item("a.prompt.yml", '{name: 가, messages: [{role: user, content: "{{나}}"}]}')) == [
        ("user", "{{나}}")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name: a\nmodel: b\n", "The file has no list of messages."),
        ("messages: [{role: tool, content: a}]", "The role “tool” has no place here."),
        ("messages: [{role: user, content: [{type: image_url}]}]", "Message 1 is not text (list)."),
        ("messages:\n\t- role: user\n", "Line 2: The line begins with a tab. YAML wants spaces."),
        ("messages: []\n", "Prompt text: The prompt has no text. Write at least one message."),
    ],
)
def test_refused(text, reason):
    assert reason.removeprefix("Prompt text: ") in reasons("a.prompt.yml", text)

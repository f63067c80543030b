import pytest

from tests.casebook.interchange.reads import blank, messages, one_item, reasons, said

VERSION_2 = """
    ---
    name: notice-draft
    displayName: 안내문 초안
    description: 단수 안내문을 쓴다
    metadata: {tags: [안내], license: KOGL-1, authors: [수도과], 비고: 시범}
    model:
      id: gpt-4o-mini
      provider: openai
      apiType: chat
      connection: {kind: key, apiKey: "${env:KEY}", endpoint: "${file:where.txt}"}
      options: {temperature: 0.30, topP: 0.9, maxOutputTokens: 700, seed: 7}
    inputs:
      - {name: 지역, kind: string, required: true, description: 단수 지역}
      - {name: 시간, kind: integer, default: 4}
      - {name: 야간, kind: boolean, default: false}
      - {name: 말투, kind: string, enumValues: [정중, 간결], default: 정중}
      - {name: 동 목록, kind: array}
    outputs:
      - {name: 본문, kind: string, description: 안내문, required: true}
      - {name: 글자수, kind: integer}
    ---
    system:
    너는 수도과 담당자다.

    # 제목은 굵게
    user:
    {{지역}}에 {{ 시간 }}시간 단수. {{말투}}
    {%- raw %} {{야간}} {% endraw %}
    assistant:
    네.
"""


def test_version_2():
    item = one_item("a.prompty", VERSION_2)
    content = item.content

    assert (content["title"], content["command"], content["summary"]) == (
        "안내문 초안",
        "notice-draft",
        "단수 안내문을 쓴다",
    )
    assert (content["tags"], content["licence"]) == (["안내"], "KOGL-1")
    assert content["model"] == {
        "name": "gpt-4o-mini",
        "temperature": "0.3",
        "top_p": "0.9",
        "max_tokens": "700",
    }
    assert [role for role, _ in messages(item)] == ["system", "user", "assistant"]
    assert messages(item)[0][1] == "너는 수도과 담당자다.\n\n# 제목은 굵게"
    assert messages(item)[1][1].startswith("{{지역}}에 {{시간}}시간 단수. {{말투}}")


def test_inputs_become_blanks():
    item = one_item("a.prompty", VERSION_2)

    assert blank(item, "지역")["required"] is True
    assert blank(item, "지역")["help"] == "단수 지역"
    assert (blank(item, "시간")["type"], blank(item, "시간")["default"]) == ("number", "4")
    assert (blank(item, "야간")["type"], blank(item, "야간")["default"]) == ("bool", "false")
    assert (blank(item, "말투")["type"], blank(item, "말투")["options"]) == ("select", ["정중", "간결"])
    assert blank(item, "동_목록")["type"] == "longtext"


def test_outputs_become_a_schema():
    schema = one_item("a.prompty", VERSION_2).content["output_schema"]

    assert '"글자수": {\n      "type": "integer"' in schema
    assert '"required": [\n    "본문"\n  ]' in schema


@pytest.mark.parametrize(
    "notice",
    [
        "“${env:KEY}” refers to a secret or a file outside. It was not followed.",
        "“${file:where.txt}” refers to a secret or a file outside. It was not followed.",
        "How to reach the model (connection) was left out.",
        "“seed” has no place here and was left out.",
        "“authors” has no place here and was left out.",
        "“비고” has no place here and was left out.",
        "The blank “동 목록” is called “동_목록” here.",
        "The input “동 목록” is a list or an object; here it is long text.",
    ],
)
def test_what_was_left_out_is_said(notice):
    assert notice in said(one_item("a.prompty", VERSION_2))


def test_version_1():
    item = one_item(
        "old.prompty",
        """
        ---
        name: Old form
        authors: [somebody]
        tags: [a, b]
        version: 1.10
        model:
          api: chat
          configuration: {type: azure_openai, azure_deployment: gpt-35, azure_endpoint: "${env:AT}"}
          parameters: {max_tokens: 100, temperature: 0.2, tools: [{name: clock}]}
        inputs:
          question: {type: string}
          firstName: Jane
        sample: {question: Why?, extra: more}
        ---
        # system:
        You help {{firstName}}.
        # user[name="x"]:
        {{question}} {{extra}} ![map](map.png)
        """,
    )

    assert messages(item) == [
        ("system", "You help {{firstName}}."),
        ("user", "{{question}} {{extra}} ![map](map.png)"),
    ]
    assert [blank(item, key)["example"] for key in ("question", "firstName", "extra")] == [
        "Why?",
        "Jane",
        "more",
    ]
    assert item.content["model"]["name"] == "gpt-35"
    assert "The tools (clock) were left out: prompts here call no programs." in said(item)
    assert "“![map](map.png)” stays a link in the text; no picture is sent." in said(item)


def test_earlier_conversation_is_left_out_and_said():
    item = one_item(
        "a.prompty",
        """
        ---
        inputSchema:
          properties:
            - {name: question, kind: string}
            - {name: talk, kind: thread}
        ---
        system:
        Help.
        {{talk}}
        user:
        {{question}}
        """,
    )

    assert messages(item) == [("system", "Help."), ("user", "{{question}}")]
    assert "The place for an earlier conversation (“talk”) was left out." in said(item)


def test_mustache():
    item = one_item(
        "a.prompty",
        """
        ---
        template: {format: {kind: mustache}}
        ---
        user:
        {{{name}}} {{&name}} {{! remark }}{{name}}
        """,
    )

    assert messages(item) == [("user", "{{name}} {{name}} {{name}}")]


def test_whitespace_control_comments_and_texts():
    item = one_item("a.prompty", "---\nname: a\n---\nuser:\na {{- b -}} c {# no #}{{ \"{{\" }}x{{ '}}' }}")

    assert messages(item) == [("user", "a{{b}}c {{x}}")]
    assert "“{{x}}” was plain text there and is a blank here." in said(item)


def test_text_without_role_is_the_instruction():
    assert messages(one_item("a.prompty", "---\nname: a\n---\n{{x}}에 답하라")) == [
        ("system", "{{x}}에 답하라")
    ]


def test_body_alone():
    item = one_item("도움말.prompty", "You answer briefly.\n")

    assert (item.content["title"], messages(item)) == ("도움말", [("system", "You answer briefly.")])
    assert "The file has no front matter; all of it is taken as the text of the prompt." in said(item)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("a\n{% if x %}b", "Line 7: “{% if x %}” is template logic (Jinja). Prompts here have blanks only."),
        (
            "{{ x | upper }}",
            "Line 6: “{{ x | upper }}” computes a value (Jinja). Prompts here have blanks only.",
        ),
        ("\n\n{{ f(1) }}", "Line 8: “{{ f(1) }}” computes a value (Jinja). Prompts here have blanks only."),
        ("{{ not }}", "Line 6: “{{ not }}” computes a value (Jinja). Prompts here have blanks only."),
        ("{{ x", "Line 6: “{{” opens here and never closes."),
        ("{% raw %}", "Line 6: “{% raw %}” opens here and never closes."),
        ("hi\ntool:\nx", "Line 7: The role “tool” has no place here."),
    ],
)
def test_logic_is_refused_with_its_line(body, reason):
    assert reason in reasons("a.prompty", f"---\nname: a\nmodel: gpt\n---\nuser:\n{body}")


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        (
            "model: {apiType: embedding}",
            "The file is for an embedding model, not for a model that answers in text.",
        ),
        ("model: {api: image}", "The file is for an image model, not for a model that answers in text."),
        ("inputs: [{name: 사진, kind: image}]", "The input “사진” is a file (image). Prompts here are text."),
        ("template: {format: liquid}", "The template language “liquid” is not known here."),
        ("name: a\nname: b", "Line 3: The name “name” stands twice."),
        ("a: *b", "This is not valid YAML: found undefined alias."),
        ("- a\n- b", "Line 2: The front matter must hold named values."),
    ],
)
def test_refused(front, reason):
    found = reasons("a.prompty", f"---\n{front}\n---\nuser:\nhi")

    assert any(
        reason.removeprefix("This is").strip() in each or "refers to nothing" in each for each in found
    )


def test_no_text():
    assert reasons("a.prompty", "---\nname: a\n---\n") == ["The file has no text after its front matter."]


def test_front_matter_never_closes():
    assert reasons("a.prompty", "---\nname: a\n") == [
        "Line 1: The front matter opens with --- here and never closes."
    ]

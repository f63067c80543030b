import pytest

from tests.casebook.interchange.reads import blank, messages, one_item, reasons, said

NOTICE = """
    # Licence of somebody
    #
    # SPDX-License-Identifier: X

    ---
    name: notice
    model: googleai/gemini
    config: {temperature: 0.4, topK: 3}
    input:
      schema:
        place: string, where the water stops
        hours?: integer
        tone?(enum, how to speak): [polite, short]
        wards(array, list of wards): string
        office(object): {name: string}
        note: any
      default: {tone: polite}
    output:
      format: json
      schema:
        text: string, the notice
        lines(array): string
        kind?(enum): [a, b]
    metadata: {seen: yes}
    x.y: 1
    kr.sensitivity: internal
    ---
    {{! a remark }}
    {{role "system"}}
    You write notices.
    {{role "user"}}
    {{history}}
    {{place}} {{hours}} {{{tone}}} {{&note}} {{office.name}} {{wards}} \\{{plain}}
    {{role "model"}}
    Yes.
"""


def test_dotprompt():
    item = one_item("a.prompt", NOTICE)

    assert (item.content["title"], item.content["sensitivity"]) == ("notice", "internal")
    assert messages(item) == [
        ("system", "You write notices."),
        (
            "user",
            "{{place}} {{hours}} {{tone}} {{note}} {{office_name}} {{wards}} {{plain}}",
        ),
        ("assistant", "Yes."),
    ]
    assert item.content["model"]["temperature"] == "0.4"


def test_picoschema():
    item = one_item("a.prompt", NOTICE)

    assert (blank(item, "place")["help"], blank(item, "place")["required"]) == ("where the water stops", True)
    assert (blank(item, "hours")["type"], blank(item, "hours")["required"]) == ("number", False)
    assert blank(item, "tone")["options"] == ["polite", "short"]
    assert (blank(item, "tone")["default"], blank(item, "tone")["help"]) == ("polite", "how to speak")
    assert (blank(item, "wards")["type"], blank(item, "wards")["help"]) == ("longtext", "list of wards")
    assert blank(item, "office")["type"] == "longtext"


def test_output_schema_is_json_schema():
    schema = one_item("a.prompt", NOTICE).content["output_schema"]

    assert '"description": "the notice"' in schema
    assert '"required": [\n    "text",\n    "lines"\n  ]' in schema


@pytest.mark.parametrize(
    "notice",
    [
        "Line 28: A comment in the template was left out.",
        "Line 32: The place for an earlier conversation ({{history}}) was left out.",
        "“topK” has no place here and was left out.",
        "“seen” has no place here and was left out.",
        "“x.y” has no place here and was left out.",
        "“{{plain}}” was plain text there and is a blank here.",
        "The blank “office.name” is called “office_name” here.",
    ],
)
def test_what_was_left_out_is_said(notice):
    assert notice in said(one_item("a.prompt", NOTICE))


def test_json_schema_inputs():
    item = one_item(
        "a.prompt",
        """
        ---
        input:
          schema:
            type: object
            required: [no]
            properties:
              "no": {type: string, title: 번호, pattern: "^[0-9]+$", maxLength: 8, minLength: 2}
              when: {type: string, format: date, examples: ["2026-01-02"]}
              pick: {type: array, items: {enum: [a, b]}}
        ---
        {{no}} {{when}} {{pick}}
        """,
    )

    number = blank(item, "no")
    assert (number["label"], number["pattern"], number["max_length"], number["required"]) == (
        "번호",
        "[0-9]+",
        8,
        True,
    )
    assert (blank(item, "when")["type"], blank(item, "when")["example"]) == ("date", "2026-01-02")
    assert (blank(item, "pick")["type"], blank(item, "pick")["options"]) == ("multiselect", ["a", "b"])
    assert "“no: minLength” has no place here and was left out." in said(item)


def test_marks_that_helpers_leave_mean_the_same():
    text = "---\nname: a\n---\n<<<dotprompt:role:system>>>\nA\n<<<dotprompt:role:user>>>\n{{b}}"

    assert messages(one_item("a.prompt", text)) == [("system", "A"), ("user", "{{b}}")]


def test_text_before_a_role_is_the_users():
    assert messages(one_item("a.prompt", "Hello {{~ name ~}} !")) == [("user", "Hello{{name}}!")]


@pytest.mark.parametrize(
    ("body", "construct", "kind"),
    [
        ("{{#if a}}b{{/if}}", "{{#if a}}", "is template logic (Handlebars)"),
        ("{{^a}}b{{/a}}", "{{^a}}", "is template logic (Handlebars)"),
        ("{{else}}", "{{else}}", "is template logic (Handlebars)"),
        ("{{{{raw}}}}{{x}}{{{{/raw}}}}", "{{{{raw}}}}", "is template logic (Handlebars)"),
        ("{{> header}}", "{{> header}}", "puts in a part from another file"),
        ("{{#> layout}}x{{/layout}}", "{{#> layout}}", "puts in a part from another file"),
        ("{{media url=photo}}", "{{media url=photo}}", "needs a picture or a file"),
        ("{{@state.x}}", "{{@state.x}}", "takes a value from the program"),
        ("{{json this}}", "{{json this}}", "computes a value (Handlebars)"),
        ("{{this.name}}", "{{this.name}}", "computes a value (Handlebars)"),
        ("{{upper name}}", "{{upper name}}", "computes a value (Handlebars)"),
        ("{{section 'a'}}", "{{section 'a'}}", "computes a value (Handlebars)"),
        ("{{ open", "{{", "opens here and never closes"),
    ],
)
def test_logic_is_refused_with_its_line(body, construct, kind):
    (reason, *_) = reasons("a.prompt", f"---\nname: a\n---\n\n{body}")

    assert reason.startswith(f"Line 5: “{construct}” {kind}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('---\na: "b" | "c"\n---\n{{x}}', "Line 2: This is not valid YAML"),
        ("---\nname: a\noutput: {format: media}\n---\nDraw", "The answer is a picture or a file"),
        ("---\nname: a\n---\n{{role 'tool'}}x", "The role “tool” has no place here."),
        ("---\nname: a\n---\n", "The file has no text"),
    ],
)
def test_refused(text, reason):
    assert reasons("a.prompt", text)[0].startswith(reason)


def test_part_of_our_own_is_a_part_again():
    part = '{"name": "머리말", "uid": "00000000-0000-4000-8000-000000000001", "version": 2}'
    kept = f'{{"fields": {{"parts": [{part}]}}}}'

    item = one_item("a.prompt", f"---\nname: a\nkr.casebook: '{kept}'\n---\n{{{{> 머리말}}}} {{{{x}}}}")

    assert messages(item) == [("user", "{{> 머리말}} {{x}}")]
    assert item.content["parts"][0]["version"] == 2

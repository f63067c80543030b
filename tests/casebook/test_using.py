import pytest
from django.urls import resolve, reverse

from casebook.actions.versions import add_version, ask_review, create_record, publish_version, retire_record
from casebook.blanks import blanks_in
from casebook.content import clean_prompt
from casebook.filling.form import fill_form, yes_or_no
from casebook.models import Case, Favourite, OpenTool, Prompt, PromptRun, PromptTest, PromptVersion
from casebook.presentation import plain_text
from casebook.prompt_menu import prompt_menu
from tests.factories import AT, make_case, make_prompt, make_user, prompt_content

pytestmark = pytest.mark.django_db

INSIDE = {"sensitivity": "internal", "channel": "agency_ai"}


def form(**fields):
    return fill_form(prompt_content(**fields), {}, slug="x", number=1)


def blank(**fields):
    variable = {"key": "값", "label": "값", "type": "text"} | fields
    return form(messages=["{{값}}"], variables=[variable]).blanks[0]


def pinned(record, number=1):
    return {"uid": str(record.uid), "version": number}


def publish(record):
    version = record.versions.order_by("number").last()
    ask_review(version, by=None, at=AT)
    publish_version(version, by=None, at=AT)


# The form


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "text"),
        ({"type": "longtext"}, "longtext"),
        ({"type": "number"}, "number"),
        ({"type": "date"}, "date"),
        ({"type": "select", "options": ["가"]}, "select"),
        ({"type": "multiselect", "options": ["가"]}, "multiselect"),
        ({"type": "bool"}, "bool"),
    ],
)
def test_each_type_has_its_field(fields, kind):
    assert blank(**fields).kind == kind


@pytest.mark.parametrize(
    ("fields", "chosen"),
    [
        ({"type": "select", "options": ["가", "나"], "default": "나"}, ["나"]),
        ({"type": "multiselect", "options": ["가", "나", "다"], "default": "다, 가"}, ["가", "다"]),
        ({"type": "multiselect", "options": ["가, 나", "다"], "default": "가, 나"}, ["가, 나"]),
        ({"type": "bool", "default": "true"}, ["예"]),
        ({"type": "bool", "default": "아니오"}, ["아니요"]),
        ({"type": "bool"}, []),
    ],
)
def test_the_default_is_chosen(fields, chosen):
    assert [choice.value for choice in blank(**fields).choices if choice.chosen] == chosen


@pytest.mark.parametrize(
    ("text", "meant"), [("YES", "예"), (" 네 ", "예"), ("0", "아니요"), ("아마", ""), ("", "")]
)
def test_yes_and_no_in_many_spellings(text, meant):
    assert yes_or_no(text, ("예", "아니요")) == meant


def test_yes_and_no_of_an_english_prompt():
    english = form(messages=["{{a}}"], variables=[{"key": "a", "type": "bool"}], language="en")

    assert [choice.value for choice in english.blanks[0].choices] == ["Yes", "No"]


def test_a_blank_nobody_declared_is_a_line_of_text_and_an_unused_one_has_no_field():
    blanks = form(messages=["{{나}}"], variables=[{"key": "안씀", "label": "안씀"}]).blanks

    assert [(each.key, each.kind) for each in blanks] == [("나", "text")]


@pytest.mark.parametrize(
    ("sensitivity", "channel", "agree", "personal"),
    [
        ("open", "public_ai", False, False),
        ("internal", "public_ai", True, False),
        ("confidential", "agency_ai", True, False),
        ("personal", "agency_ai", True, True),
        ("personal", "on_device", True, True),
    ],
)
def test_what_is_not_open_is_agreed_to(sensitivity, channel, agree, personal):
    given = form(sensitivity=sensitivity, channel=channel)

    assert (given.must_agree, given.allows_personal) == (agree, personal)


@pytest.mark.parametrize(
    ("sensitivity", "filled"), [("open", "https://a.example/?q={prompt}"), ("internal", "")]
)
def test_only_open_information_ever_stands_in_an_address(sensitivity, filled):
    tool = OpenTool(name="도구", url="https://a.example/?q={prompt}", channel="public_ai")
    content = prompt_content(sensitivity=sensitivity)

    offer = fill_form(content, {}, slug="x", number=1, tools=[tool]).tools[0]

    assert (offer.filled, offer.address) == (filled, "https://a.example/")


# Parts and steps


def make_with_part(**fields):
    part = make_prompt(published=True, messages=["{{어조}} 말투로 씁니다."])
    holder = make_prompt(
        published=True,
        messages=["{{> 지시}} {{요지}}"],
        parts=[{"name": "지시", **pinned(part)}],
        **fields,
    )
    return holder, part


def test_a_part_is_put_in_with_its_blanks(client):
    holder, _part = make_with_part()

    fill = client.get(holder.get_absolute_url()).context["fill"]

    assert [message["content"] for message in fill.texts] == ["{{어조}} 말투로 씁니다. {{요지}}"]
    assert {each.key for each in fill.blanks} == {"어조", "요지"}
    assert client.get(reverse("casebook:prompt_text", args=[holder.slug])).content.decode() == plain_text(
        fill.texts
    )


def test_a_part_that_is_not_published_is_never_shown_to_others(client, as_user):
    secret = make_prompt(messages=["비밀 초안"])
    holder = make_prompt(published=True, messages=["{{> 지시}}"], parts=[{"name": "지시", **pinned(secret)}])

    stranger = client.get(holder.get_absolute_url())
    editor = as_user(make_user("editor")).get(holder.get_absolute_url())

    assert stranger.context["fill"].missing
    assert "비밀 초안" not in stranger.content.decode()
    assert not editor.context["fill"].missing
    assert "비밀 초안" in editor.content.decode()


def make_steps(*steps):
    return make_prompt(published=True, messages=[], steps=list(steps))


def test_steps_pin_a_version_and_bring_its_form(client):
    first = make_prompt(published=True, messages=["처음 {{가}}"])
    record = make_steps({"title": "", "prompt": pinned(first), "gate": "human", "check": "맞는지 봅니다."})
    add_version(first, prompt_content(messages=["나중 {{나}}"]), by=None, at=AT)
    publish(first)

    response = client.get(record.get_absolute_url())

    step = response.context["prompt_steps"][0]
    assert (step.needs_person, step.check, step.version.number) == (True, "맞는지 봅니다.", 1)
    assert blanks_in(step.fill.texts) == ["가"]
    assert f"{first.get_absolute_url()}?version=1" in response.content.decode()


@pytest.mark.parametrize("state", ["draft", "retired", "missing"])
def test_a_step_that_cannot_be_used_says_so(client, state):
    step = make_prompt(published=state == "retired", messages=["비밀"])
    record = make_steps({"title": "하나", "prompt": pinned(step, 9 if state == "missing" else 1)})
    if state == "retired":
        retire_record(step, by=None, at=AT, reason="낡음")

    response = client.get(record.get_absolute_url())

    assert response.context["prompt_steps"][0].fill is None
    assert "비밀" not in response.content.decode()


# The page


def test_no_field_of_the_form_can_be_sent(client):
    record = make_prompt(published=True)

    page = client.get(record.get_absolute_url()).content.decode()
    form_part = page[page.index("data-fill") : page.index("prompt-lower")]

    assert "<form" not in form_part
    assert " name=" not in form_part


@pytest.mark.parametrize("ack", ["", "0", "yes"])
def test_text_that_is_not_open_is_handed_out_after_the_advice(client, ack):
    record = make_prompt(published=True, prohibited_inputs="주민등록번호", **INSIDE)
    url = reverse("casebook:prompt_text", args=[record.slug])

    before, after = client.get(url, {"ack": ack}), client.get(url, {"ack": "1"})

    assert before.headers["Content-Type"].startswith("text/html")
    assert "주민등록번호" in before.content.decode()
    assert "{{민원요지}}" not in before.content.decode()
    assert after.content.decode() == "{{민원요지}}에 대한 답변을 써 주세요."


@pytest.mark.parametrize(("query", "hidden"), [("", True), ("?ack=1", False)])
def test_without_script_the_text_shows_when_the_advice_was_confirmed(client, query, hidden):
    record = make_prompt(published=True, **INSIDE)

    page = client.get(record.get_absolute_url() + query).content.decode()

    assert ("after-reading" in page) == hidden


@pytest.mark.parametrize("name", ["prompt", "prompt_text"])
def test_unpublished_prompts_are_unknown_to_strangers(client, as_user, name):
    record = make_prompt(by=make_user("staff"))
    url = reverse(f"casebook:{name}", args=[record.slug])

    assert client.get(url).status_code == 404
    assert as_user(make_user("staff")).get(url).status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "x", "99999999999"])
def test_versions_that_are_not_there(client, number):
    record = make_prompt(published=True)

    assert client.get(record.get_absolute_url(), {"version": number}).status_code == 404


def test_a_deprecated_prompt_leads_to_its_replacement(client):
    old, new = make_prompt(published=True), make_prompt(published=True)
    PromptVersion.objects.filter(record=old).update(label="deprecated", replacement=new)

    assert f'href="{new.get_absolute_url()}"' in client.get(old.get_absolute_url()).content.decode()


def test_a_retired_replacement_is_not_offered(client):
    old, new = make_prompt(published=True), make_prompt(published=True)
    PromptVersion.objects.filter(record=old).update(label="deprecated", replacement=new)
    retire_record(new, by=None, at=AT, reason="낡음")

    assert new.get_absolute_url() not in client.get(old.get_absolute_url()).content.decode()


def test_cases_say_which_version_they_used(client):
    record = make_prompt(published=True)
    make_case(published=True, title="처음 것", steps=[{"text": "씀", "prompt": pinned(record)}])
    add_version(record, prompt_content(), by=None, at=AT)
    publish(record)
    make_case(published=True, title="나중 것", steps=[{"text": "씀", "prompt": pinned(record, 2)}])

    response = client.get(record.get_absolute_url())

    assert [(case.title, case.used_number) for case in response.context["cases"]] == [
        ("나중 것", 2),
        ("처음 것", 1),
    ]
    assert 'href="?version=1"' in response.content.decode()


@pytest.mark.parametrize("kept", [True, False])
def test_the_page_knows_whether_it_is_kept(as_user, kept):
    record, person = make_prompt(published=True), make_user("staff")
    Favourite.objects.create(by=person if kept else make_user("staff"), prompt=record, at=AT)

    assert as_user(person).get(record.get_absolute_url()).context["record"].is_favourite == kept


def test_tools_that_are_switched_off_or_too_far_out_are_not_offered(client):
    record = make_prompt(published=True, **INSIDE)
    for name, channel, enabled in (
        ("안", "agency_ai", True),
        ("밖", "public_ai", True),
        ("끔", "agency_ai", False),
    ):
        OpenTool.objects.create(name=name, url="https://a.example/", channel=channel, is_enabled=enabled)

    assert [tool.name for tool in client.get(record.get_absolute_url()).context["fill"].tools] == ["안"]


# The menu


@pytest.mark.parametrize(
    ("role", "own", "published", "may_edit"),
    [
        (None, False, True, False),
        ("staff", False, True, False),
        ("staff", True, True, True),
        ("staff", True, False, True),
        ("editor", False, True, True),
    ],
)
def test_who_is_offered_to_edit(role, own, published, may_edit):
    person = make_user(*[role] if role else [])
    record = make_prompt(published=published, by=person if own else None)

    offered = {resolve(entry.address).url_name for entry in prompt_menu(person, record)}

    writes = role is not None and published
    assert ("edit" in offered) == may_edit
    assert ("fork" in offered) == writes
    assert ("propose" in offered) == (writes and not may_edit)
    assert ("prompt_export" in offered) == published


# Speed


def with_everything(count, **fields):
    """A published prompt with `count` versions, cases, tests, runs and tools."""
    record = make_prompt(published=True, **fields)
    for number in range(1, count + 1):
        if number > 1:
            add_version(record, prompt_content(**fields), by=None, at=AT)
            publish(record)
        make_case(published=True, steps=[{"text": "씀", "prompt": pinned(record, number)}])
        test = PromptTest.objects.create(prompt=record, name="시험", created_at=AT)
        PromptRun.objects.create(
            version=record.versions.get(number=number),
            test=test,
            model="모형",
            ran_on=AT.date(),
            mode="pasted",
            at=AT,
        )
        OpenTool.objects.create(name=f"도구 {number}", url="https://a.example/", channel="agency_ai")
    return Prompt.objects.get(pk=record.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count_as_editor(as_user, count, django_assert_max_num_queries):
    record = with_everything(count)
    client = as_user(make_user("editor"))

    with django_assert_max_num_queries(11):
        response = client.get(record.get_absolute_url(), {"version": "1"})

    assert (len(response.context["versions"]), Case.objects.count()) == (count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count_with_parts_and_steps(as_user, count, django_assert_max_num_queries):
    parts = [make_prompt(published=True, messages=[f"{{{{값{n}}}}}"]) for n in range(count)]
    fields = {
        "messages": [" ".join(f"{{{{> 부분{n}}}}}" for n in range(count))],
        "parts": [{"name": f"부분{n}", **pinned(part)} for n, part in enumerate(parts)],
        "steps": [{"title": f"단계 {n}", "prompt": pinned(part)} for n, part in enumerate(parts)],
    }
    record = with_everything(1, **fields)
    client = as_user(make_user("editor"))

    with django_assert_max_num_queries(12):
        response = client.get(record.get_absolute_url())

    assert len(response.context["prompt_steps"]) == count
    assert len(response.context["fill"].blanks) == count


def test_a_prompt_of_500_blanks_and_144260_characters_is_shown(client):
    text = " ".join(f"{{{{빈칸{n}}}}}" for n in range(500))
    content = clean_prompt({"title": "긴 것", "messages": [text.ljust(144_260, "가")]})
    record = create_record("prompt", content, by=None, at=AT)
    publish(record)

    response = client.get(record.get_absolute_url())

    assert response.status_code == 200
    assert len(response.context["fill"].blanks) == 500

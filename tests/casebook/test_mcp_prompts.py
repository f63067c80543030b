"""What prompts/list and prompts/get give, and the search tool."""

import pytest
from django.utils.translation import gettext

from accounts.privacy import KINDS
from casebook.actions.links import versions_below
from casebook.actions.versions import add_version, ask_review, publish_version
from casebook.errors import CasebookError
from casebook.filling.form import fill_form
from casebook.mcp.prompts import filled_prompt, list_page, without_system
from casebook.mcp.search_tool import MOST, call
from casebook.mcp.values import checked_values
from casebook.models import Prompt, PromptVersion, UsageCount
from tests.casebook.mcp_client import ask
from tests.factories import AT, make_case, make_prompt, make_token, make_user, prompt_content

pytestmark = pytest.mark.django_db
RRN = "900101-1234567"


def published(text="{{내용}}", **fields):
    return make_prompt(published=True, messages=[{"role": "user", "content": text}], **fields)


def texts(name, **given):
    return [message.content.text for message in filled_prompt(name, given, at=AT).messages]


def publish_next(prompt, **fields):
    version = add_version(prompt, prompt_content(**fields), by=None, at=AT)
    ask_review(version, by=None, at=AT)
    publish_version(version, by=None, at=AT)
    return version


def part(prompt, name="머리말"):
    return {"name": name, "uid": str(prompt.uid), "version": 1}


# prompts/list


def test_only_published_prompts_are_listed():
    make_prompt()
    shown, retired = published(), published()
    Prompt.objects.filter(pk=retired.pk).update(retired_at=AT)

    assert [each.name for each in list_page(None).prompts] == [shown.slug]


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(count, django_assert_num_queries):
    parts = [published("안녕하십니까.") for _number in range(count)]
    for each in parts:
        published("{{> 머리말}} {{내용}}", parts=[part(each)])

    with django_assert_num_queries(2):  # the prompts, their parts
        assert len(list_page(None).prompts) == 2 * count


@pytest.mark.parametrize("cursor", ["", "x", "-1", "1.5", "٣", "9" * 30, "\x00"])
def test_a_strange_cursor_is_refused(cursor):
    with pytest.raises(CasebookError):
        list_page(cursor)


def test_a_description_says_first_what_must_be_known():
    published(
        summary="요약합니다.",
        sensitivity="internal",
        channel="agency_ai",
        prohibited_inputs="주민등록번호",
        advice={"temporary_chat": True},
    )

    described = list_page(None).prompts[0].description

    assert described.splitlines()[0] == "요약합니다."
    for words in ("비공개", "기관", "주민등록번호", "임시"):
        assert words in described


def test_an_outdated_prompt_names_its_replacement():
    old, new = published(), published()
    PromptVersion.objects.filter(record=old).update(label="deprecated", replacement=new)

    assert new.slug in list_page(None).prompts[0].description


def test_arguments_are_the_blanks_with_those_of_parts():
    held = published("{{부서}}에서", variables=[{"key": "부서", "help": "과 이름"}])
    blank = {
        "key": "어조",
        "label": "글의 어조",
        "type": "select",
        "options": ["격식", "친근"],
        "required": True,
    }
    published("{{> 머리말}} {{어조}}", parts=[part(held)], variables=[blank])

    arguments = {each.name: each for each in list_page(None).prompts[1].arguments}

    assert arguments["어조"].title == "글의 어조"
    assert arguments["어조"].required is True
    assert "격식, 친근" in arguments["어조"].description
    assert (arguments["부서"].description, arguments["부서"].required) == ("과 이름", False)


# prompts/get


def test_blanks_are_filled_in_once_and_the_rest_stays():
    prompt = published("{{제목}} / {{내용}} / {{비고}}")

    assert texts(prompt.slug, 제목="{{내용}}", 내용="본문") == ["{{내용}} / 본문 / {{비고}}"]


def test_names_in_decomposed_hangul_are_the_same_names():
    prompt = published(title="민원 답변")
    decomposed = "\u1106\u1175\u11ab\u110b\u116f\u11ab-\u1103\u1161\u11b8\u1107\u1167\u11ab"

    found = filled_prompt(decomposed, {"\u1102\u1162\u110b\u116d\u11bc": "가로등"}, at=AT)

    assert (prompt.slug, found.messages[0].content.text) == ("민원-답변", "가로등")


def test_parts_are_put_in():
    held = published("안녕하십니까. {{부서}}입니다.")
    prompt = published("{{> 머리말}} {{내용}}", parts=[part(held)])

    assert texts(prompt.slug, 부서="민원과", 내용="알립니다.") == ["안녕하십니까. 민원과입니다. 알립니다."]


def test_a_prompt_whose_part_was_retired_is_refused():
    held = published("안녕하십니까.")
    prompt = published("{{> 머리말}}", parts=[part(held)])
    Prompt.objects.filter(pk=held.pk).update(retired_at=AT)

    with pytest.raises(CasebookError):
        filled_prompt(prompt.slug, {}, at=AT)


@pytest.mark.parametrize(
    "name", ["", "없는-이름", "\x00", "{slug}@0", "{slug}@2", "{slug}@3", "{slug}@x", "{slug}@"]
)
def test_what_is_not_published_is_not_found(name):
    prompt = published()
    add_version(prompt, prompt_content(), by=None, at=AT)  # a draft

    with pytest.raises(CasebookError):
        filled_prompt(name.format(slug=prompt.slug), {}, at=AT)


@pytest.mark.parametrize("given", [{"published": False}, {"retired": True}])
def test_a_hidden_prompt_is_not_found(given):
    prompt = make_prompt(published="retired" in given)
    Prompt.objects.filter(pk=prompt.pk, current__isnull=False).update(retired_at=AT)

    with pytest.raises(CasebookError):
        filled_prompt(prompt.slug, {}, at=AT)


def test_an_earlier_published_version_is_had_by_its_number():
    prompt = published("처음")
    publish_next(prompt, messages=[{"role": "user", "content": "다음"}])

    earlier = filled_prompt(f"{prompt.slug}@1", {}, at=AT)

    assert (texts(prompt.slug), earlier.messages[0].content.text) == (["다음"], "처음")
    assert (earlier.meta["version"], earlier.meta["uid"]) == (1, str(prompt.uid))


def test_steps_are_told_with_the_name_of_each_prompt():
    first = published("요약해 주세요.")
    pinned = {"prompt": {"uid": str(first.uid), "version": 1}, "gate": "human", "check": "빠진 것이 없는지"}
    prompt = make_prompt(published=True, messages=[], steps=[{"title": "요약", **pinned}])

    (plan,) = texts(prompt.slug)

    assert f"1. 요약 — {first.slug}@1" in plan
    assert "빠진 것이 없는지" in plan


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("user", "user:a"),
        ("system user", "user:a\n\nb"),
        ("system system user", "user:a\n\nb\n\nc"),
        ("system user assistant user", "user:a\n\nb | assistant:c | user:d"),
        ("user system", "user:b\n\na"),
        ("system", "user:a"),
        ("system assistant", "user:a | assistant:b"),
        ("assistant system user", "assistant:a | user:b\n\nc"),
    ],
)
def test_instructions_go_in_front_of_the_users_words(given, expected):
    messages = list(zip(given.split(), "abcd", strict=False))

    assert " | ".join(f"{role}:{text}" for role, text in without_system(messages)) == expected


def test_a_refused_call_counts_no_use():
    prompt = published(variables=[{"key": "내용", "required": True}])

    with pytest.raises(CasebookError):
        filled_prompt(prompt.slug, {}, at=AT)

    assert UsageCount.objects.count() == 0


def test_get_query_count(django_assert_num_queries):
    held = published("안녕하십니까.")
    prompt = published("{{> 머리말}}", parts=[part(held)])

    with django_assert_num_queries(7):  # prompt, parts; and the count: savepoint, three updates, release
        filled_prompt(prompt.slug, {}, at=AT)


# Values


def blanks_of(**variable):
    content = prompt_content(
        messages=[{"role": "user", "content": "{{값}}"}], variables=[{"key": "값", **variable}]
    )
    return fill_form(content, versions_below(content), slug="a", number=1).blanks


CHOICES = {"type": "select", "options": ["격식", "친근"]}
SEVERAL = {"type": "multiselect", "options": ["법령", "예산", "가, 나"]}


@pytest.mark.parametrize(
    ("variable", "given", "value"),
    [
        ({}, " 글 ", "글"),
        ({}, "여러\n줄", "여러\n줄"),
        ({"default": "기본"}, "", "기본"),
        ({"default": "기본", "required": True}, None, "기본"),
        ({"type": "number"}, "-1,234.5", "-1,234.5"),
        ({"type": "date"}, "2026-05-12", "2026-05-12"),
        (CHOICES, "친근", "친근"),
        (CHOICES | {"default": "격식"}, None, "격식"),
        (SEVERAL, "예산; 법령", "예산, 법령"),
        (SEVERAL, "가, 나", "가, 나"),
        ({"type": "bool"}, "true", "예"),
        ({"type": "bool"}, "아니요", "아니요"),
        ({"max_length": 3}, "가나다", "가나다"),
        ({"pattern": r"\d{4}-\d+"}, "2026-15", "2026-15"),
        ({"pattern": r"(?=가).*"}, "나", "나"),  # no engine without backtracking knows it: left to the person
        ({"pattern": "("}, "나", "나"),
    ],
)
def test_values_that_fit(variable, given, value):
    assert checked_values(blanks_of(**variable), {} if given is None else {"값": given}) == {"값": value}


@pytest.mark.parametrize(
    ("variable", "given"),
    [
        ({"required": True}, None),
        ({"required": True}, "  "),
        ({"type": "number"}, "1,23"),
        ({"type": "number"}, "열둘"),
        ({"type": "number"}, "٣"),
        ({"type": "date"}, "2026-02-30"),
        ({"type": "date"}, "내일"),
        (CHOICES, "반말"),
        (SEVERAL, "예산, 인사"),
        (SEVERAL, ",;"),
        ({"type": "bool"}, "글쎄"),
        ({"max_length": 3}, "가나다라"),
        ({"pattern": r"\d{4}"}, "20261"),
        ({"pattern": r"\d{4}"}, "2026\n다"),
        ({"pattern": "a|b"}, "ab"),
    ],
)
def test_values_that_do_not_fit_are_refused_without_being_told(variable, given):
    with pytest.raises(CasebookError) as refused:
        checked_values(blanks_of(**variable), {} if given is None else {"값": given})

    assert "값" in str(refused.value)
    assert not (given and given.strip() and given in str(refused.value))


def test_every_fault_is_named_at_once(english):
    with pytest.raises(CasebookError) as refused:
        checked_values(blanks_of(required=True), {"갑": "1"})

    assert str(refused.value).count("값") == 2  # it is missing, and it is the name that would have been right


def test_a_prompt_without_blanks_takes_no_arguments():
    with pytest.raises(CasebookError):
        checked_values([], {"값": "1"})


@pytest.mark.parametrize("pattern", [r"(a+)+", r"(a|aa)*", r"(.*)*x"])
def test_no_pattern_holds_the_server(pattern):
    with pytest.raises(CasebookError):  # after minutes or never, if it went back and forth
        checked_values(blanks_of(pattern=pattern), {"값": "a" * 5_000 + "!"})


@pytest.mark.parametrize("where", ["민원요지", "없는빈칸"])
def test_identity_numbers_are_refused_by_kind_and_written_nowhere(client, where, caplog, capfd):
    caplog.set_level("DEBUG")
    prompt = published("{{민원요지}}")
    _token, secret = make_token(make_user())

    refused = ask(
        client, secret, "prompts/get", name=prompt.slug, arguments={where: f"제 번호는 {RRN}입니다"}
    )

    assert gettext(KINDS["rrn"]) in refused
    written = caplog.text + "".join(capfd.readouterr())
    assert not any(RRN in text for text in (refused, written))
    assert UsageCount.objects.count() == 0


@pytest.mark.parametrize("name", ["a\u0000b", "\ud800", "가" * 100_000])
@pytest.mark.parametrize("value", ["\u0000", "\ud800"])
def test_signs_no_text_holds_are_answered_with_an_error(client, name, value):
    _token, secret = make_token(make_user())

    assert isinstance(ask(client, secret, "prompts/get", name=name, arguments={"값": value}), str)


def test_a_nul_in_a_value_stays_in_the_answer_alone(client):
    prompt = published("{{값}}")
    _token, secret = make_token(make_user())

    answer = ask(client, secret, "prompts/get", name=prompt.slug, arguments={"값": "가\u0000나"})

    assert answer["messages"][0]["content"]["text"] == "가\u0000나"


# search_prompts


def test_the_search_finds_prompts_first_and_cases_when_asked():
    prompt, case = published(title="가로등 고장 답변"), make_case(published=True, title="가로등 고장 처리")

    prompts = call({"query": "가로등 고장"}).structured_content
    cases = call({"query": "가로등 고장", "kind": "case"}).structured_content

    assert [row["name"] for row in prompts["results"]] == [prompt.slug]
    assert [row["name"] for row in cases["results"]] == [case.slug]
    assert prompts["results"][0]["url"].startswith("http")


@pytest.mark.parametrize("limit", [1, 2])
def test_the_search_gives_as_many_as_asked_in_a_fixed_number_of_queries(limit, django_assert_num_queries):
    for _number in range(3):
        published(title="가로등 고장 답변")

    with django_assert_num_queries(2):
        assert len(call({"query": "가로등", "limit": limit}).structured_content["results"]) == limit


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"query": 3},
        {"query": "가" * 201},
        {"query": "가\x00"},
        {"query": "가", "kind": "person"},
        {"query": "가", "kind": []},
        {"query": "가", "limit": 0},
        {"query": "가", "limit": MOST + 1},
        {"query": "가", "limit": "3"},
        {"query": "가", "limit": True},
        {"query": "가", "more": 1},
    ],
)
def test_wrong_input_of_the_search_is_told_to_the_model(given):
    assert call(given).is_error


def test_a_tool_nobody_offers_is_refused(client):
    _token, secret = make_token(make_user())

    assert isinstance(ask(client, secret, "tools/call", name="delete_all", arguments={}), str)

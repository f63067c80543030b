import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditRecord
from casebook.filling.form import tools_for
from casebook.forms.addresses import check_address, without_prompt
from casebook.models import OpenTool
from tests.factories import make_user

pytestmark = pytest.mark.django_db

URL = "/tools/"
FORM = {
    "name": "가온 AI",
    "url": "https://ai.example.go.kr/?q={prompt}",
    "channel": "agency_ai",
    "position": "1",
    "is_enabled": "on",
}


def make_tool(**fields):
    return OpenTool.objects.create(**{"name": "가온 AI", "url": FORM["url"], "channel": "agency_ai"} | fields)


@pytest.mark.parametrize(
    "address",
    [
        "https://ai.example.go.kr/",
        "https://ai.example.go.kr:8443/chat?model=a&q={prompt}#x",
        "https://ai.example.go.kr/#q={prompt}",
        "https://인공지능.한국/",
        "http://localhost:3000/",
        "http://ai/",
        "http://ai.internal/?q={prompt}",
        "http://10.1.2.3:8080/",
        "http://192.168.0.9/",
        "http://[fd00::1]/",
    ],
)
def test_addresses_of_tools(address):
    check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ai.example.go.kr",
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://x/",
        "data:text/html,x",
        "ftp://ai.example.go.kr/",
        "//ai.example.go.kr/",
        "https://",
        "https:///chat",
        "https://user:secret@ai.example.go.kr/",
        "https://{prompt}.example.org/",
        "https://ai.example.org/{prompt}",
        "https://ai.example.org:99999/",
        "https://ai.example.org/ x",
        "https://ai.example.org\\@evil.example/",
        "http://ai.example.org/",
        "http://8.8.8.8/",
        "https://[::1/",
    ],
)
def test_addresses_that_are_refused(address):
    with pytest.raises(ValidationError):
        check_address(address)


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("https://a.example/?q={prompt}", "https://a.example/"),
        ("https://a.example/?m=x&q={prompt}&n=", "https://a.example/?m=x&n="),
        ("https://a.example/#q={prompt}", "https://a.example/"),
        ("https://a.example/?m=%ea%b0%80", "https://a.example/?m=%ea%b0%80"),
    ],
)
def test_the_address_without_the_text(address, opened):
    assert without_prompt(address) == opened


@pytest.mark.parametrize(
    ("channel", "offered"),
    [
        ("public_ai", ["public_ai", "agency_ai", "on_device"]),
        ("agency_ai", ["agency_ai", "on_device"]),
        ("on_device", ["on_device"]),
        ("elsewhere", []),
    ],
)
def test_tools_run_no_further_out_than_the_prompt_may_go(channel, offered):
    tools = [OpenTool(name=name, channel=name) for name in ("public_ai", "agency_ai", "on_device")]

    assert [tool.name for tool in tools_for(channel, tools)] == offered


def test_an_administrator_adds_a_tool(as_user):
    response = as_user(make_user("administrator")).post(URL, FORM)

    tool = OpenTool.objects.get()
    assert response.url == URL
    assert (tool.name, tool.url, tool.channel, tool.is_enabled) == (*list(FORM.values())[:3], True)
    assert AuditRecord.objects.filter(verb="tool.added", target_id=str(tool.pk)).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"url": "javascript:alert(1)"}, {"url": "http://ai.example.org/"}, {"channel": "moon"}, {"name": ""}],
)
def test_a_refused_tool_keeps_what_was_typed(as_user, wrong):
    given = FORM | {"name": "이것을 남긴다"} | wrong

    response = as_user(make_user("administrator")).post(URL, given)

    assert (response.status_code, OpenTool.objects.count()) == (422, 0)
    assert f'value="{given["name"]}"' in response.content.decode() or not given["name"]


def test_a_tool_sent_twice_is_one_tool(as_user):
    client = as_user(make_user("administrator"))

    assert [client.post(URL, FORM).status_code for _ in range(2)] == [302, 422]
    assert OpenTool.objects.count() == 1


def test_a_tool_is_changed_and_switched_off(as_user):
    tool = make_tool()
    given = {name: value for name, value in FORM.items() if name != "is_enabled"}

    as_user(make_user("administrator")).post(reverse("casebook:tool", args=[tool.pk]), given)

    tool.refresh_from_db()
    assert not tool.is_enabled
    assert AuditRecord.objects.get(verb="tool.changed").detail["enabled"] is False


def test_a_tool_is_removed(as_user):
    tool = make_tool()

    as_user(make_user("administrator")).post(reverse("casebook:tool_remove", args=[tool.pk]))

    assert not OpenTool.objects.exists()
    assert AuditRecord.objects.get(verb="tool.removed").detail["name"] == tool.name


@pytest.mark.parametrize("role", ["staff", "editor", "organiser"])
@pytest.mark.parametrize("name", ["tools", "tool", "tool_remove"])
def test_only_administrators_allow_tools(as_user, role, name):
    tool = make_tool()
    url = reverse(f"casebook:{name}", args=[] if name == "tools" else [tool.pk])

    response = as_user(make_user(role)).post(url, FORM | {"name": "다른 이름"})

    assert response.status_code == 403
    assert OpenTool.objects.get().name == tool.name


@pytest.mark.parametrize("name", ["tool", "tool_remove"])
def test_a_tool_that_is_gone(as_user, name):
    client = as_user(make_user("administrator"))

    assert client.post(reverse(f"casebook:{name}", args=[1]), FORM).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_tools_query_count(as_user, count, django_assert_num_queries):
    for number in range(count):
        make_tool(name=f"도구 {number}")
    client = as_user(make_user("administrator"))

    with django_assert_num_queries(5):
        response = client.get(URL)

    assert len(response.context["tools"]) == count

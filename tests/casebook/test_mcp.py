"""/mcp as the official client sees it, in both eras of the protocol, and who is let in."""

import pytest
from django.utils.timezone import now
from mcp.shared.exceptions import MCPError

from accounts.actions.tokens import CALLS_A_MINUTE, revoke_token
from accounts.models import AccessToken
from casebook.actions.versions import NewRecord, ask_reviews, create_records, publish_versions
from casebook.mcp.view import MOST_BYTES
from casebook.models import UsageCount
from tests.casebook.mcp_client import ACCEPT, INITIALIZE, ask, send, talk
from tests.factories import AT, make_prompt, make_token, make_user, prompt_content

MODES = ["legacy", "auto"]
online = pytest.mark.django_db(transaction=True)
in_process = pytest.mark.django_db


def fresh(scopes=None, **fields):
    """The secret of a new token."""
    scopes = list(AccessToken.Scope) if scopes is None else scopes
    return make_token(make_user(), scopes=scopes, **fields)[1]


# Conversations


@online
@pytest.mark.parametrize("mode", MODES)
def test_a_program_finds_and_fills_in_a_prompt(live_server, mode):
    blank = {"key": "민원요지", "label": "민원 요지", "required": True}
    prompt = make_prompt(published=True, title="민원 답변 초안", variables=[blank])
    make_prompt(title="아직 초안")

    async def conversation(client):
        found = await client.call_tool("search_prompts", {"query": "민원 답변"})
        name = found.structured_content["results"][0]["name"]
        listed = (await client.list_prompts()).prompts
        return listed, await client.get_prompt(name, {"민원요지": "가로등 고장"})

    listed, given = talk(f"{live_server.url}/mcp", fresh(), conversation, mode=mode)

    assert [(each.name, each.title) for each in listed] == [(prompt.slug, "민원 답변 초안")]
    argument = listed[0].arguments[0]
    assert (argument.name, argument.title, argument.required) == ("민원요지", "민원 요지", True)
    message = given.messages[0]
    assert (message.role, message.content.text) == ("user", "가로등 고장에 대한 답변을 써 주세요.")
    assert UsageCount.objects.get(prompt=prompt).copies == 1


@online
@pytest.mark.parametrize("mode", MODES)
def test_a_long_list_comes_in_pages(live_server, mode):
    contents = [prompt_content(title=f"프롬프트 {number:03}") for number in range(101)]
    versions = create_records("prompt", [NewRecord(content=each) for each in contents], by=None, at=AT)
    ask_reviews(versions, by=None, at=AT)
    publish_versions(versions, by=None, at=AT)

    async def conversation(client):
        first = await client.list_prompts()
        return first, await client.list_prompts(cursor=first.next_cursor)

    first, second = talk(f"{live_server.url}/mcp", fresh(), conversation, mode=mode)

    assert (len(first.prompts), len(second.prompts), second.next_cursor) == (100, 1, None)
    titles = [each.title for each in [*first.prompts, *second.prompts]]
    assert titles == [each["title"] for each in contents]


@online
@pytest.mark.parametrize("mode", MODES)
def test_a_refusal_reaches_the_program_as_an_error_of_the_protocol(live_server, mode):
    async def conversation(client):
        with pytest.raises(MCPError) as refused:
            await client.get_prompt("없는-프롬프트")
        return refused.value

    refused = talk(f"{live_server.url}/mcp", fresh(), conversation, mode=mode, **{"Accept-Language": "en"})

    assert (refused.code, refused.message.startswith("There is no published prompt")) == (-32602, True)


@online
@pytest.mark.parametrize("mode", MODES)
def test_a_program_without_a_token_gets_nowhere(live_server, mode):
    async def conversation(client):
        return await client.list_prompts()

    with pytest.RaisesGroup(MCPError, flatten_subgroups=True, allow_unwrapped=True):
        talk(f"{live_server.url}/mcp", "pcb_wrong", conversation, mode=mode)


# Who is let in


@in_process
def test_initialize_says_what_there_is(client):
    answer = send(client, fresh(), INITIALIZE)

    result = answer.json()["result"]
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert result["protocolVersion"] == "2025-06-18"
    assert set(result["capabilities"]) == {"prompts", "tools"}
    assert result["serverInfo"]["title"] == "프롬프트 사례집"
    assert "no-store" in answer["Cache-Control"]


@in_process
def test_the_server_speaks_the_language_that_is_asked_for(client):
    answer = send(client, fresh(), INITIALIZE, **{"Accept-Language": "en"})

    assert answer.json()["result"]["serverInfo"]["title"] == "Prompt Casebook"


@in_process
def test_a_notification_is_accepted_without_an_answer(client):
    answer = send(client, fresh(), {"jsonrpc": "2.0", "method": "notifications/initialized"})

    assert (answer.status_code, answer.content) == (202, b"")


def revoked():
    token, secret = make_token(make_user())
    revoke_token(token, by=token.user, at=now())
    return secret


def of_a_closed_account():
    return make_token(make_user(is_active=False))[1]


@in_process
@pytest.mark.parametrize(
    "secret",
    [
        lambda: "pcb_" + "a" * 43,
        lambda: "",
        lambda: fresh(expires_at=AT),
        revoked,
        of_a_closed_account,
    ],
)
def test_a_bad_token_is_refused(client, secret):
    answer = send(client, secret(), INITIALIZE)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer ")
    assert answer.json()["error"] == "invalid_token"


@in_process
@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic {}", "{}", "Bearer x{}"])
def test_only_a_bearer_token_lets_in(as_user, header):
    """Being logged in is no way in: the cookie would let any page of the web act for the person."""
    secret = fresh()
    client = as_user(make_user())

    answer = send(client, secret, INITIALIZE, Authorization=header and header.format(secret))

    assert answer.status_code == 401


@in_process
@pytest.mark.parametrize("method", ["get", "delete", "put", "head", "options"])
def test_nothing_but_post_is_answered(client, method):
    answer = getattr(client, method)("/mcp", headers={"Authorization": f"Bearer {fresh()}", "Accept": ACCEPT})

    assert (answer.status_code, answer["Allow"]) == (405, "POST")


@in_process
@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://testserver", 200),
        ("https://casebook.example.go.kr", 200),
        ("http://evil.example", 403),
        ("http://testserver.evil.example", 403),
        ("https://testserver", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_pages_of_other_sites_are_refused(client, settings, origin, status):
    settings.SITE_URL = "https://casebook.example.go.kr"

    assert send(client, fresh(), INITIALIZE, Origin=origin).status_code == status


@in_process
def test_a_host_that_is_not_ours_is_refused(client):
    assert send(client, fresh(), INITIALIZE, Host="evil.example").status_code == 400


@in_process
def test_a_long_call_is_refused_before_anything_is_read(client, django_assert_num_queries):
    secret = fresh()

    with django_assert_num_queries(0):
        answer = send(client, secret, b" " * (MOST_BYTES + 1))

    assert answer.status_code == 413


@in_process
def test_a_call_in_pieces_of_unknown_length_is_refused(client):
    answer = send(client, fresh(), INITIALIZE, **{"Transfer-Encoding": "chunked"})

    assert (answer.status_code, answer.json()["error"]) == (411, "length_required")


@in_process
def test_a_call_of_just_the_right_length_is_read(client):
    body = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}'

    assert send(client, fresh(), body.ljust(MOST_BYTES)).json()["result"] == {}


@in_process
def test_too_many_calls_have_to_wait(client, monkeypatch):
    secret = fresh()
    monkeypatch.setattr("casebook.mcp.view.now", lambda: AT.replace(second=20))
    AccessToken.objects.update(minute=AT, calls=CALLS_A_MINUTE - 1)

    answers = [send(client, secret, INITIALIZE) for _number in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert (answers[1]["Retry-After"], answers[1].json()["error"]) == ("40", "too_many_calls")


@in_process
@pytest.mark.parametrize(
    "body",
    [
        " ",
        "{",
        "[]",
        '"x"',
        "[" * 100_000,
        '{"jsonrpc": "1.0", "id": 1, "method": "ping"}',
        '{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": 3}',
        '[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]',
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
def test_what_is_no_call_is_answered_with_an_error(client, body, version):
    answer = send(client, fresh(), body, **{"MCP-Protocol-Version": version})

    assert (answer.status_code, "error" in answer.json()) == (400, True)


@in_process
def test_a_version_nobody_knows_is_refused(client):
    answer = send(
        client,
        fresh(),
        {"jsonrpc": "2.0", "id": 1, "method": "ping"},
        **{"MCP-Protocol-Version": "2031-01-01"},
    )

    assert answer.status_code == 400


@in_process
def test_a_body_that_is_not_said_to_be_json_is_refused(client):
    headers = {"Accept": ACCEPT, "Authorization": f"Bearer {fresh()}"}

    assert client.post("/mcp", {"jsonrpc": "2.0"}, headers=headers).status_code == 400


@in_process
def test_who_takes_no_json_is_refused(client):
    assert send(client, fresh(), INITIALIZE, Accept="text/html").status_code == 406


@in_process
@pytest.mark.parametrize("method", ["resources/list", "completion/complete", "nothing/here"])
def test_what_is_not_offered_is_not_found(client, method):
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {}}

    assert send(client, fresh(), message).json()["error"]["code"] in (-32601, -32602)


# Scopes


@in_process
@pytest.mark.parametrize(("method", "params"), [("prompts/list", {}), ("prompts/get", {"name": "a"})])
def test_prompts_need_their_scope(client, method, params):
    assert "prompts:read" in ask(client, fresh(["search:read"]), method, **params)


@in_process
def test_the_search_needs_its_scope(client):
    secret = fresh(["prompts:read"])
    make_prompt(published=True)

    assert ask(client, secret, "tools/list")["tools"] == []
    refused = ask(client, secret, "tools/call", name="search_prompts", arguments={"query": "민원"})
    assert "search:read" in refused
    assert len(ask(client, secret, "prompts/list")["prompts"]) == 1


@in_process
def test_a_fault_here_is_told_without_its_words(client, monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret words")

    monkeypatch.setattr("casebook.mcp.prompts.list_page", broken)

    answer = ask(client, fresh(), "prompts/list")

    assert "secret words" not in answer
    assert "secret words" in caplog.text

"""The MCP server: the SDK speaks the protocol, the functions here answer from the casebook."""

import logging
from functools import cache, partial

import mcp_types as types
from asgiref.sync import sync_to_async
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError

from accounts.errors import Refusal
from accounts.models import AccessToken
from casebook.mcp import prompts, search_tool

NAME = "prompt-casebook"
VERSION = "1"
Scope = AccessToken.Scope
logger = logging.getLogger(__name__)


async def application(scope, receive, send):
    """ASGI, one call at a time: nothing is kept between calls, so any process can answer any of them."""
    manager = StreamableHTTPSessionManager(server_in(get_language()), json_response=True, stateless=True)
    async with manager.run():
        await manager.handle_request(scope, receive, send)


@cache
def server_in(language):
    """The server that introduces itself in a language, which is the one in force."""
    return Server(
        NAME,
        version=VERSION,
        title=_("Prompt Casebook"),
        instructions=_(
            "Prompts of Korean local governments, reviewed by editors. Read a prompt's description before use: "
            "it says what must never be entered. Never put identity numbers into the blanks."
        ),
        on_list_prompts=partial(_answer, list_prompts),
        on_get_prompt=partial(_answer, get_prompt),
        on_list_tools=partial(_answer, list_tools),
        on_call_tool=partial(_answer, call_tool),
    )


async def _answer(handler, context, params):
    """Answer in the thread of the request, which has its database connection."""
    return await sync_to_async(_guarded)(handler, context.request.scope["token"], params)


def _guarded(handler, token, params):
    """The SDK would tell the caller the words of any error; only ours are meant for them."""
    try:
        return handler(token, params)
    except Refusal as refusal:
        raise MCPError(types.INVALID_PARAMS, str(refusal)) from refusal
    except MCPError:
        raise
    except Exception as error:
        logger.exception("MCP call failed")
        raise MCPError(types.INTERNAL_ERROR, _("Something went wrong here. Try again later.")) from error


def list_prompts(token, params):
    _require(token, Scope.READ_PROMPTS)
    return prompts.list_page(params.cursor if params else None)


def get_prompt(token, params):
    _require(token, Scope.READ_PROMPTS)
    return prompts.filled_prompt(params.name, params.arguments or {}, at=now())


def list_tools(token, params):
    """A program offers its model every tool that it sees, so only those that will work are shown."""
    return types.ListToolsResult(tools=[search_tool.described()] if token.allows(Scope.SEARCH) else [])


def call_tool(token, params):
    if params.name != search_tool.NAME:
        raise MCPError(types.INVALID_PARAMS, _("There is no such tool. Ask tools/list for the names."))
    _require(token, Scope.SEARCH)
    return search_tool.call(params.arguments or {})


def _require(token, scope):
    if not token.allows(scope):
        message = _("This token may not do that. Make one with the scope %(scope)s.") % {"scope": scope.value}
        raise MCPError(types.INVALID_REQUEST, message, {"scope": scope.value})

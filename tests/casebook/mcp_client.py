"""Talking to /mcp: with the official client over HTTP, and by hand for what it would never send."""

import asyncio
import json

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

ACCEPT = "application/json, text/event-stream"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "시험", "version": "1"},
    },
}


def talk(address, secret, conversation, *, mode="auto", **headers):
    """Return what `conversation` (a function of the client) returns; mode: legacy begins with a handshake."""

    async def run():
        headers["Authorization"] = f"Bearer {secret}"
        async with (
            httpx2.AsyncClient(headers=headers) as http,
            Client(streamable_http_client(address, http_client=http), mode=mode) as client,
        ):
            return await conversation(client)

    return asyncio.run(run())


def send(client, secret, message, **headers):
    """Post one message with Django's client; a header of None is left out."""
    sent = {"Accept": ACCEPT, "Authorization": f"Bearer {secret}"} | headers
    sent = {name: value for name, value in sent.items() if value is not None}
    body = message if isinstance(message, str | bytes) else json.dumps(message)
    return client.post("/mcp", body, content_type="application/json", headers=sent)


def ask(client, secret, method, **params):
    """Return the JSON answer to one request of the handshake era; the error's words when it is one."""
    message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
    answer = send(client, secret, message, **{"MCP-Protocol-Version": "2025-06-18"}).json()
    return answer["error"]["message"] if "error" in answer else answer["result"]

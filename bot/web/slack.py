"""Slack over HTTP, guarded where Bolt is not: who sent it is settled before anything is read.

Bolt alone (slack_bolt 1.30) fails on a timestamp or a signature of odd signs, and on a body that is
no JSON, before it knows whether Slack sent it; and nothing limits how much is read. A stranger
gets 401 here, and what Slack signed gets 200, whatever its shape: a 500 would bring it again.
"""

import hmac
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from bot.slack.bolt import answer_to

TIMESTAMP = re.compile(r"[0-9]{1,11}")
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
LARGEST = 1_000_000
"""Bytes. Slack's own requests stay far below."""

Endpoint = Callable[[Request], Awaitable[Response]]


class TooLarge(Exception):
    """The body went over `LARGEST`; the rest of it was not read."""


def slack_endpoint(app: AsyncApp, *, signing_secret: str) -> Endpoint:
    """A request that is too old is left to Bolt, which checks the signature once more."""
    key = signing_secret.encode()

    async def endpoint(request: Request) -> Response:
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not TIMESTAMP.fullmatch(timestamp) or not SIGNATURE.fullmatch(signature):
            return _stranger()
        try:
            body = await _body(request)
        except TooLarge:
            return PlainTextResponse("too large\n", status_code=413)
        except ClientDisconnect:
            return PlainTextResponse("gone\n", status_code=400)
        made = hmac.digest(key, b"v0:%b:%b" % (timestamp.encode(), body), "sha256").hex()
        if not hmac.compare_digest(f"v0={made}", signature):
            return _stranger()
        return to_starlette_response(await _answered(app, request, body))

    return endpoint


async def _answered(app: AsyncApp, request: Request, body: bytes) -> BoltResponse:
    read: Any = None
    try:
        bolt_request = to_async_bolt_request(request, body)
        read = bolt_request.body
        return await app.async_dispatch(bolt_request)
    except Exception as unknown:  # noqa: BLE001  the web door: Bolt itself fails on odd shapes
        shape = read if isinstance(read, dict) else {}
        return BoltResponse(status=200, body=answer_to(unknown, shape))


def _stranger() -> Response:
    return PlainTextResponse("not signed by Slack\n", status_code=401)


async def _body(request: Request) -> bytes:
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated[:12]) > LARGEST:
        raise TooLarge
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise TooLarge
    return bytes(body)

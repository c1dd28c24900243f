"""Slack over HTTP, guarded where Bolt is not: before it checks a signature it reads the body.

A timestamp that is no number would be a 500 (slack_bolt 1.30), and so would a body that is no
JSON; and nothing limits how much is read. An unsigned stranger gets none of that here.
"""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

TIMESTAMP = re.compile(r"[0-9]{1,11}")
LARGEST = 1_000_000
"""Bytes. Slack's own requests stay far below."""


class TooLarge(Exception):
    """The body went over `LARGEST`; the rest of it was not read."""


def slack_endpoint(app: AsyncApp) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if not TIMESTAMP.fullmatch(request.headers.get("x-slack-request-timestamp", "")):
            return PlainTextResponse("no valid timestamp\n", status_code=401)
        try:
            body = await _body(request)
        except TooLarge:
            return PlainTextResponse("too large\n", status_code=413)
        except ClientDisconnect:
            return PlainTextResponse("gone\n", status_code=400)
        try:
            bolt_request = to_async_bolt_request(request, body)
        except Exception:  # noqa: BLE001  # the web door: any shape of body, before its signature
            return PlainTextResponse("not a request of Slack\n", status_code=400)
        return to_starlette_response(await app.async_dispatch(bolt_request))

    return endpoint


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

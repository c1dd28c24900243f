"""Slack over web sockets: the way in that needs no public address."""

import asyncio
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.errors import Misconfigured
from bot.slack.border import ask, error_code

_HOW = (
    "make one under Basic Information → App-Level Tokens with the scope connections:write, "
    "and put it (xapp-…) into SLACK_APP_TOKEN."
)
_REFUSED = {
    "invalid_auth": f"Slack does not accept the app-level token: {_HOW}",
    "not_authed": f"There is no app-level token: {_HOW}",
    "not_allowed_token_type": f"SLACK_APP_TOKEN is no app-level token: {_HOW}",
    "token_revoked": f"The app-level token was revoked: {_HOW}",
    "missing_scope": f"The app-level token lacks connections:write: {_HOW}",
    "account_inactive": f"The app-level token is no longer active: {_HOW}",
    "socket_mode_disabled": "Socket Mode is off: turn it on under Settings → Socket Mode.",
}


class SocketMode:
    """Some connections of one app; each envelope comes over any one of them."""

    def __init__(self, handlers: list[AsyncSocketModeHandler]) -> None:
        self._handlers = handlers
        self._open = True
        self._under_way: set[asyncio.Task[None]] = set()
        for handler in handlers:
            handler.client.socket_mode_request_listeners = [self._listener(handler)]

    async def connect(self) -> None:
        await asyncio.gather(*(_connected(handler) for handler in self._handlers))

    async def connected(self) -> int:
        """How many connections live; fewer than were asked for is a matter for the health check."""
        return sum([await handler.client.is_connected() for handler in self._handlers])

    async def close(self, *, seconds: float = 5.0) -> None:
        """Takes in nothing more, lets what is under way be answered, then closes.

        What comes meanwhile gets no ack: Slack sends an event again, a person presses again.
        """
        self._open = False
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        await asyncio.gather(*(_closed(handler) for handler in self._handlers))

    def _listener(self, handler: AsyncSocketModeHandler) -> Any:
        async def listen(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
            if not self._open:
                return
            task = asyncio.ensure_future(handler.handle(client, request))  # type: ignore[arg-type]  # its stub names the aiohttp client
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            await asyncio.shield(task)

        return listen


async def _connected(handler: AsyncSocketModeHandler) -> None:
    await handler.connect_async()  # type: ignore[no-untyped-call]  # unannotated in slack_bolt


async def _closed(handler: AsyncSocketModeHandler) -> None:
    await handler.close_async()  # type: ignore[no-untyped-call]  # unannotated in slack_bolt


async def connect(
    app: AsyncApp, app_token: str, *, connections: int = 2, ping_interval: float = 10.0
) -> SocketMode:
    """After `check_token`: the library itself would try a wrong one for ever, without a word.

    Two connections by default, since Slack renews one every few hours and is deaf meanwhile.
    """
    handlers = [
        AsyncSocketModeHandler(app, app_token, ping_interval=ping_interval)
        for _ in range(connections)
    ]
    made = SocketMode(handlers)
    await made.connect()
    return made


async def check_token(app: AsyncApp, app_token: str) -> None:
    if not app_token.startswith("xapp-"):
        raise Misconfigured((_REFUSED["not_allowed_token_type"],))
    try:
        await ask(app.client.apps_connections_open, app_token=app_token)
    except Misconfigured as refused:
        code = error_code(refused.__cause__)
        sentence = _REFUSED.get(code, f"Slack refuses Socket Mode ({code}): {_HOW}")
        raise Misconfigured((sentence,)) from refused

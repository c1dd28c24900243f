"""A small real Bolt app on a sandbox's socket or behind its own URL, for the tests beside it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.server import Sandbox
from tests.sandbox.served import served

Frames = list[dict[str, Any]]
Listeners = Callable[[AsyncApp], None]

BUTTON: list[dict[str, Any]] = [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
        ],
    }
]


def client_of(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.workspace.bot_token, base_url=sandbox.slack_api_url)


@asynccontextmanager
async def connected(
    sandbox: Sandbox,
    listeners: Listeners,
    *,
    ping_interval: float = 10,
    frames: Frames | None = None,
) -> AsyncIterator[AsyncApp]:
    """`frames` collects whatever came over the socket."""
    app = AsyncApp(client=client_of(sandbox), process_before_response=True)
    listeners(app)
    handler = AsyncSocketModeHandler(
        app, app_token=sandbox.workspace.app_token, ping_interval=ping_interval
    )

    async def heard(_client: Any, frame: dict[str, Any], _raw: str | None = None) -> None:
        if frames is not None:
            frames.append(frame)

    handler.client.message_listeners.append(heard)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # as slack_bolt has it
    await sandbox.connected()
    try:
        yield app
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # as slack_bolt has it


@asynccontextmanager
async def listening(
    sandbox: Sandbox, listeners: Listeners, *, secret: str = ""
) -> AsyncIterator[str]:
    """The request URL of a Bolt app; `secret` is its signing secret where it is a wrong one."""
    app = AsyncApp(
        client=client_of(sandbox),
        signing_secret=secret or sandbox.workspace.signing_secret,
        process_before_response=True,
    )
    listeners(app)
    handler = AsyncSlackRequestHandler(app)

    async def requests(request: Request) -> Response:
        return await handler.handle(request)

    async with served(Starlette(routes=[Route("/slack", requests, methods=["POST"])])) as url:
        yield f"{url}/slack"

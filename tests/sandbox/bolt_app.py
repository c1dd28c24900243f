"""A small real Bolt app on a sandbox's socket, for the tests beside it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox


def client_of(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.workspace.bot_token, base_url=sandbox.slack_api_url)


@asynccontextmanager
async def connected(
    sandbox: Sandbox, listeners: Callable[[AsyncApp], None]
) -> AsyncIterator[AsyncApp]:
    app = AsyncApp(client=client_of(sandbox), process_before_response=True)
    listeners(app)
    handler = AsyncSocketModeHandler(app, app_token=sandbox.workspace.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # as slack_bolt has it
    await sandbox.connected()
    try:
        yield app
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # as slack_bolt has it

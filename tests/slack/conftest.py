"""A loopback workspace and the client that is used in earnest."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from bot.slack.client import make_client, open_session
from bot.slack.manifest import SCOPES


@dataclass
class Loopback:
    sandbox: Sandbox
    client: AsyncWebClient

    def calls(self, method: str) -> list[object]:
        return list(self.sandbox.workspace.journal.calls(method))

    def fault(self, method: str, kind: str, times: int = 1) -> None:
        self.sandbox.workspace.faults.inject(method, kind=kind, times=times)


@pytest.fixture
async def slack() -> AsyncIterator[Loopback]:
    async with (
        Sandbox(scopes=SCOPES, post_burst=100, tier_burst=100.0) as sandbox,
        open_session() as session,
    ):
        token = sandbox.workspace.bot_token
        client = make_client(token, session=session, api_url=sandbox.slack_api_url)
        yield Loopback(sandbox, client)

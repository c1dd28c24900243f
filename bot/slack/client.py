"""The one Slack client, made so that nothing is sent twice behind our back."""

from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.budgets import READS, Rests

TIMEOUT_SECONDS = 10


class PatientClient(AsyncWebClient):
    """Reads obey Slack's Retry-After."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self._rests = Rests()

    async def api_call(self, api_method: str, **more: Any) -> AsyncSlackResponse:
        async def call() -> AsyncSlackResponse:
            return await super(PatientClient, self).api_call(api_method, **more)

        return await (self._rests.obeyed(api_method, call) if api_method in READS else call())


def open_session() -> aiohttp.ClientSession:
    """Shared by every call, since Slack's library would shake hands anew for each one otherwise."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))


def make_client(token: str, *, session: aiohttp.ClientSession, api_url: str) -> AsyncWebClient:
    """`api_url` is https://slack.com/api/ outside of tests.

    The library's own retry handler is off: after a lost answer it posts a message a second time.
    """
    return PatientClient(
        token=token,
        base_url=api_url,
        session=session,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[],
    )

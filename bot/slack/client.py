"""The one Slack client, made so that nothing is sent twice behind our back."""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.budgets import READS, Rests
from bot.slack.retry_after import LIMITED, retry_after
from bot.slack.welcome import Welcome

TIMEOUT_SECONDS = 10
WITH_ANOTHER_TOKEN = {"apps.connections.open"}


class PatientClient(AsyncWebClient):
    """Reads obey Slack's Retry-After; a token that is refused is not shown again and again."""

    def __init__(self, *, welcome: Welcome | None = None, **how: Any) -> None:
        super().__init__(**how)
        self._rests = Rests()
        self.welcome = welcome or Welcome()

    async def look_whether_welcome_again(self) -> None:
        """Asks nothing while Slack takes the token; else lets us in again once it does."""
        await self.welcome.look(self.auth_test)

    async def api_call(self, api_method: str, **more: Any) -> AsyncSlackResponse:
        async def call() -> AsyncSlackResponse:
            try:
                return await super(PatientClient, self).api_call(api_method, **more)
            except SlackApiError as refusal:
                if retry_after(refusal) is not None:
                    LIMITED.labels(api_method).inc()
                raise

        async def in_time() -> AsyncSlackResponse:
            return await (self._rests.obeyed(api_method, call) if api_method in READS else call())

        if api_method in WITH_ANOTHER_TOKEN:
            return await in_time()
        return await self.welcome.used(api_method, in_time, asks=self.auth_test)


def open_session() -> aiohttp.ClientSession:
    """Shared by every call, since Slack's library would shake hands anew for each one otherwise."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))


def make_client(
    token: str, *, session: aiohttp.ClientSession, api_url: str, welcome: Welcome | None = None
) -> PatientClient:
    """`api_url` is https://slack.com/api/ outside of tests.

    The library's own retry handler is off: after a lost answer it posts a message a second time.
    """
    return PatientClient(
        token=token,
        base_url=api_url,
        session=session,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[],
        welcome=welcome,
    )

"""Whether Slack still takes the bot's token. Where it does not, nobody knocks on and on.

That is no fault of what was to be said: it waits until the app is let in again, instead of being
refused row by row.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiohttp
import structlog
from prometheus_client import Gauge
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import Unavailable
from bot.slack.border import TOKEN_REFUSED, error_code, token_refused

log = structlog.get_logger(__name__)

LOOK_AGAIN = 60.0
"""Seconds. An account that was only suspended comes back under the same token."""
ASKS = "auth.test"
ACCEPTED = Gauge("usher_slack_token_accepted", "1 while Slack takes the bot's token.")

Call = Callable[[], Awaitable[AsyncSlackResponse]]


class Welcome:
    def __init__(self, *, look_again: float = LOOK_AGAIN) -> None:
        self._look_again = look_again
        self._refused = ""
        self._was_welcome = False
        self._closed_until = 0.0
        ACCEPTED.set(1)

    def sentences(self) -> tuple[str, ...]:
        """What is wrong with the token just now, and what to do."""
        return (token_refused(self._refused),) if self._refused else ()

    async def used(self, method: str, call: Call, *, asks: Call) -> AsyncSlackResponse:
        """`call`, or `Unavailable` where the token is known to be refused.

        One refusal is not believed: `asks` (auth.test) has the last word.
        """
        wait = self._closed_until - asyncio.get_running_loop().time()
        if self._refused and wait > 0 and method != ASKS:
            raise Unavailable("slack", "it does not take the bot's token", retry_after=wait)
        try:
            answer = await call()
        except SlackApiError as refusal:
            if error_code(refusal) in TOKEN_REFUSED:
                await self._doubted(method, error_code(refusal), asks)
            raise
        self._accepted()
        return answer

    async def _doubted(self, method: str, code: str, asks: Call) -> None:
        if method == ASKS:
            self._shut(code)
            return
        with suppress(SlackApiError, aiohttp.ClientError, TimeoutError):
            await asks()
        if self._refused:
            raise Unavailable(
                "slack", "it does not take the bot's token", retry_after=self._look_again
            )

    def _shut(self, code: str) -> None:
        # At a start and in `check` it is the answer itself, and said by who asked.
        if self._was_welcome and not self._refused:
            log.error("slack.token_refused", reason=token_refused(code))
        self._refused = code
        self._closed_until = asyncio.get_running_loop().time() + self._look_again
        ACCEPTED.set(0)

    def _accepted(self) -> None:
        if self._refused:
            log.info("slack.token_accepted")
        self._was_welcome = True
        self._refused = ""
        ACCEPTED.set(1)

"""Whether Slack still takes the bot's token. Where it does not, nobody knocks on and on.

That is no fault of what was to be said: it waits until the app is let in again, instead of being
refused row by row.
"""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

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
SHORTEST_WAIT = 1.0
ASKS = "auth.test"
ACCEPTED = Gauge("usher_slack_token_accepted", "1 while Slack takes the bot's token.")

Call = Callable[[], Awaitable[AsyncSlackResponse]]


class Welcome:
    """Once Slack refused the token, only auth.test goes out: one a minute, whoever wants to call.

    `now` is in seconds and never goes back.
    """

    def __init__(
        self, *, look_again: float = LOOK_AGAIN, now: Callable[[], float] = monotonic
    ) -> None:
        self._look_again, self._now = look_again, now
        self._refused = ""
        self._was_welcome = False
        self._closed_until = 0.0
        self._looking: asyncio.Task[bool] | None = None
        ACCEPTED.set(1)

    def sentences(self) -> tuple[str, ...]:
        """What is wrong with the token just now, and what to do."""
        return (token_refused(self._refused),) if self._refused else ()

    async def used(self, method: str, call: Call, *, asks: Call) -> AsyncSlackResponse:
        """`call`, or `Unavailable` where the token is known to be refused.

        One refusal is not believed: `asks` (auth.test) has the last word, and where it has none
        nobody knows, so that is `Unavailable` too.
        """
        if method == ASKS:
            return await self._asked(call)
        await self.look(asks)
        if self._refused:
            raise self._away()
        try:
            answer = await call()
        except SlackApiError as refusal:
            if error_code(refusal) in TOKEN_REFUSED:
                await self._doubted(refusal, asks)
            raise
        self._was_welcome = True
        return answer

    async def look(self, asks: Call) -> None:
        """Whether Slack takes a refused token again; nothing before the minute is over."""
        if self._refused and (self._under_way() or self._now() >= self._closed_until):
            await self._verdict(asks)

    async def _doubted(self, refusal: SlackApiError, asks: Call) -> None:
        # Of many that were under way when the token went, the first one has asked for all.
        known = bool(self._refused) or await self._verdict(asks)
        if self._refused:
            raise self._away() from refusal
        if not known:
            reason = "it refuses the bot's token, and auth.test does not say whether for good"
            raise Unavailable("slack", reason) from refusal

    async def _verdict(self, asks: Call) -> bool:
        """Whether auth.test gave one; of all who want to know, one asks."""
        if self._looking is None or self._looking.done():
            # Before it is asked, lest somebody else finds the minute over meanwhile.
            self._closed_until = self._now() + self._look_again
            self._looking = asyncio.create_task(_gave_verdict(asks))
        return await asyncio.shield(self._looking)

    def _under_way(self) -> bool:
        return self._looking is not None and not self._looking.done()

    async def _asked(self, call: Call) -> AsyncSlackResponse:
        try:
            answer = await call()
        except SlackApiError as refusal:
            if error_code(refusal) in TOKEN_REFUSED:
                self._shut(error_code(refusal))
            raise
        self._open()
        return answer

    def _away(self) -> Unavailable:
        wait = max(self._closed_until - self._now(), SHORTEST_WAIT)
        return Unavailable("slack", "it does not take the bot's token", retry_after=wait)

    def _shut(self, code: str) -> None:
        # At a start and in `check` it is the answer itself, and said by who asked.
        if self._was_welcome and not self._refused:
            log.error("slack.token_refused", reason=token_refused(code))
        self._refused = code
        self._closed_until = self._now() + self._look_again
        ACCEPTED.set(0)

    def _open(self) -> None:
        if self._refused:
            log.info("slack.token_accepted")
        self._was_welcome = True
        self._refused = ""
        ACCEPTED.set(1)


async def _gave_verdict(asks: Call) -> bool:
    try:
        await asks()
    except SlackApiError as refusal:
        return error_code(refusal) in TOKEN_REFUSED
    except (aiohttp.ClientError, TimeoutError):
        return False
    return True

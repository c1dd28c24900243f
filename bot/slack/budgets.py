"""What only asks Slack something: when it says “not now”, nobody of this process asks before then.

Posts and edits take their turns from the database instead, since all replicas share them.
"""

import asyncio
from collections.abc import Awaitable, Callable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import Unavailable
from bot.slack.retry_after import retry_after

PATIENCE = 3.0
"""Seconds. Behind a read somebody usually waits for an answer."""
READS = frozenset(
    {
        "conversations.info",
        "conversations.list",
        "conversations.open",
        "usergroups.list",
        "users.info",
        "users.list",
    }
)


class Rests:
    """By method, as Slack counts; on the loop's clock."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._until: dict[str, float] = {}

    async def obeyed(
        self, method: str, call: Callable[[], Awaitable[AsyncSlackResponse]]
    ) -> AsyncSlackResponse:
        """One more try after a short rest; `Unavailable` at once where it is a long one."""
        await self._over(method)
        try:
            return await call()
        except SlackApiError as refusal:
            seconds = retry_after(refusal)
            if seconds is None:
                raise
            self._until[method] = asyncio.get_running_loop().time() + seconds
        await self._over(method)
        return await call()

    async def _over(self, method: str) -> None:
        wait = self._until.get(method, 0.0) - asyncio.get_running_loop().time()
        if wait > self._patience:
            raise Unavailable("slack", "rate limited", retry_after=wait)
        if wait > 0:
            await asyncio.sleep(wait)

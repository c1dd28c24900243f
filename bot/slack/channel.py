"""Posting and editing in Slack, within its rate limits."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured, Unavailable
from bot.model.cleared import Cleared
from bot.model.delivery import Card
from bot.model.ids import ChannelId
from bot.slack.border import ask, error_code
from bot.slack.budgets import Budget, Budgets
from bot.slack.channel_names import ChannelNames
from bot.slack.message import SlackMessage

_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_SHUT = {"is_archived", "channel_not_found", "not_in_channel"}
_MOST_DMS = 10_000


class SlackChannel:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._names = ChannelNames(client)
        self._posts = Budgets(per_second=1.0, burst=1)
        self._edits = Budget(per_second=50 / 60, burst=5)
        self._dms: dict[str, str] = {}

    async def resolve(self, name: str) -> ChannelId:
        """`#name` or `C…` to the id of a channel we may post in."""
        return await self._names.resolve(name)

    async def post(self, to: str, message: Cleared[SlackMessage]) -> Card:
        """`to` is a channel, `#name` or a person (their direct messages)."""
        if to.startswith(("U", "W")):
            return await self.direct(to, message)
        channel = await self.resolve(to) if to.startswith("#") else to
        return await self._post(channel, message)

    async def direct(self, user_id: str, message: Cleared[SlackMessage]) -> Card:
        return await self._post(await self._dm(user_id), message)

    async def edit(self, card: Card, message: Cleared[SlackMessage]) -> bool:
        """False where the message or its channel is out of reach, so that it is posted anew."""
        await self._edits.take()
        try:
            await self._send(
                self._client.chat_update, self._edits, card.channel_id, message, ts=card.ts
            )
        except Misconfigured as refused:
            if error_code(refused.__cause__) in _GONE | _SHUT:
                return False
            raise
        return True

    async def whisper(
        self, channel: str, user_id: str, message: Cleared[SlackMessage], *, thread_ts: str = ""
    ) -> None:
        """An ephemeral message, where no acknowledgement or response_url can carry the answer."""
        budget = self._posts.of(channel)
        await budget.take()
        thread = {"thread_ts": thread_ts} if thread_ts else {}
        await self._send(
            self._client.chat_postEphemeral, budget, channel, message, user=user_id, **thread
        )

    async def _post(self, channel: str, message: Cleared[SlackMessage]) -> Card:
        budget = self._posts.of(channel)
        await budget.take()
        quiet = {"unfurl_links": False, "unfurl_media": False}
        answer = await self._send(self._client.chat_postMessage, budget, channel, message, **quiet)
        return Card(channel_id=str(answer["channel"]), ts=str(answer["ts"]))

    async def _send(
        self, method: Any, budget: Budget, channel: str, message: Cleared[SlackMessage], **more: Any
    ) -> Any:
        shown = message.value
        try:
            return await ask(
                method,
                changes=True,
                channel=channel,
                text=shown.text,
                blocks=list(shown.blocks) or None,
                **more,
            )
        except Unavailable as busy:
            if busy.retry_after is not None:
                budget.rest(busy.retry_after)
            raise

    async def _dm(self, user_id: str) -> str:
        if user_id not in self._dms:
            opened = await ask(self._client.conversations_open, users=[user_id])
            if len(self._dms) >= _MOST_DMS:
                self._dms.clear()
            self._dms[user_id] = str(opened["channel"]["id"])
        return self._dms[user_id]

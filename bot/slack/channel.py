"""Posting and editing in Slack. Couriers come with their turn; the door's words take one here."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, Protocol, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured, Unavailable
from bot.model.case import Case
from bot.model.cleared import Cleared
from bot.model.delivery import Card
from bot.model.export import SlackFile
from bot.model.ids import ChannelId
from bot.model.lanes import WHISPER, lane_to
from bot.slack.border import ask, error_code
from bot.slack.channel_names import ChannelNames
from bot.slack.files import share
from bot.slack.message import SlackMessage

T = TypeVar("T")

_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_SHUT = {"is_archived", "channel_not_found", "not_in_channel"}
_MOST_DMS = 10_000


class Turns(Protocol):
    """Slack's limits, kept by all replicas together."""

    def turn(self, lane: str) -> AbstractAsyncContextManager[None]:
        """Waits for a turn; `Unavailable` where none is near. A refusal inside rests the lane."""


class SlackChannel:
    def __init__(self, client: AsyncWebClient, turns: Turns) -> None:
        self._client = client
        self._turns = turns
        self.names = ChannelNames(client)
        self._dms: dict[str, str] = {}

    async def resolve(self, name: str) -> ChannelId:
        """`#name` or `C…` to the id of a channel we may post in."""
        return await self.names.resolve(name)

    async def post(
        self, to: str, message: Cleared[SlackMessage], *, about: Case | None = None
    ) -> Card:
        """`to` is a channel, `#name` or a person: their direct messages, and the card says which.

        `about` is the case whose card this is; Slack keeps its number behind the message.
        """
        # Slack takes a person's id here. To open each conversation first, fifty a minute, would
        # hold up a morning's messages and the cards behind them.
        channel = to if to.startswith(("U", "W")) else await self.resolve(to)
        return await self._post(channel, message, _metadata(about))

    async def direct(self, user_id: str, message: Cleared[SlackMessage]) -> Card:
        """An answer to somebody who waits for it."""
        return await self._said(lane_to(user_id), lambda: self._post(user_id, message, {}))

    async def edit(
        self, card: Card, message: Cleared[SlackMessage], *, wordless: bool = False
    ) -> bool:
        """False where the message or its channel is out of reach, so that it is posted anew.

        In a channel shared with others it is, but for a message that takes words away.
        """
        try:
            # Direct messages are between us and one colleague.
            shown_to_all = not wordless and not card.channel_id.startswith("D")
            if shown_to_all and (await self.names.room(card.channel_id)).shared:
                return False
            await self._send(self._client.chat_update, card.channel_id, message, ts=card.ts)
        except Misconfigured as refused:
            if error_code(refused.__cause__) in _GONE | _SHUT:
                return False
            raise
        return True

    async def whisper(
        self, channel: str, user_id: str, message: Cleared[SlackMessage], *, thread_ts: str = ""
    ) -> None:
        """An ephemeral message, where no acknowledgement or response_url can carry the answer."""
        to = {"user": user_id, **({"thread_ts": thread_ts} if thread_ts else {})}
        method = self._client.chat_postEphemeral
        await self._said(WHISPER, lambda: self._send(method, channel, message, **to))

    async def replace_page(self, external_id: str, view: dict[str, Any]) -> bool:
        """False where the person has closed the page, or it never opened."""
        try:
            await ask(self._client.views_update, external_id=external_id, view=view)
        except Misconfigured as refused:
            if error_code(refused.__cause__) == "not_found":
                return False
            raise
        return True

    async def address(self, card: Card) -> str:
        """Where people find it, for a link to it; "" where Slack does not know it any more."""
        ask_for = self._client.chat_getPermalink
        try:
            told = await ask(ask_for, channel=card.channel_id, message_ts=card.ts)
        except Misconfigured:
            return ""
        return str(told.get("permalink") or "")

    async def hand_over(self, user_id: str, file: Cleared[SlackFile]) -> None:
        """Into their direct messages with us, where nobody else reads."""
        await share(self._client, await self._dm(user_id), file)

    async def look_whether_welcome(self) -> None:
        """Whether Slack takes our token still: the client keeps in mind what it hears."""
        with suppress(Misconfigured):
            await ask(self._client.auth_test)

    async def _said(self, lane: str, say: Callable[[], Awaitable[T]]) -> T:
        """In its turn; once more where Slack refused and the rest it asks for is short."""
        try:
            async with self._turns.turn(lane):
                return await say()
        except Unavailable as busy:
            if busy.retry_after is None:
                raise
        async with self._turns.turn(lane):
            return await say()

    async def _post(
        self, channel: str, message: Cleared[SlackMessage], more: dict[str, Any]
    ) -> Card:
        quiet = {"unfurl_links": False, "unfurl_media": False}
        method = self._client.chat_postMessage
        answer = await self._send(method, channel, message, **quiet, **more)
        return Card(channel_id=str(answer["channel"]), ts=str(answer["ts"]))

    async def _send(
        self, method: Any, channel: str, message: Cleared[SlackMessage], **more: Any
    ) -> Any:
        shown = message.value
        blocks = list(shown.blocks) or None
        return await ask(
            method, changes=True, channel=channel, text=shown.text, blocks=blocks, **more
        )

    async def _dm(self, user_id: str) -> str:
        """For what takes no person's id."""
        if user_id not in self._dms:
            opened = await ask(self._client.conversations_open, users=[user_id])
            if len(self._dms) >= _MOST_DMS:
                self._dms.clear()
            self._dms[user_id] = str(opened["channel"]["id"])
        return self._dms[user_id]


def _metadata(about: Case | None) -> dict[str, Any]:
    if about is None:
        return {}
    payload = {"case": int(about.id), "revision": about.revision}
    return {"metadata": {"event_type": "usher_card", "event_payload": payload}}

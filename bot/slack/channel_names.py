"""From the `#name` a coordinator writes to the id Slack wants, found out before the first card."""

import asyncio
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured
from bot.model.ids import ChannelId
from bot.slack.border import ask

_FRESH_SECONDS = 60.0
_PAGE = 500
_MOST_PAGES = 40


class ChannelNames:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._by_name: dict[str, dict[str, Any]] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def resolve(self, name: str) -> ChannelId:
        channel = await (self._named(name[1:]) if name.startswith("#") else self._by_id(name))
        if channel.get("is_archived"):
            raise Misconfigured(
                (f"The channel {name} is archived: unarchive it, or name another one in app.yaml.",)
            )
        if not channel.get("is_member"):
            raise Misconfigured((f"I am not in {name}: open it in Slack and type /invite @usher.",))
        return ChannelId(str(channel["id"]))

    async def _by_id(self, channel_id: str) -> dict[str, Any]:
        answer = await ask(self._client.conversations_info, channel=channel_id)
        return dict(answer["channel"])

    async def _named(self, name: str) -> dict[str, Any]:
        async with self._reading:
            now = asyncio.get_running_loop().time()
            # Who was told to invite us or to unarchive it has perhaps done so meanwhile.
            if not _usable(self._by_name.get(name)) and now - self._read_at > _FRESH_SECONDS:
                await self._read()
                self._read_at = now
        if name not in self._by_name:
            sentence = (
                f"Slack shows me no channel #{name}: check the name in app.yaml, create it, "
                "or, if it is private, open it and type /invite @usher."
            )
            raise Misconfigured((sentence,))
        return self._by_name[name]

    async def _read(self) -> None:
        cursor = ""
        found: dict[str, dict[str, Any]] = {}
        for _ in range(_MOST_PAGES):
            page = await ask(
                self._client.conversations_list,
                types="public_channel,private_channel",
                limit=_PAGE,
                cursor=cursor or None,
            )
            found |= {str(channel["name"]): channel for channel in page["channels"]}
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                break
        self._by_name = found


def _usable(channel: dict[str, Any] | None) -> bool:
    return bool(channel and channel.get("is_member") and not channel.get("is_archived"))

"""From the `#name` a coordinator writes to the id Slack wants, found out before the first card."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured, Shut
from bot.model.channel import Room
from bot.model.ids import ChannelId
from bot.slack.border import ask

FRESH_SECONDS = 600.0
_AGAIN_SECONDS = 60.0
_PAGE = 500
_MOST_PAGES = 40


@dataclass(frozen=True, slots=True)
class _Seen:
    channel: dict[str, Any]
    at: float = field(default_factory=lambda: asyncio.get_running_loop().time())

    def is_fresh(self) -> bool:
        # Who was told to invite us or to unarchive it has perhaps done so meanwhile.
        seconds = FRESH_SECONDS if not _shut(self.channel, "") else _AGAIN_SECONDS
        return asyncio.get_running_loop().time() - self.at < seconds

    def room(self) -> Room:
        told = self.channel
        name = f"#{told.get('name') or told['id']}"
        shared = bool(told.get("is_ext_shared") or told.get("is_pending_ext_shared"))
        return Room(ChannelId(str(told["id"])), name, shared, _shut(told, name))


Gate = Callable[[str], Awaitable[Room]]
"""A channel's id to what all replicas know of it."""


class ChannelNames:
    """Of one workspace, the client's own: ids and names of another one never meet these."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._seen: dict[str, _Seen] = {}
        """By `#name` and by id."""
        self._listed_at = float("-inf")
        self._reading = asyncio.Lock()
        self._room: Gate = self._remembered

    def told_by(self, gate: Gate) -> None:
        """Who knows which channels are shared, since another replica may have been told."""
        self._room = gate

    async def room(self, channel_id: str) -> Room:
        """As of the last ten minutes."""
        return await self._room(channel_id)

    async def resolve(self, name: str) -> ChannelId:
        """Of a channel we may post in; else `Misconfigured` says what to do in Slack."""
        channel = await self._known(name)
        if shut := _shut(channel, name):
            raise Shut((shut,), str(channel["id"]))
        room = await self.room(str(channel["id"]))
        if room.shared:
            raise Misconfigured((shared_sentence(room.name),))
        return ChannelId(str(channel["id"]))

    async def id_of(self, name: str) -> ChannelId:
        """Whether or not we may post there."""
        return ChannelId(str((await self._known(name))["id"]))

    async def look(self, channel_id: str) -> Room:
        """What Slack says of it now, whatever we remember."""
        answer = await ask(self._client.conversations_info, channel=channel_id)
        seen = self._seen[channel_id] = _Seen(dict(answer["channel"]))
        return seen.room()

    async def _remembered(self, channel_id: str) -> Room:
        seen = self._seen.get(channel_id)
        return seen.room() if seen is not None and seen.is_fresh() else await self.look(channel_id)

    def forget(self, channel_id: str) -> None:
        """Slack says that it changed; its name may even be another one's now."""
        self._seen = {n: s for n, s in self._seen.items() if s.channel.get("id") != channel_id}
        self._listed_at = float("-inf")

    async def _known(self, name: str) -> dict[str, Any]:
        seen = self._seen.get(name)
        if seen is None or not seen.is_fresh():
            await (self._find(name) if name.startswith("#") else self.look(name))
        return self._seen[name].channel

    async def _find(self, name: str) -> None:
        """A name that is known is only asked for again; the list of all is long."""
        async with self._reading:
            seen = self._seen.get(name)
            if seen is not None and not seen.is_fresh():
                await self.look(str(seen.channel["id"]))
                again = self._seen[str(seen.channel["id"])]
                if f"#{again.channel.get('name')}" == name:
                    self._seen[name] = again
                    return
                del self._seen[name]
            now = asyncio.get_running_loop().time()
            if name not in self._seen and now - self._listed_at > _AGAIN_SECONDS:
                await self._read()
                self._listed_at = now
        if name not in self._seen:
            sentence = (
                f"Slack shows me no channel {name}: check the name in app.yaml, create it, "
                "or, if it is private, open it and type /invite @usher."
            )
            raise Misconfigured((sentence,))

    async def _read(self) -> None:
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = await ask(
                self._client.conversations_list,
                types="public_channel,private_channel",
                limit=_PAGE,
                cursor=cursor or None,
            )
            for each in page["channels"]:
                self._seen[f"#{each['name']}"] = self._seen[str(each["id"])] = _Seen(each)
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                break


def shared_sentence(name: str) -> str:
    return (
        f"The channel {name} is shared with another organisation, so I put nothing about customers "
        "there: stop sharing it in Slack, or name another channel in app.yaml."
    )


def not_in(name: str) -> str:
    return f"I am not in {name}: open it in Slack and type /invite @usher."


def _shut(channel: dict[str, Any], name: str) -> str:
    if channel.get("is_archived"):
        return f"The channel {name} is archived: unarchive it, or name another one in app.yaml."
    return "" if channel.get("is_member") else not_in(name)

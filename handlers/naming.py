"""Names for what a message carries as a bare id: who reads it later, a customer even, reads names.

The label stands inside Slack's own token, so that a colleague stays one and can be passed a case.
"""

import asyncio
import re

from bot.errors import Misconfigured, Unavailable
from bot.model.person import Workspace
from bot.slack.channel_names import ChannelNames
from bot.slack.people import People
from bot.slack.text import escape

MOST_NAMES = 10
SECONDS = 0.5
"""Slack waits for a form; who cannot be named by then is called a colleague."""

_BARE = re.compile(r"<(@(?=[UW])|#(?=[CG])|!subteam\^(?=S))([A-Z0-9]+)\|?>")
_NAMELESS = {"@": "a colleague", "#": "another-channel", "!subteam^": "@a-group"}


async def named(
    text: str,
    workspace: Workspace,
    *,
    people: People,
    channels: ChannelNames,
    seconds: float = SECONDS,
) -> str:
    """`text` as Slack sent it, and so it stays, but with a label in each token that has none."""
    tokens = list(dict.fromkeys(_BARE.findall(text)))[:MOST_NAMES]

    async def name(kind: str, target: str) -> str:
        if kind == "@":
            return await _person(people, workspace, target)
        if kind == "#":
            return await _channel(channels, target)
        return await people.group(workspace, target)

    async def in_time(token: tuple[str, str]) -> str:
        try:
            async with asyncio.timeout(seconds):
                return await name(*token)
        except TimeoutError:
            return ""

    # One that is slow takes no other one's name away.
    known = dict(zip(tokens, await asyncio.gather(*map(in_time, tokens)), strict=True))

    def labelled(found: re.Match[str]) -> str:
        kind, target = found.groups()
        return f"<{kind}{target}|{escape(known.get((kind, target)) or _NAMELESS[kind])}>"

    return _BARE.sub(labelled, text)


async def _person(people: People, workspace: Workspace, user_id: str) -> str:
    name = (await people.who(workspace, user_id)).name
    return "" if name == user_id else name


async def _channel(channels: ChannelNames, channel_id: str) -> str:
    try:
        name = (await channels.look(channel_id)).name.removeprefix("#")
    except (Misconfigured, Unavailable):
        return ""
    return "" if name == channel_id else name

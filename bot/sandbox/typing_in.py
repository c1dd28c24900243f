"""What Slack's client makes of names in typed text."""

import re
from collections.abc import Mapping

from bot.sandbox.records import Account, Channel

HANDLE = re.compile(r"(?<![\w<@])@([\w.-]+)")
ROOM = re.compile(r"(?<![\w<#])#([\w-]+)")


def addressed(text: str, people: Mapping[str, Account]) -> str:
    """A message: @usher becomes <@U0USHER>; names nobody has stay as typed."""
    ids = {person.name: person.id for person in people.values()}
    return HANDLE.sub(lambda m: f"<@{ids[m[1]]}>" if m[1] in ids else m[0], text)


def escaped(text: str, people: Mapping[str, Account], channels: Mapping[str, Channel]) -> str:
    """A command with should_escape: <@U0ANNA|anna> and <#C0GENERAL|care-general>."""
    ids = {person.name: person.id for person in people.values()}
    rooms = {channel.name: channel.id for channel in channels.values()}
    named = HANDLE.sub(lambda m: f"<@{ids[m[1]]}|{m[1]}>" if m[1] in ids else m[0], text)
    return ROOM.sub(lambda m: f"<#{rooms[m[1]]}|{m[1]}>" if m[1] in rooms else m[0], named)

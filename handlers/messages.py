"""A message somebody chose from its menu, read into what a shortcut may know of it."""

import re
from collections.abc import Iterator
from typing import Any

from bot.model.delivery import Card
from bot.model.ids import CaseId, ChannelId
from bot.model.visit import Visit
from bot.slack.channel_names import ChannelNames
from bot.slack.people import People
from handlers.arguments import Misread, case_number, plain
from handlers.buttons import BUTTONS
from handlers.knocks import Body, thread_of
from handlers.naming import named
from handlers.spec import Said

_ON_CARDS = frozenset(button.action_id for button in BUTTONS if button.on_cards)


async def said(body: Body, visit: Visit, *, people: People, channels: ChannelNames) -> Said | None:
    """None for a shortcut that belongs to no message."""
    message = body.get("message")
    if message is None:
        return None
    channel, ts = str(body["channel"]["id"]), str(message["ts"])
    text = await named(_words(message), visit.by.workspace, people=people, channels=channels)
    domain = str((body.get("team") or {}).get("domain") or "")
    return Said(
        place=Card(ChannelId(channel), ts),
        thread=thread_of(message, channel),
        text=plain(text),
        url=_permalink(domain, channel, ts),
        by="" if message.get("bot_id") else str(message.get("user") or ""),
        ours=_is_ours(body, message),
        case_id=_case_of(message, channel),
    )


def _words(message: dict[str, Any]) -> str:
    """What was written, and what was forwarded with it: Slack puts that into attachments."""
    shared = (
        str(each.get("text") or "")
        for each in message.get("attachments") or ()
        if each.get("is_share")
    )
    return "\n".join(each for each in (str(message.get("text") or ""), *shared) if each.strip())


def _permalink(domain: str, channel: str, ts: str) -> str:
    """Made here: asking Slack for it would cost time that the form needs."""
    known = re.fullmatch(r"[a-z0-9-]+", domain) and re.fullmatch(r"[0-9]+\.[0-9]+", ts)
    if not known:
        return ""
    return f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"


def _is_ours(body: Body, message: dict[str, Any]) -> bool:
    ours = body.get("api_app_id")
    return bool(ours) and (message.get("app_id") == ours or _profile(message).get("app_id") == ours)


def _profile(message: dict[str, Any]) -> dict[str, Any]:
    return message.get("bot_profile") or {}


def _case_of(message: dict[str, Any], channel: str) -> CaseId | None:
    """What the buttons of a card carry; a card whose place we never learned is known by it.

    Others of ours carry other numbers: a storm's, or that of an act to undo. And an answer to one
    person has a card's buttons at times, but it is no card.
    """
    if channel.startswith("D"):
        return None
    for value in _values(message):
        try:
            case_id, rest = case_number(value)
        except Misread:
            continue
        if not rest:
            return case_id
    return None


def _values(message: dict[str, Any]) -> Iterator[str]:
    for block in message.get("blocks") or ():
        if block.get("type") == "actions":
            for element in block.get("elements") or ():
                if element.get("action_id") in _ON_CARDS:
                    yield str(element.get("value") or "")

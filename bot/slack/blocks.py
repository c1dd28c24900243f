"""The few Block Kit pieces we build from, each within Slack's limits whatever it is given.

Customers' words stand in `plain_text` and `rich_text` only: Slack parses neither.
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice

from bot.model.visit import Offer
from bot.slack.message import Block
from bot.slack.text import fit, line

MAX_SIZE = 12_000
"""Slack refuses a message whose blocks pass about 13,200 characters of JSON (undocumented)."""

LINK_ACTION = "link"
"""Every link button's action id begins so; pressing one tells us, though nothing is to be done."""

MAX_BUTTONS = 25
"""In one row of them."""

MAX_TEXT = 3_500
"""Of the escaped text beside the blocks: an edit takes 4,000, and the guard may still add some."""

_ADDRESS = re.compile(r"https?://[^\s/?#]\S*")

Element = Block
"""A piece inside a rich text: a text, a moment or a link."""


def plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": fit(text, limit), "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(line(text, 150), 150)}


def paragraph(text: str, limit: int = 2900) -> Block:
    return {"type": "section", "text": plain(text, limit)}


def context(text: str, limit: int = 600) -> Block:
    return {"type": "context", "elements": [plain(text, limit)]}


def words(text: str, limit: int, *, bold: bool = False) -> Element:
    element: Element = {"type": "text", "text": fit(text, limit)}
    return element | {"style": {"bold": True}} if bold else element


def glue(text: str) -> Element:
    """Our own words between two elements, blanks kept."""
    return {"type": "text", "text": text}


def moment(at: datetime, *, style: str = "{date_short_pretty} {time}") -> Element:
    """A point in time, in every reader's own time zone; the style `{ago}` keeps itself current."""
    return {
        "type": "date",
        "timestamp": int(at.timestamp()),
        "format": style,
        "fallback": clock_text(at),
    }


def clock_text(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def link(url: str, text: str) -> Element:
    return {"type": "link", "url": url, "text": line(text, 75)}


def is_link(url: str) -> bool:
    return len(url) <= 3000 and url.isprintable() and _ADDRESS.fullmatch(url) is not None


def sentence(*elements: Element) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(*elements: Element) -> Block:
    return {"type": "rich_text_quote", "elements": list(elements)}


def preformatted(text: str, limit: int) -> Block:
    return {"type": "rich_text_preformatted", "elements": [words(text, limit)]}


def bullets(items: Iterable[Block], *, style: str = "bullet") -> Block:
    return {"type": "rich_text_list", "style": style, "elements": list(items)}


def rich(*parts: Block) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def button(
    label: str,
    *,
    action_id: str,
    value: str = "",
    url: str = "",
    primary: bool = False,
    asks: str = "",
) -> Block:
    made: Block = {"type": "button", "action_id": action_id, "text": plain(line(label, 75), 75)}
    if value:
        made["value"] = value
    if url:
        made["url"] = url
    if primary:
        made["style"] = "primary"
    if asks:
        made["confirm"] = _dialog(label, asks)
    return made


def _dialog(label: str, asks: str) -> Block:
    return {
        "title": plain("Are you sure?", 100),
        "text": plain(asks, 300),
        "confirm": plain(line(label, 30), 30),
        "deny": plain("Not now", 30),
    }


def offered(offers: Iterable[Offer], *, suffix: str = "") -> list[Block]:
    """At most 25 buttons. Slack wants every action id once: the second `undo` is `undo.1`."""
    made: list[Block] = []
    met: dict[str, int] = {}
    for offer in islice(offers, MAX_BUTTONS):
        again = met.get(offer.action_id, 0)
        met[offer.action_id] = again + 1
        made.append(
            button(
                offer.label,
                action_id=f"{offer.action_id}{suffix}" + (f".{again}" if again else ""),
                value=offer.value,
                primary=offer.primary,
                asks=offer.asks,
            )
        )
    return made


def actions(block_id: str, buttons: Iterable[Block]) -> Block:
    return {"type": "actions", "block_id": block_id, "elements": list(buttons)}


def size(blocks: Iterable[Block]) -> int:
    """As it travels: JSON with every character beyond ASCII escaped."""
    return len(json.dumps(list(blocks)))

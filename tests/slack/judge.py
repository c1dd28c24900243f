"""Slack's judgement on a message or view, and whether anything a stranger wrote could act in it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.sandbox.blocks import checked_message, checked_view
from bot.sandbox.web_api.chat import UPDATE_TEXT
from bot.slack.message import SlackMessage
from tests.hostile import BIDI


def assert_fits(message: SlackMessage) -> None:
    """As a post and as an edit, which takes less text."""
    body = {"text": message.text, "blocks": list(message.blocks)}
    checked_message(body)
    assert message.text.strip()
    assert len(message.text.encode("utf-16-le")) // 2 <= UPDATE_TEXT
    assert len(message.blocks) <= 50
    assert len(json.dumps(body["blocks"])) <= 13_000
    assert "<" not in message.text, "the fallback is parsed by Slack"
    assert_harmless(body)


def assert_view_fits(view: dict[str, Any]) -> None:
    checked_view(view, surface=view["type"])
    assert len(json.dumps(view)) < 250_000
    assert_harmless(view)


def assert_harmless(payload: Any) -> None:
    """Nothing that Slack would parse, no control or bidi character, nothing half encoded."""
    ids = [node["action_id"] for node in nodes(payload) if node.get("type") == "button"]
    assert len(ids) == len(set(ids)), "one action id twice"
    for node in nodes(payload):
        assert node.get("type") != "mrkdwn"
        assert node.get("type") not in {"user", "broadcast", "usergroup", "channel"}
    text = json.dumps(payload, ensure_ascii=False)
    text.encode("utf-8")
    assert not set(text) & set(BIDI)
    assert not [c for c in text if ord(c) < 32 or 127 <= ord(c) < 160]


def unsaid(text: str, blocks: Iterable[dict[str, Any]]) -> list[str]:
    """What stands on the blocks, but on their buttons, and is missing in the text beside them."""
    drawn = list(nodes([block for block in blocks if block["type"] != "actions"]))
    said = [str(node["text"]) for node in drawn if isinstance(node.get("text"), str)]
    moments = [str(node["fallback"]) for node in drawn if node.get("type") == "date"]
    pieces = [piece.strip(" .,") for words in said for piece in words.split("·")]
    return [piece for piece in (*pieces, *moments) if piece not in text]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from nodes(inner)

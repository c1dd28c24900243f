"""What crossed between Usher and Slack, searched for what was refused, went wrong or would act."""

import json
from collections.abc import Iterator
from typing import Any

from bot.sandbox.driver import Errors, Heard, Message, View
from bot.sandbox.journal import Call, Delivery
from tests.running import Running
from tests.slack.judge import assert_harmless, nodes

OURS = ("https://x.com/", "https://acme.slack.com/")
NO_SHAPE = {
    ("views.publish", "hash_conflict"),
    ("views.open", "expired_trigger_id"),
    ("views.update", "not_found"),
}
"""Refusals for no fault of a payload: /usher setup asks for one, a busy machine gets another, and
who closed a page that ends with their case gets the last."""
MISHAP = "tell your coordinator this reference"


def judged(house: Running, *, since: int) -> None:
    """Everything we sent was taken, every visit was answered, and nothing in it acts."""
    for entry in house.sandbox.workspace.journal[since:]:
        match entry:
            case Call():
                refused = "" if entry.answer.get("ok", True) else entry.answer["error"]
                assert (entry.method, refused) in NO_SHAPE or not refused, (refused, entry)
                harmless(entry.args)
            case Delivery():
                assert entry.outcome == "acked", entry
                harmless(entry.ack or {})


def harmless(payload: dict[str, Any]) -> None:
    """Slack parses the text beside the blocks, and nothing in blocks of ours."""
    assert "<" not in str(payload.get("text", "")), payload["text"]
    assert payload.get("parse", "none") == "none"
    assert not payload.get("link_names")
    shown = [_read(payload[part]) for part in ("blocks", "view") if payload.get(part)]
    assert_harmless(shown)
    assert [url for url in _addresses(shown) if not url.startswith(OURS)] == []
    assert MISHAP not in json.dumps(payload)


def _read(part: Any) -> Any:
    return json.loads(part) if isinstance(part, str) else part


def _addresses(shown: Any) -> Iterator[str]:
    for node in nodes(shown):
        for key in ("url", "image_url", "title_url", "thumb_url"):
            if key in node:
                yield str(node[key])


def is_a_sentence(shown: object) -> bool:
    """Something to read, and not Slack's complaint about us."""
    match shown:
        case Heard():
            return bool(shown.words.strip()) and not shown.failed
        case View() | Message():
            return bool(shown.words.strip())
        case Errors():
            return bool(shown) and all(words.strip() for words in shown.values())
        case _:
            return False

"""Marks that Slack would show as they stand: a plain text knows no bold and no code."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from tests.canaries.kinds import Sink
from tests.canaries.searching import Given

SHOWN = {Sink.FORM, Sink.HOME, Sink.MESSAGE, Sink.CHANNEL}
# What we write ourselves: what others write is shown as they wrote it.
OURS = re.compile(r"`(?:[/@]\w|python -m)|\*(?:Open|Press|Install|Send|Change|Claim)\b")


def marks(given: Iterable[Given]) -> list[str]:
    return [
        f"{one.what}: {text[:200]}"
        for one in given
        # Nearly none of them: only those are taken apart.
        if one.sink in SHOWN and OURS.search(one.body.decode())
        for text in plain_texts(orjson.loads(one.body))
        if OURS.search(text)
    ]


def plain_texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from plain_texts(each)
    elif isinstance(node, str) and node[:1] in "[{":
        yield from plain_texts(_decoded(node))
    elif isinstance(node, dict):
        if node.get("type") in {"plain_text", "text"} and not node.get("style", {}).get("code"):
            yield node["text"]
        if node.get("response_action") == "errors":
            yield from node["errors"].values()
        for each in node.values():
            yield from plain_texts(each)


def _decoded(text: str) -> Any:
    """Some methods take their blocks as JSON inside of a form field."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None

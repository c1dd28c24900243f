"""What is too big for Slack is built again, with less of every text, until it fits."""

from collections.abc import Callable, Iterable

import orjson

from bot.slack.blocks import MAX_SIZE, size
from bot.slack.message import Block

SHARES = (1.0, 0.5, 0.25, 0.1, 0.04)
"""Of every text's length."""
_ESCAPED = 6
"""So many times as long is text at most, as JSON that escapes all but what ASCII prints."""


def fitting(
    build: Callable[[float], Iterable[Block]], *, most: int = MAX_SIZE
) -> tuple[Block, ...]:
    """`build` is given the share of its texts. Where not even the least fits, with that one."""
    blocks: tuple[Block, ...] = ()
    for share in SHARES:
        blocks = tuple(build(share))
        if _fits(blocks, most):
            break
    return blocks


def _fits(blocks: tuple[Block, ...], most: int) -> bool:
    """Nearly all are so far below that nobody has to count."""
    return _ESCAPED * len(orjson.dumps(blocks)) <= most or size(blocks) <= most

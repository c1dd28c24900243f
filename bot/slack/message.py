"""What is posted, as one value: a fallback text cannot be forgotten beside the blocks."""

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
"""A Block Kit object, made by `bot.slack.blocks` only."""


@dataclass(frozen=True, slots=True)
class SlackMessage:
    text: str
    """The whole message for screen readers and notifications; escaped, since Slack parses it."""
    blocks: tuple[Block, ...] = ()

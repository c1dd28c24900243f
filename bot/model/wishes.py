"""How a colleague wants to be told what concerns them, and when they want to be left alone."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class How(StrEnum):
    NOW = "now"
    """A direct message as soon as there is something."""
    DIGEST = "digest"
    """One direct message a day, in the morning."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Quiet hours are those of the person's own clock and may go over midnight."""

    how: How = How.NOW
    quiet_from: time | None = None
    quiet_to: time | None = None
    zone: str = ""
    """Their time zone as Slack last told it; empty counts as UTC."""

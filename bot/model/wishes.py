"""How a colleague wants to be told what concerns them, and when they want to be left alone."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


def hour_of(text: str) -> time | None:
    """As forms and the database write an hour of the day; "" is none. Raises ValueError."""
    return time.fromisoformat(text) if text else None


def hour_written(hour: time | None) -> str:
    return "" if hour is None else f"{hour:%H:%M}"


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

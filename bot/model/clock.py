"""Time comes in from outside, so that tests can hold it still."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns now, aware, in UTC."""


def utc_now() -> datetime:
    return datetime.now(UTC)

"""Time comes in from outside, so that tests can hold it still; and what clocks elsewhere show."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Clock = Callable[[], datetime]
"""Returns now, aware, in UTC."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def zone_named(name: str, *, otherwise: ZoneInfo | None = None) -> ZoneInfo:
    """`otherwise`, or else UTC, where nobody told a zone or there is none of that name."""
    fallback = otherwise or ZoneInfo("UTC")
    try:
        return ZoneInfo(name) if name else fallback
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder
        return fallback


def strikes(days: Iterable[date], hour: time, zone: ZoneInfo) -> Iterator[datetime]:
    """In UTC, when a clock there shows that hour on those days, which it may do twice on one."""
    for day in days:
        for fold in (0, 1):
            # In UTC: within one zone Python compares what the clocks show, not the moments.
            yield datetime.combine(day, hour.replace(fold=fold), zone).astimezone(UTC)

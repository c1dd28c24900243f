"""“Until when?” as colleagues type it: an hour, a day of the week, tomorrow, a date."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import Refusal

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FURTHEST = timedelta(days=366)
HOUR = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3])[:.](?P<minute>[0-5][0-9])", re.ASCII)
SORRY = (
    "I did not understand until when. Type it like this: /usher away until 14:00, "
    "/usher away until tomorrow, /usher away until monday, or /usher away until 2026-12-24."
)


def moment(typed: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC, later than `now`; None where nothing was typed. Raises `Refusal`."""
    words = " ".join(typed.casefold().split()).removeprefix("until").strip()
    if not words:
        return None
    local = now.astimezone(zone)
    if hour := HOUR.fullmatch(words):
        at = time(int(hour["hour"]), int(hour["minute"]))
        today = _struck(local.date(), at, zone)
        return today if today > now else _struck(local.date() + timedelta(days=1), at, zone)
    day = _day(words, local.date())
    if day is None or not timedelta() < day - local.date() <= FURTHEST:
        raise Refusal(SORRY, "until-when")
    return _struck(day, time(), zone)


def _day(words: str, today: date) -> date | None:
    if words == "tomorrow":
        return today + timedelta(days=1)
    if words in DAYS:
        return today + timedelta(days=(DAYS.index(words) - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _struck(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)

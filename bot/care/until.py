"""“Until when?” as colleagues type it: an hour, a day, or both, in either order.

Own words instead of a library's: those that read any date guess what is missing, and “9” became the
ninth of the month. Here every form is listed, and what was understood is said.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.model.clock import strikes

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
FURTHEST = timedelta(days=366)
EXAMPLES = (
    "Type it like this: /usher away until 14:00, /usher away until 2:30 pm, "
    "/usher away until tomorrow 9am, /usher away until friday, or /usher away until 2026-12-24."
)
UNREADABLE = f"I did not understand until when. {EXAMPLES}"
PAST = f"That moment is past. {EXAMPLES}"
FAR = f"That is more than a year away. {EXAMPLES}"

_FILLERS = {"until", "till", "at", "on"}
_NAMED = {"midnight": time(), "noon": time(12)}
_HOUR = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?: ?([ap])\.?m\.?)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NAMED_DATE = re.compile(r"(?:([a-z]+) )?(\d{1,2})\.? ([a-z]+)(?: (\d{4}))?", re.ASCII)
_MOST_WORDS = 8


def moment(typed: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC, later than `now`; None where nothing was typed. Raises `Refusal`.

    Hours alone are of a clock of 24 hours. What is not said is the next there is: an hour that is
    past today is tomorrow's, and a day alone begins at its midnight.
    """
    words = [
        word
        for word in typed.casefold().replace(",", " ").rstrip(" .!?").split()
        if word not in _FILLERS
    ]
    if not words:
        return None
    today = now.astimezone(zone).date()
    day, hour = _read(words, today)
    within = [each for each in day if timedelta() <= each - today <= FURTHEST]
    ends = next((each for each in strikes(within, hour, zone) if each > now), None)
    if ends is None:
        raise Refusal(FAR if max(day) - today > FURTHEST else PAST, "until-when")
    return ends


def said(ends: datetime, *, zone: ZoneInfo) -> str:
    """As people read it there, and as `moment` reads it again."""
    local = ends.astimezone(zone)
    day, month = DAYS[local.weekday()].capitalize(), MONTHS[local.month - 1].capitalize()
    return f"{day} {local.day} {month} {local.year}, {local:%H:%M}"


def _read(words: list[str], today: date) -> tuple[list[date], time]:
    """The days it may be, the nearest first, and the hour. One of both is enough."""
    if len(words) <= _MOST_WORDS:
        for cut, turned in product(range(len(words) + 1), (False, True)):
            first, second = " ".join(words[:cut]), " ".join(words[cut:])
            day, hour = (second, first) if turned else (first, second)
            days, at = list(_days(day, today)), _hour(hour) if hour else time()
            if days and at is not None:
                return days, at
    raise Refusal(UNREADABLE, "until-when")


def _hour(text: str) -> time | None:
    if (read := _HOUR.fullmatch(text)) is None:
        return _NAMED.get(text)
    hour, minute, half = int(read[1]), int(read[2] or 0), read[3]
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _days(text: str, today: date) -> Iterable[date]:
    """The days that are meant; nothing typed means today, or else tomorrow."""
    known = {"": (0, 1), "today": (0,), "tomorrow": (1,)}
    if text in known:
        return [today + timedelta(days=days) for days in known[text]]
    if (weekday := _one_of(DAYS, text)) is not None:
        nearest = today + timedelta(days=(weekday - today.weekday()) % 7)
        return [nearest, nearest + timedelta(days=7)]
    if _DATE.fullmatch(text):
        year, month, day = map(int, text.split("-"))
        return _dates([year], month, day)
    return _named_dates(text, today)


def _named_dates(text: str, today: date) -> Iterator[date]:
    """`24 December`, with its weekday and its year or without."""
    read = _NAMED_DATE.fullmatch(text)
    if read is None or (month := _one_of(MONTHS, read[3])) is None:
        return
    years = [int(read[4])] if read[4] else [today.year, today.year + 1]
    for found in _dates(years, month + 1, int(read[2])):
        if read[1] is None or _one_of(DAYS, read[1]) == found.weekday():
            yield found


def _dates(years: Iterable[int], month: int, day: int) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _one_of(names: tuple[str, ...], text: str) -> int | None:
    """Names are known by three letters too, and by more: mon, tues, sept."""
    found = [place for place, name in enumerate(names) if name.startswith(text)]
    return found[0] if len(found) == 1 and len(text) >= 3 else None

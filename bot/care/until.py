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
TODAY = (
    "Today has begun already. Say the hour too, such as /usher away until 18:00; "
    "for the rest of today, type /usher away until tomorrow."
)
NEAR = {
    r"\b(?:tonight|morning|afternoon|evening|night|lunch|eod)\b": (
        "I did not understand which hour you mean. Type /usher away until 18:00, "
        "or /usher away until tomorrow 9am."
    ),
    r"\bnext\b|\bweekend\b|\b(?:this|of) (?:week|month)\b": (
        "That may be more than one day. Type the one you mean: /usher away until monday, "
        "or /usher away until 24 december."
    ),
    r"(?<![a-z])(?:h|hrs?|hours?|mins?|minutes?|days?|weeks?|months?)\b": (
        "I did not understand how long. Type /usher away for 2 hours, /usher away for 30 min, "
        "/usher away until 14:00, or /usher away until friday."
    ),
    r"\d[./-]\d": (
        "I did not understand that as a date or an hour. Type the month as a word, such as "
        "/usher away until 24 december, and the hour like this: /usher away until 14:00."
    ),
}
"""For what cannot be read for sure: where it is found, and what to type instead."""

_FILLERS = {"until", "till", "at", "on", "the"}
_SPAN = re.compile(
    r"(?:for |in )?(?:([1-9]\d{0,2})|an?) ?(?:(h|hrs?|hours?)|mins?|minutes?)", re.ASCII
)
_NAMED = {"midnight": time(), "noon": time(12)}
_HOUR = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?: ?([ap])\.?m\.?)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?", re.ASCII)
_ENDS_DOTTED = re.compile(r"(?<!\S)(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.$", re.ASCII)
_DAY_OF_MONTH = r"(\d{1,2})(?:st|nd|rd|th)?"
_NUMBERED_DAY = re.compile(_DAY_OF_MONTH, re.ASCII)
_NAMED_DATE = re.compile(
    rf"(?:([a-z]+) )?{_DAY_OF_MONTH}\.? (?:of )?([a-z]+)(?: (\d{{4}}))?", re.ASCII
)
_ABBREVIATED = re.compile(r"\b([a-z]{3,})\.")
_MOST_WORDS = 8


def moment(typed: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC, later than `now`; None where nothing was typed. Raises `Refusal`.

    Hours alone are of a clock of 24 hours. What is not said is the next there is: an hour that is
    past today is tomorrow's, and a day alone begins at its midnight.
    """
    text = _plain(typed)
    words = _day_first([word for word in text.split() if word not in _FILLERS])
    if not words:
        return None
    if span := _SPAN.fullmatch(text):
        return _after(now, int(span[1] or 1) * (60 if span[2] else 1))
    today = now.astimezone(zone).date()
    day, hour = _read(words, today)
    within = [each for each in day if timedelta() <= each - today <= FURTHEST]
    ends = next((each for each in strikes(within, hour, zone) if each > now), None)
    if ends is None:
        begun = TODAY if hour == time() and today in day else PAST
        raise Refusal(FAR if max(day) - today > FURTHEST else begun, "until-when")
    return ends


def _plain(typed: str) -> str:
    """In small letters and single blanks. `9.12.` keeps its last point, which makes it a date."""
    text = " ".join(typed.casefold().replace(",", " ").split()).rstrip(" !?")
    return _ABBREVIATED.sub(r"\1", text if _ENDS_DOTTED.search(text) else text.rstrip(" .!?"))


def _day_first(words: list[str]) -> list[str]:
    """`dec 24` as `24 dec`, where it comes first."""
    at = 1 if words and _one_of(DAYS, words[0]) is not None else 0
    month, day = (*words[at : at + 2], "", "")[:2]
    if _one_of(MONTHS, month) is None or not _NUMBERED_DAY.fullmatch(day):
        return words
    return [*words[:at], day, month, *words[at + 2 :]]


def _after(now: datetime, minutes: int) -> datetime:
    """A whole minute, as it is said."""
    whole = now.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=minutes + (1 if whole < now else 0))


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
    text = " ".join(words)
    near = (sentence for found, sentence in NEAR.items() if re.search(found, text))
    raise Refusal(next(near, UNREADABLE), "until-when")


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
    if (weekday := _one_of(DAYS, text.removeprefix("next "))) is not None:
        nearest = today + timedelta(days=(weekday - today.weekday()) % 7)
        following = [nearest, nearest + timedelta(days=7)]
        if text.startswith("next "):
            # Of one that is still to come this week, some mean that, and some the one after it.
            sure = weekday <= today.weekday()
            return [each for each in following if sure and each > today][:1]
        return following
    return _dated(text, today)


def _dated(text: str, today: date) -> Iterable[date]:
    if _DATE.fullmatch(text):
        year, month, day = map(int, text.split("-"))
        return _dates([year], month, day)
    if dotted := _DOTTED_DATE.fullmatch(text):
        years = [int(dotted[3])] if dotted[3] else [today.year, today.year + 1]
        return _dates(years, int(dotted[2]), int(dotted[1]))
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

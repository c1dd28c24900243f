"""Until when somebody is away, as they type it: never in the past, and by their own clock."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.until import (
    DAYS,
    EXAMPLES,
    FAR,
    FURTHEST,
    MONTHS,
    NEAR,
    PAST,
    TODAY,
    UNREADABLE,
    moment,
    said,
)
from bot.errors import Refusal
from tests.running import Running, heard

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""A Friday, twelve o'clock in Berlin."""
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Cairo", "Pacific/Apia"]
)
MOMENTS = st.integers(1_767_225_600, 1_893_456_000).map(lambda at: datetime.fromtimestamp(at, UTC))
"""Every second from 2026 to 2029."""
KNOWN = (
    "today tomorrow noon am p.m. at until 1 9 14 29 31 2:30 14.30 2027-02-28 0000-00-00 2027 "
    "next the of 9.12. 29.2. 31.12.2026 24th dec. 3rd for hours tonight"
)
HOUR, DAY, LENGTH, DATE = NEAR.values()
REFUSALS = {UNREADABLE, PAST, FAR, TODAY, *NEAR.values()}
NEARLY = st.lists(
    st.sampled_from(
        [*DAYS, *MONTHS, *KNOWN.split()],
    ),
    max_size=6,
).map(" ".join)
"""Words that it knows, in any order."""


@pytest.mark.parametrize(
    ("typed", "berlin"),
    [
        ("until 14:00", "2026-11-20 14:00"),
        ("14.30", "2026-11-20 14:30"),
        ("until 9:00", "2026-11-21 09:00"),
        ("until 9am", "2026-11-21 09:00"),
        ("2pm", "2026-11-20 14:00"),
        ("9", "2026-11-21 09:00"),
        ("14", "2026-11-20 14:00"),
        ("2:30 pm", "2026-11-20 14:30"),
        ("until 2.30 P.M.", "2026-11-20 14:30"),
        ("12am", "2026-11-21 00:00"),
        ("12 pm", "2026-11-21 12:00"),
        ("noon", "2026-11-21 12:00"),
        ("midnight", "2026-11-21 00:00"),
        ("UNTIL   Tomorrow", "2026-11-21 00:00"),
        ("until\u00a0tomorrow 9am!", "2026-11-21 09:00"),
        ("tomorrow at noon", "2026-11-21 12:00"),
        ("9am tomorrow", "2026-11-21 09:00"),
        ("until monday", "2026-11-23 00:00"),
        ("Mon 9", "2026-11-23 09:00"),
        ("friday", "2026-11-27 00:00"),
        ("friday 14:00", "2026-11-20 14:00"),
        ("friday 11:00", "2026-11-27 11:00"),
        ("until 2026-12-01", "2026-12-01 00:00"),
        ("2026-12-24 18:00", "2026-12-24 18:00"),
        ("24 december", "2026-12-24 00:00"),
        ("14:00 on tues, 1 Dec", "2026-12-01 14:00"),
        ("1 november", "2027-11-01 00:00"),
        ("until 9.12.", "2026-12-09 00:00"),
        ("9.12. 14:00", "2026-12-09 14:00"),
        ("until 14:00, 1.11.", "2027-11-01 14:00"),
        ("24.12.2026", "2026-12-24 00:00"),
        ("9.12", "2026-11-21 09:12"),
        ("14.30.", "2026-11-20 14:30"),
        ("dec 24", "2026-12-24 00:00"),
        ("Dec. 24th, 18:00", "2026-12-24 18:00"),
        ("thu december 24 2026", "2026-12-24 00:00"),
        ("9 dec 20", "2026-12-09 20:00"),
        ("the 24th of december", "2026-12-24 00:00"),
        ("24 dec", "2026-12-24 00:00"),
        ("next monday", "2026-11-23 00:00"),
        ("next friday", "2026-11-27 00:00"),
        ("next thursday at 9", "2026-11-26 09:00"),
        ("2h", "2026-11-20 14:00"),
        ("for 2 hours", "2026-11-20 14:00"),
        ("in 90 min.", "2026-11-20 13:30"),
        ("for an hour", "2026-11-20 13:00"),
    ],
)
def test_hours_days_and_dates(typed: str, berlin: str) -> None:
    found = moment(typed, now=NOON, zone=BERLIN)
    assert found is not None
    assert f"{found.astimezone(BERLIN):%Y-%m-%d %H:%M}" == berlin


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("yesterday", UNREADABLE),
        ("25:00", UNREADABLE),
        ("13pm", UNREADABLE),
        ("0 am", UNREADABLE),
        ("9 monday friday", UNREADABLE),
        ("monday 24 december 2026", UNREADABLE),
        ("30 february", UNREADABLE),
        ("🌴", UNREADABLE),
        ("tonight", HOUR),
        ("tomorrow morning", HOUR),
        ("next saturday", DAY),
        ("next week", DAY),
        ("the end of the week", DAY),
        ("for 3 days", LENGTH),
        ("until 14h", LENGTH),
        ("0 hours", LENGTH),
        ("24.12", DATE),
        ("12/24", DATE),
        ("24.12.26", DATE),
        ("today", TODAY),
        ("today midnight", TODAY),
        ("today 9:00", PAST),
        ("2026-11-20", TODAY),
        ("2020-01-01", PAST),
        ("2028-01-01", FAR),
        ("9999-12-31 23:59", FAR),
    ],
)
def test_what_is_none_is_said_with_examples(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal) as no:
        moment(typed, now=NOON, zone=BERLIN)
    assert no.value.sentence == sentence


def test_every_example_is_understood() -> None:
    for sentence in REFUSALS:
        examples = re.findall(r"/usher away ([\w :-]+?)(?= or |[,.;])", sentence)
        assert len(examples) == sentence.count("/usher away ") > 1
        for typed in examples:
            assert moment(typed, now=NOON, zone=BERLIN), typed


def test_nothing_typed_is_no_moment() -> None:
    assert moment("  ", now=NOON, zone=BERLIN) is None
    assert moment("until", now=NOON, zone=BERLIN) is None


@given(
    st.text() | st.from_regex(r"(until )?[0-9٠-٩]{1,5}[:.\-][0-9]{1,3}") | NEARLY, MOMENTS, ZONES
)
def test_whatever_is_typed_is_a_later_moment_or_a_sentence(
    typed: str, now: datetime, zone: str
) -> None:
    where = ZoneInfo(zone)
    try:
        found = moment(typed, now=now, zone=where)
    except Refusal as no:
        sentence, found = no.sentence, None
    else:
        sentence = PAST
    assert sentence in REFUSALS
    if found is not None:
        assert now < found <= now + FURTHEST + timedelta(days=2)
        # What is said of it means the same, typed anew.
        assert moment(said(found, zone=where), now=now, zone=where) == found


@given(st.sampled_from([*DAYS, "tomorrow", "00:00", "23:59", "2:30", "9pm"]), MOMENTS, ZONES)
def test_what_is_offered_is_understood_at_every_hour_of_every_year(
    typed: str, now: datetime, zone: str
) -> None:
    found = moment(f"until {typed}", now=now, zone=ZoneInfo(zone))
    assert found is not None
    assert now < found <= now + timedelta(days=9)


@given(st.integers(1, 999), st.sampled_from(["h", " hours", "min", " minutes"]), MOMENTS)
def test_a_length_is_never_cut_short(many: int, unit: str, now: datetime) -> None:
    found = moment(f"for {many}{unit}", now=now, zone=BERLIN)
    length = timedelta(hours=many) if "h" in unit else timedelta(minutes=many)
    assert found is not None
    assert found.second == 0
    assert now + length <= found < now + length + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("now", "berlin"), [("00:15", "02:30+02:00"), ("00:45", "02:30+01:00"), ("02:00", "")]
)
def test_an_hour_that_comes_twice_is_the_next_of_both(now: str, berlin: str) -> None:
    """On 25 October 2026 the clocks of Berlin are put back from three to two."""
    at = datetime.fromisoformat(f"2026-10-25T{now}+00:00")
    found = moment("2:30", now=at, zone=BERLIN)
    assert found is not None
    shown = found.astimezone(BERLIN).isoformat(timespec="minutes")
    assert shown == (f"2026-10-25T{berlin}" if berlin else "2026-10-26T02:30+01:00")


async def test_the_moment_is_said_and_what_cannot_be_read_gets_examples(house: Running) -> None:
    anna, zone = house.person("anna"), ZoneInfo("Asia/Kolkata")
    house.sandbox.workspace.changed(replace(anna.person, timezone=zone.key))
    told = heard(await anna.types("/usher away until 9am"))
    expected = moment("9:00", now=datetime.now(UTC), zone=zone)
    assert expected is not None
    assert f"You are away until {said(expected, zone=zone)}." in told
    assert EXAMPLES in heard(await anna.types("/usher away until the cows come home"))

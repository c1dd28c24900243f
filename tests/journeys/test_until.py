"""Until when somebody is away, as they type it: never in the past, and by their own clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.until import DAYS, FURTHEST, SORRY, moment
from bot.errors import Refusal

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""A Friday, twelve o'clock in Berlin."""
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"])
MOMENTS = st.integers(1_767_225_600, 1_893_456_000).map(lambda at: datetime.fromtimestamp(at, UTC))
"""Every second from 2026 to 2029."""


@pytest.mark.parametrize(
    ("typed", "berlin"),
    [
        ("until 14:00", "2026-11-20 14:00"),
        ("14.30", "2026-11-20 14:30"),
        ("until 9:00", "2026-11-21 09:00"),
        ("UNTIL   Tomorrow", "2026-11-21 00:00"),
        ("until monday", "2026-11-23 00:00"),
        ("friday", "2026-11-27 00:00"),
        ("until 2026-12-24", "2026-12-24 00:00"),
    ],
)
def test_hours_days_and_dates(typed: str, berlin: str) -> None:
    found = moment(typed, now=NOON, zone=BERLIN)
    assert found is not None
    assert f"{found.astimezone(BERLIN):%Y-%m-%d %H:%M}" == berlin


def test_nothing_typed_is_no_moment() -> None:
    assert moment("  ", now=NOON, zone=BERLIN) is None
    assert moment("until", now=NOON, zone=BERLIN) is None


@given(st.text() | st.from_regex(r"(until )?[0-9٠-٩]{1,5}[:.\-][0-9]{1,3}"), MOMENTS, ZONES)
def test_whatever_is_typed_is_a_later_moment_or_a_sentence(
    typed: str, now: datetime, zone: str
) -> None:
    try:
        found = moment(typed, now=now, zone=ZoneInfo(zone))
    except Refusal as no:
        said = no.sentence
    else:
        said = SORRY
        assert found is None or now < found <= now + FURTHEST + timedelta(days=2)
    assert said == SORRY


@given(st.sampled_from([*DAYS, "tomorrow", "00:00", "23:59", "2:30"]), MOMENTS, ZONES)
def test_what_is_offered_is_understood_at_every_hour_of_every_year(
    typed: str, now: datetime, zone: str
) -> None:
    found = moment(f"until {typed}", now=now, zone=ZoneInfo(zone))
    assert found is not None
    assert now < found <= now + timedelta(days=9)

"""When quiet hours end, by clocks that show an hour twice or leave one out."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.telling import quiet_until
from bot.model.wishes import How, Wishes

BERLIN = "Europe/Berlin"
ZONES = st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
MOMENTS = st.integers(1_767_225_600, 1_893_456_000).map(lambda at: datetime.fromtimestamp(at, UTC))
"""Every second from 2026 to 2029."""
HOURS = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def wishes(begin: time, end: time) -> Wishes:
    return Wishes(How.NOW, begin, end)


@pytest.mark.parametrize(
    ("now", "end", "ends"),
    [
        # On 25 October 2026 Berlin shows 02:00 to 03:00 twice: from 00:00 and from 01:00 UTC.
        ("2026-10-24T23:50", time(2, 30), "2026-10-25T00:30"),
        ("2026-10-25T01:10", time(2, 30), "2026-10-25T01:30"),
        ("2026-10-25T01:10", time(3, 0), "2026-10-25T02:00"),
        ("2026-10-25T00:40", time(7, 0), "2026-10-25T06:00"),
        # On 29 March it never shows 02:30.
        ("2026-03-29T00:50", time(2, 30), "2026-03-29T01:30"),
    ],
)
def test_the_end_is_the_next_time_their_clock_shows_it(now: str, end: time, ends: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = quiet_until(wishes(time(22), end), at, zone=BERLIN)
    assert found == datetime.fromisoformat(ends).replace(tzinfo=UTC)


@given(HOURS, HOURS, MOMENTS, ZONES)
def test_the_end_never_lies_behind_nor_far_ahead(
    begin: time, end: time, now: datetime, zone: str
) -> None:
    found = quiet_until(wishes(begin, end), now, zone=zone)
    assert now <= found <= now + timedelta(hours=26)

"""When the digest is due: held clocks, two of them on the days the clocks are changed.

And a job that is still at work is not run beside itself, its first time included.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.interval import IntervalTrigger

from bot.timetable import Hours, Job, run

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
BERLIN = ZoneInfo("Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "struck"),
    [
        ("2026-11-23 08:00:00", "2026-11-23 08:00"),  # Monday, on the dot: 9:00 in Berlin
        ("2026-11-23 07:59:59", "2026-11-20 08:00"),  # a moment before: still Friday's
        ("2026-11-23 22:30:00", "2026-11-23 08:00"),  # the hour was missed, the day is not over
        ("2026-11-21 12:00:00", "2026-11-20 08:00"),  # Saturday
        ("2026-11-22 23:30:00", "2026-11-20 08:00"),  # Monday in Berlin, too early
        ("2026-10-23 12:00:00", "2026-10-23 07:00"),  # the Friday before the clocks go back
        ("2026-10-26 07:30:00", "2026-10-23 07:00"),  # the Monday after, 8:30
        ("2026-10-26 08:00:00", "2026-10-26 08:00"),
        ("2026-03-30 07:00:00", "2026-03-30 07:00"),  # the Monday after they went forward
    ],
)
def test_the_newest_hour_is_one_of_the_organisations_own(now: str, struck: str) -> None:
    assert Hours(time(9), WEEKDAYS, BERLIN).newest(utc(now)) == utc(struck)


@pytest.mark.parametrize(
    ("now", "struck"),
    [
        ("2026-10-25 00:30", "2026-10-25 00:30"),  # 2:30 for the first time
        ("2026-10-25 01:30", "2026-10-25 00:30"),  # 2:30 for the second: the same hour
        ("2026-03-29 01:29", "2026-03-28 01:30"),
        ("2026-03-29 01:30", "2026-03-29 01:30"),  # no 2:30 that night: 3:30, once
        ("2026-03-29 12:00", "2026-03-29 01:30"),
        ("2026-03-30 00:30", "2026-03-30 00:30"),
    ],
)
def test_in_the_night_the_clocks_change_it_strikes_once(now: str, struck: str) -> None:
    assert Hours(time(2, 30), (*WEEKDAYS, "sat", "sun"), BERLIN).newest(utc(now)) == utc(struck)


def test_one_day_a_week_and_none() -> None:
    tuesday = utc("2026-11-24 07:00")  # an hour too early: a week ago
    assert Hours(time(9), ("tue",), BERLIN).newest(tuesday) == utc("2026-11-17 08:00")
    assert Hours(time(9), (), BERLIN).newest(tuesday) is None


async def test_a_job_at_work_is_not_run_beside_itself_nor_late_at_the_start() -> None:
    at_work, most, often = 0, 0, asyncio.Semaphore(0)
    loop = asyncio.get_running_loop()
    began = loop.time()
    first = 0.0

    async def work() -> None:
        nonlocal at_work, most, first
        first = first or loop.time() - began
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0.1)
        at_work -= 1
        often.release()

    job = Job("slow", IntervalTrigger(seconds=0.03), work, at_start=True)
    late = Job("late", IntervalTrigger(seconds=60), work, at_start=False)
    scheduled = asyncio.create_task(run([job, late]))
    for _ in range(3):
        await asyncio.wait_for(often.acquire(), 5)
    scheduled.cancel()
    with suppress(asyncio.CancelledError):
        await scheduled
    assert most == 1
    assert first < 1

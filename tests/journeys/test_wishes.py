"""Told as I wish: at once, in the morning, and never in my quiet hours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.model.lanes import SOMETIME
from bot.sandbox.driver import Errors, Person, View
from tests.faults.databases import count, rows
from tests.journeys.approving import recorded
from tests.running import Mode, Running, Wandering, heard, running

LONDON = ZoneInfo("Europe/London")
"""Where Slack says they all are."""


def shows(clock: Wandering, hour: time) -> None:
    """The next time a clock in London shows this hour."""
    now = clock()
    local = now.astimezone(LONDON)
    then = datetime.combine(local.date(), hour, LONDON)
    if then <= local:
        then = datetime.combine(local.date() + timedelta(days=1), hour, LONDON)
    clock.off += then.astimezone(UTC) - now


@asynccontextmanager
async def with_a_clock(
    home: Path, database_url: str, mode: Mode
) -> AsyncIterator[tuple[Running, Wandering]]:
    clock = Wandering()
    shows(clock, time(20))
    async with running(home, database_url, mode=mode, clock=clock) as house:
        yield house, clock


async def wishes(person: Person, **values: str) -> View | Errors:
    home = await person.opens_home(timeout=8)
    assert home is not None
    form = await person.clicks("Change", on=home)
    assert isinstance(form, View), form
    said = await person.submits(form, values)
    assert isinstance(said, View | Errors), said
    return said


async def passed_to_ben(house: Running, number: int) -> None:
    anna = await house.enrolled("anna")
    await anna.types(f"/case new @customer{number} matter {number}")
    assert "hears of it from me" in heard(await anna.types(f"/case pass {number} @ben"))


async def test_quiet_hours_hold_a_message_until_morning(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with with_a_clock(tmp_path, database_url, mode) as (house, clock):
        ben = house.person("ben")
        saved = await wishes(
            ben, how="At once, by a direct message", quiet_from="22:00", quiet_to="07:00"
        )
        assert "Never from 22:00 to 07:00" in saved.words
        await passed_to_ben(house, 1)
        await ben.sees("passed case 1", channel="@usher", timeout=10)
        shows(clock, time(23, 30))
        await passed_to_ben(house, 2)
        await ben.sees_not("passed case 2", channel="@usher", within=1.5)
        shows(clock, time(6, 30))
        await ben.sees_not("passed case 2", channel="@usher", within=1.5)
        # In the morning it does not overtake what somebody waits for then.
        waits = "SELECT priority FROM deliveries WHERE kind = 'message' AND state = 'waiting'"
        assert await rows(database_url, waits) == [(SOMETIME,)]
        assert heard(await ben.types("/case mine"))
        shows(clock, time(7, 1))
        await ben.sees("passed case 2", channel="@usher", timeout=10)


async def test_what_is_asked_for_is_answered_in_quiet_hours_too(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with with_a_clock(tmp_path, database_url, mode) as (house, clock):
        ben = await house.enrolled("ben")
        await wishes(ben, how="At once, by a direct message", quiet_from="22:00", quiet_to="07:00")
        shows(clock, time(23, 30))
        await passed_to_ben(house, 1)
        await ben.sees_not("passed case 1", channel="@usher", within=1.0)
        home = await ben.opens_home(timeout=8)
        assert home is not None
        await ben.clicks("Release", on=home)
        await ben.sees("Case 1 waits for someone again", channel="@usher", timeout=10)


async def test_once_a_day_is_one_message_at_nine(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with with_a_clock(tmp_path, database_url, mode) as (house, clock):
        ben = house.person("ben")
        saved = await wishes(ben, how="Once a day, in the morning")
        assert "Once a day" in saved.words
        for number in (1, 2, 3):
            await passed_to_ben(house, number)
        await ben.sees_not("passed case", channel="@usher", within=1.5)
        shows(clock, time(9, 1))
        told = await ben.sees("passed case 3", channel="@usher", timeout=10)
        assert "passed case 1" in told.words
        assert "passed case 2" in told.words
        assert len([each for each in ben.messages("@usher") if each.bot]) == 1

        # Who moves has their morning when it is nine over there.
        moved = replace(ben.person, timezone="America/New_York")
        house.sandbox.workspace.changed(moved)
        await recorded(database_url, "wishes.moved", 1)
        await passed_to_ben(house, 4)
        shows(clock, time(14, 1))
        await ben.sees("passed case 4", channel="@usher", timeout=10)


async def test_half_of_quiet_hours_is_said_under_the_field(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with with_a_clock(tmp_path, database_url, mode) as (house, _):
        ben = house.person("ben")
        wrong = await wishes(ben, how="Once a day, in the morning", quiet_from="22:00")
        assert isinstance(wrong, Errors)
        assert "quiet_to" in wrong
        assert "Leave both empty" in wrong.words


@pytest.mark.parametrize("forged", ["", "hourly", "NOW"])
async def test_a_forged_wish_is_refused_under_its_field(
    house: Running, database_url: str, forged: str
) -> None:
    ben = house.person("ben")
    home = await ben.opens_home(timeout=8)
    assert home is not None
    form = await ben.clicks("Change", on=home)
    assert isinstance(form, View)
    wrong = await ben.submits(form, {"how": {"value": forged}})
    assert isinstance(wrong, Errors)
    assert list(wrong) == ["how"]
    assert "Please choose how I tell you" in wrong.words
    assert await count(database_url, "preferences") == 0


async def test_the_form_shows_what_was_wished_last(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with with_a_clock(tmp_path, database_url, mode) as (house, _):
        ben = house.person("ben")
        await wishes(ben, how="Once a day, in the morning", quiet_from="22:00", quiet_to="07:00")
        home = await ben.opens_home(timeout=8)
        assert home is not None
        assert "Never from 22:00 to 07:00" in home.words
        form = await ben.clicks("Change", on=home)
        assert isinstance(form, View)
        assert '"initial_time": "22:00"' in str(form.blocks).replace("'", '"')

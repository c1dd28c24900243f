"""Slack is away just as a storm ends: nobody is lost from its list, the last edit comes later."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.care.storms import Weather
from bot.sandbox.driver import Message
from tests.faults.databases import count
from tests.faults.waiting import until, until_told
from tests.journeys.storming import cards, outage, told
from tests.running import Running, running

WAITING = 6
PASSING = Weather(
    opens_above=3, ends_after=timedelta(seconds=2.5), look_every=0.1, redrawn_every=0.1
)
AWAY = ("503", "hang_up", "503:after")
"""Down; it takes the edit and hangs up after reading; it takes it and says that it failed."""


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[Running]:
    async with running(tmp_path, database_url, weather=PASSING) as started:
        yield started


def rolling(house: Running, card: Message) -> Message:
    return next(one for one in cards(house) if one.ts == card.ts)


def ended(database_url: str) -> Callable[[], object]:
    async def is_it() -> bool:
        return await count(database_url, "storms WHERE ended_at IS NOT NULL") == 1

    return is_it


@pytest.mark.parametrize("away", AWAY)
async def test_as_the_storm_ends_slack_is_away(
    house: Running, database_url: str, away: str
) -> None:
    card = await outage(house, WAITING)
    house.sandbox.workspace.faults.inject("chat.update", kind=away, times=4)
    await until_told(ended(database_url))
    anna = await house.enrolled("anna")
    listed = await told(anna, "Show the list", on=rolling(house, card))
    assert all(f"outage number {number}" in listed.words for number in range(WAITING))
    await until(lambda: "The storm is over" in rolling(house, card).words, seconds=30)
    assert f"{WAITING} wait" in rolling(house, card).words
    taken = await told(anna, "Take the next one", on=rolling(house, card))
    assert "is yours" in taken.words
    await until(lambda: f"{WAITING - 1} wait" in rolling(house, card).words, seconds=20)
    over = [one for one in cards(house) if "The storm is over" in one.words]
    assert len(over) == 1

"""A house in which a storm opens soon, and how one is brought about."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.care.storms import Weather
from bot.sandbox.driver import Message, Person
from tests.faults.waiting import until
from tests.running import Mode, Running, running

OUTAGE, BILLING = "#care-outage", "#care-billing"
STORMY = Weather(opens_above=3, ends_after=timedelta(minutes=5), look_every=0.1, redrawn_every=0.1)
PASSING = Weather(
    opens_above=3, ends_after=timedelta(seconds=1.5), look_every=0.1, redrawn_every=0.1
)


@pytest.fixture
async def house(tmp_path: Path, database_url: str, mode: Mode) -> AsyncIterator[Running]:
    async with running(tmp_path, database_url, mode=mode, weather=STORMY) as started:
        yield started


@pytest.fixture
async def passing(tmp_path: Path, database_url: str, mode: Mode) -> AsyncIterator[Running]:
    """As `house`, where a storm is soon over."""
    async with running(tmp_path, database_url, mode=mode, weather=PASSING) as started:
        yield started


async def outage(house: Running, customers: int, *, seen: int = 0) -> Message:
    """So many write in one moment; the rolling card once it counts `seen` cases, or all of them."""
    for number in range(customers):
        await house.sandbox.x.posts(f"storm{number}", f"@acme no internet, outage number {number}")
    words = f"Storm · {seen or customers} cases"
    return await house.person("cora").sees(words, channel=OUTAGE, timeout=10)


def cards(house: Running, channel: str = OUTAGE) -> list[Message]:
    return [one for one in house.person("cora").messages(channel) if one.bot]


async def told(person: Person, label: str, *, on: Message) -> Message:
    """What only she reads after the press."""

    def read() -> list[Message]:
        return [one for one in person.messages(OUTAGE) if one.ephemeral]

    before = len(read())
    await person.clicks(label, on=on)
    await until(lambda: len(read()) > before)
    return read()[-1]

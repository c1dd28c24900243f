"""A house that posts as fast as it can, in a patient Slack: neither is what is tried in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.model.lanes import Rate, Rates
from tests.faults.waiting import until_told
from tests.running import QUICK, Running, running

_AT_ONCE = Rate(0.001, burst=100)
_PACE = replace(QUICK, rates=Rates(_AT_ONCE, _AT_ONCE, _AT_ONCE, _AT_ONCE, _AT_ONCE))


@asynccontextmanager
async def hurried(home: Path, database_url: str, **options: Any) -> AsyncIterator[Running]:
    """`options` as `running` takes them."""
    async with running(
        home, database_url, pace=_PACE, rate_limited=False, ack_seconds=20.0, **options
    ) as house:
        house.sandbox.x.windows.limits["mentions"] = 100_000
        yield house


async def all_delivered(house: Running) -> None:
    async def quiet() -> bool:
        figures = await house.usher.rooms.db.read(lambda unit: unit.deliveries.figures())
        assert figures.stuck == 0, figures.reasons
        return figures.waiting == 0

    await until_told(quiet, seconds=30)

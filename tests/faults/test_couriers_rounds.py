"""The worker without a database: who is waited for, who rests, and when the next try is."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.care.deliveries import MOST_AT_ONCE, Courier, Deliveries, Pace
from bot.errors import Unavailable
from bot.model.delivery import Delivery, DeliveryKind, Leased
from bot.model.lanes import Rate
from storage.database import Database
from tests.faults.waiting import until

LANE = "post:#care"


class Outbox:
    """Rows of one kind, tried ten times before; noting that "1" was carried fails."""

    def __init__(self, *subjects: str) -> None:
        self.rows = [Delivery(DeliveryKind.CARD, subject, 1, 11, LANE) for subject in subjects]
        self.noted: list[str] = []
        self.waits: list[float] = []
        self.rests: list[tuple[str, float]] = []
        self.limits: list[int] = []

    async def technical(self, work: Callable[[Any], Any]) -> Any:
        return work(SimpleNamespace(deliveries=self, turns=self))

    def lease(self, *, limit: int, **_how: object) -> Leased:
        self.limits.append(limit)
        taken, self.rows = self.rows[:limit], self.rows[limit:]
        return Leased(tuple(taken), None)

    def done(self, row: Delivery) -> None:
        if row.subject == "1":
            raise Unavailable("database", "went away")
        self.noted.append(row.subject)

    def later(self, _row: Delivery, *, seconds: float, reason: str) -> None:
        assert reason
        self.waits.append(seconds)

    def home(self, lane: str, _rate: Rate, *, rest: float) -> None:
        self.rests.append((lane, rest))


async def worked(outbox: Outbox, courier: Courier) -> None:
    """Until all that was there was taken up, and is home."""
    database = cast("Database", outbox)
    worker = Deliveries(database, {DeliveryKind.CARD: courier}, "here", Pace(idle=0.01))
    running = asyncio.create_task(worker.run())
    await until(lambda: not outbox.rows)
    worker.end()
    await asyncio.wait_for(running, 5)


async def test_one_who_stumbles_leaves_nobody_behind() -> None:
    outbox = Outbox("1", "2")

    async def courier(subject: str) -> None:
        await asyncio.sleep(0.05 if subject == "2" else 0)

    await worked(outbox, courier)
    assert outbox.noted == ["2"]


async def test_one_who_is_slow_keeps_none_of_the_others_and_nobody_takes_too_much() -> None:
    outbox = Outbox("slow", *(f"a{number}" for number in range(3 * MOST_AT_ONCE)))
    under_way = 0

    async def courier(subject: str) -> None:
        nonlocal under_way
        under_way += 1
        assert under_way <= MOST_AT_ONCE
        await asyncio.sleep(0.3 if subject == "slow" else 0.005)
        under_way -= 1

    await worked(outbox, courier)
    assert outbox.noted[-1] == "slow"
    assert len(outbox.noted) == 3 * MOST_AT_ONCE + 1
    assert 0 not in outbox.limits


async def test_who_waits_for_another_reason_rests_no_lane() -> None:
    outbox = Outbox("2")

    async def courier(_subject: str) -> None:
        raise Unavailable("quiet hours", "told later", retry_after=600)

    await worked(outbox, courier)
    assert (outbox.waits, outbox.rests) == ([600], [(LANE, 0.0)])


@pytest.mark.parametrize("told", [2.5, None])
async def test_a_wait_that_was_told_is_kept_to_the_second_by_the_row_and_its_lane(
    told: float | None,
) -> None:
    outbox = Outbox("1", "2")

    async def courier(_subject: str) -> None:
        raise Unavailable("slack", "rate limited", retry_after=told, refused=True)

    await worked(outbox, courier)
    assert outbox.waits == [told or Pace().backoff(10)] * 2
    assert outbox.rests == [(LANE, told or 0.0)] * 2

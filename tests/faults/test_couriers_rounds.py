"""One round of the worker, without a database: who is waited for, and when the next try is."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.care.deliveries import Courier, Deliveries, Pace
from bot.errors import Unavailable
from bot.model.delivery import Delivery, DeliveryKind
from storage.database import Database


class Outbox:
    """Two rows of one kind, tried ten times before; noting that "1" was carried fails."""

    def __init__(self) -> None:
        self.noted: list[str] = []
        self.waits: list[float] = []

    async def technical(self, work: Callable[[Any], Any]) -> Any:
        return work(SimpleNamespace(deliveries=self))

    def lease(self, **_how: object) -> list[Delivery]:
        return [Delivery(DeliveryKind.CARD, subject, 1, 11) for subject in ("1", "2")]

    def done(self, row: Delivery) -> None:
        if row.subject == "1":
            raise Unavailable("database", "went away")
        self.noted.append(row.subject)

    def later(self, _row: Delivery, *, seconds: float, reason: str) -> None:
        assert reason
        self.waits.append(seconds)


def worker(outbox: Outbox, courier: Courier) -> Deliveries:
    return Deliveries(cast("Database", outbox), {DeliveryKind.CARD: courier}, "here", Pace(idle=0))


async def test_one_who_stumbles_leaves_nobody_behind() -> None:
    outbox = Outbox()

    async def courier(subject: str) -> None:
        await asyncio.sleep(0.05 if subject == "2" else 0)

    assert await worker(outbox, courier).round(DeliveryKind.CARD) == 0
    assert outbox.noted == ["2"]


@pytest.mark.parametrize("told", [2.5, None])
async def test_a_wait_that_was_told_is_kept_to_the_second(told: float | None) -> None:
    outbox = Outbox()

    async def courier(_subject: str) -> None:
        raise Unavailable("slack", "our own rate budget is spent", retry_after=told)

    await worker(outbox, courier).round(DeliveryKind.CARD)
    assert outbox.waits == [told or Pace().backoff(10)] * 2

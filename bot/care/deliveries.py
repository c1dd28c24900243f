"""The worker that makes true outside what the outbox says: lease, carry, record, try again."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import structlog

from bot.errors import Misconfigured, Unavailable
from bot.model.delivery import Delivery, DeliveryKind
from storage.database import Database

log = structlog.get_logger(__name__)

Courier = Callable[[str], Awaitable[None]]
"""Carries one subject; raises `Unavailable` (again later) or `Misconfigured` (a human)."""

BATCH = 20
LEASE_SECONDS = 60.0
IDLE_SECONDS = 1.0
FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
ASK_AGAIN_SECONDS = 60.0
"""A stuck row is tried again this often: the human may have mended it."""


def backoff(attempts: int) -> float:
    """Seconds before the next try: doubling, at most five minutes."""
    return float(min(FIRST_WAIT * 2**attempts, LONGEST_WAIT))


@dataclass(slots=True)
class Deliveries:
    """One lane for each kind: a channel that must wait for Slack holds up no ticket."""

    db: Database
    couriers: Mapping[DeliveryKind, Courier]
    owner: str
    _wakes: dict[DeliveryKind, asyncio.Event] = field(default_factory=dict)

    def nudge(self) -> None:
        for wake in self._wakes.values():
            wake.set()

    async def run(self) -> None:
        """Work until cancelled; what is under way then stays leased and is tried again."""
        async with asyncio.TaskGroup() as lanes:
            for kind in self.couriers:
                lanes.create_task(self._lane(kind))

    async def _lane(self, kind: DeliveryKind) -> None:
        wake = self._wakes.setdefault(kind, asyncio.Event())
        while True:
            wake.clear()
            if await self.round(kind):
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), IDLE_SECONDS)

    async def round(self, kind: DeliveryKind) -> int:
        """One round: how many rows were taken. Rows of one batch travel side by side."""
        try:
            leased = await self.db.technical(
                lambda unit: unit.deliveries.lease(
                    owner=self.owner, limit=BATCH, seconds=LEASE_SECONDS, kinds=(kind,)
                )
            )
            await asyncio.gather(*(self._carry(row) for row in leased))
        except Unavailable as away:
            log.warning("deliveries.database_away", reason=away.reason)
            await asyncio.sleep(IDLE_SECONDS)
            return 0
        return len(leased)

    async def _carry(self, row: Delivery) -> None:
        try:
            await self.couriers[row.kind](row.subject)
        except Unavailable as away:
            wait = max(backoff(row.attempts - 1), away.retry_after or 0.0)
            await self._later(row, wait, str(away))
        except Misconfigured as broken:
            await self._stuck(row, str(broken))
        except Exception as unknown:  # an edge: one bad row must not stop the others
            log.exception("deliveries.failed", kind=row.kind, subject=row.subject)
            await self._stuck(row, f"unexpected {type(unknown).__name__}")
        else:
            await self.db.technical(lambda unit: unit.deliveries.done(row))

    async def _later(self, row: Delivery, seconds: float, reason: str) -> None:
        log.info("deliveries.later", kind=row.kind, subject=row.subject, seconds=seconds)
        await self.db.technical(
            lambda unit: unit.deliveries.later(row, seconds=seconds, reason=reason)
        )

    async def _stuck(self, row: Delivery, reason: str) -> None:
        log.warning("deliveries.stuck", kind=row.kind, subject=row.subject)
        await self.db.technical(lambda unit: unit.deliveries.stuck(row, reason))

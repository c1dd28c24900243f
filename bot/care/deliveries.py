"""The worker that makes true outside what the outbox says: lease, carry, record, try again."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
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
LONGEST_WAIT = 300.0
MOST_DOUBLINGS = 16
REVIVED_AT_ONCE = 20
"""Of what is stuck, so many are tried again each time, lest a dead channel keeps us busy."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the worker waits, in seconds. `carry` is shorter than a lease.

    A courier must be home before its lease ends, else a second one sets out for the same door.
    """

    idle: float = 1.0
    first_wait: float = 1.0
    carry: float = 45.0

    def backoff(self, attempts: int) -> float:
        """Before the next try: doubling, at most five minutes."""
        # Bounded, since after days without an answer the doublings are no float any more.
        return min(self.first_wait * 2.0 ** min(attempts, MOST_DOUBLINGS), LONGEST_WAIT)


def _looked_at(homes: Iterable[BaseException | None]) -> None:
    for stumbled in filter(None, homes):
        raise stumbled


@dataclass(slots=True)
class Deliveries:
    """One lane for each kind: a channel that must wait for Slack holds up no ticket."""

    db: Database
    couriers: Mapping[DeliveryKind, Courier]
    owner: str
    pace: Pace = Pace()
    _wakes: dict[DeliveryKind, asyncio.Event] = field(default_factory=dict)
    _ended: bool = False

    def nudge(self, kinds: Iterable[DeliveryKind]) -> None:
        for kind in kinds:
            self._wakes.setdefault(kind, asyncio.Event()).set()

    def end(self) -> None:
        """`run` returns once what is under way is home; nothing more is taken up."""
        self._ended = True
        self.nudge(self.couriers)

    async def revive(self) -> None:
        """What was stuck is tried again: a human may have mended the cause meanwhile."""
        if await self.db.technical(lambda unit: unit.deliveries.revive(REVIVED_AT_ONCE)):
            self.nudge(self.couriers)

    async def run(self) -> None:
        """Work until `end`. Cancelled, what is under way stays leased and is tried again later."""
        async with asyncio.TaskGroup() as lanes:
            for kind in self.couriers:
                lanes.create_task(self._lane(kind))

    async def _lane(self, kind: DeliveryKind) -> None:
        wake = self._wakes.setdefault(kind, asyncio.Event())
        while not self._ended:
            wake.clear()
            if await self.round(kind):
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), self.pace.idle)

    async def round(self, kind: DeliveryKind) -> int:
        """One round: how many rows were taken. Rows of one batch travel side by side."""
        try:
            leased = await self.db.technical(
                lambda unit: unit.deliveries.lease(
                    owner=self.owner, limit=BATCH, seconds=LEASE_SECONDS, kinds=(kind,)
                )
            )
            # All come home before one who stumbled is looked at, else the others are left behind.
            homes = await asyncio.gather(
                *(self._carry(row) for row in leased), return_exceptions=True
            )
            _looked_at(homes)
        except Unavailable as away:
            log.warning("deliveries.database_away", reason=away.reason)
        except Exception:  # an edge: a lane that ends would leave its rows lying without a word
            log.exception("deliveries.round_failed", kind=kind)
        else:
            return len(leased)
        await asyncio.sleep(self.pace.idle)
        return 0

    async def _carry(self, row: Delivery) -> None:
        try:
            async with asyncio.timeout(self.pace.carry):
                await self.couriers[row.kind](row.subject)
        except TimeoutError:
            await self._later(row, self.pace.backoff(row.attempts - 1), "it took too long")
        except Unavailable as away:
            # Who tells when knows it better than a guess that doubles with each try.
            wait = away.retry_after or self.pace.backoff(row.attempts - 1)
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

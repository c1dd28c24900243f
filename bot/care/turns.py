"""Turns for what is said to one person at once, from the same buckets as what couriers carry."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from bot.errors import Unavailable
from bot.model.lanes import SLACKS, Rates
from storage.database import Database, Technical

PATIENCE = 5.0
"""Seconds. Somebody waits for these words, and what they are about is in the database already."""
SHORTEST_WAIT = 0.05

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Turns:
    db: Database
    rates: Rates = SLACKS
    patience: float = PATIENCE

    @asynccontextmanager
    async def turn(self, lane: str) -> AsyncIterator[None]:
        """Waits for a turn; `Unavailable` where none is near. A refusal inside rests the lane."""
        rate = self.rates.of(lane)
        await self._taken(lane)
        rest = 0.0
        try:
            yield
        except Unavailable as busy:
            rest = busy.retry_after or 0.0
            raise
        finally:
            await self._noted(lambda unit: unit.turns.home(lane, rate, rest=rest))

    async def _taken(self, lane: str) -> None:
        loop = asyncio.get_running_loop()
        ends = loop.time() + self.patience
        while wait := await self._noted(lambda unit: unit.turns.take(lane, self.rates)):
            if loop.time() + wait > ends:
                raise Unavailable("slack", "our own turns are taken", retry_after=wait)
            await asyncio.sleep(max(wait, SHORTEST_WAIT))

    async def _noted(self, work: Callable[[Technical], float | None]) -> float | None:
        try:
            return await self.db.technical(work)
        except Unavailable as away:
            # The words matter more than the order in which they go.
            log.warning("turns.database_away", reason=away.reason)
            return None

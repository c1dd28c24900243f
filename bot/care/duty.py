"""Who of several replicas does what the clock asks for, and the tidying nobody sees."""

from dataclasses import dataclass
from datetime import timedelta

from storage.database import Database
from storage.unit_of_work import Technical

VISITS_KEPT = timedelta(hours=24)
"""Longer than Slack's last retry, short enough that stored answers do not pile up."""
LEFTOVERS_KEPT = timedelta(days=30)
"""Long enough to look into a complaint about what was posted, or about what could not be read."""


@dataclass(frozen=True, slots=True)
class Duty:
    db: Database
    owner: str

    async def mine(self, name: str, *, seconds: float) -> bool:
        """True for one replica at a time; the same one may take it again."""
        return await self.db.technical(
            lambda unit: unit.leases.take(name, owner=self.owner, seconds=seconds)
        )

    async def tidy(self) -> None:
        def work(unit: Technical) -> None:
            unit.visits.purge(unit.now - VISITS_KEPT)
            unit.inbox.purge(unit.now - VISITS_KEPT)
            unit.leftovers.purge(unit.now - LEFTOVERS_KEPT)

        await self.db.technical(work)

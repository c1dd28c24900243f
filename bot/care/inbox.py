"""What Slack tells: kept first, acknowledged then, acted upon by a courier until it is done."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.errors import NotShown, Unavailable
from bot.model.arrival import Arrival
from bot.model.delivery import DeliveryKind
from storage.database import Database
from storage.unit_of_work import Technical

Act = Callable[[Arrival], Awaitable[None]]
"""Must be safe to do again; raises `Unavailable` where it is to be tried later."""


@dataclass(slots=True)
class Inbox:
    """The doors know what an event asks for, so they say who acts: `acted_upon_by`."""

    db: Database
    _act: Act | None = None

    def acted_upon_by(self, act: Act) -> None:
        self._act = act

    async def take(self, kind: str, *, key: str, body: bytes) -> None:
        """Once this returns nothing is lost any more. The same `key` again is the same event."""

        def work(unit: Technical) -> None:
            number = unit.inbox.take(kind, key, body)
            if number is not None:
                unit.deliveries.want(DeliveryKind.EVENT, number)

        await self.db.technical(work)

    async def carry(self, subject: str) -> None:
        """The courier: what was acted upon is emptied, so a second one finds nothing to do."""
        number = int(subject)
        arrival = await self.db.read(lambda unit: unit.inbox.get(number))
        if arrival is None:
            return
        if self._act is None:
            raise Unavailable("usher", "no door is open yet")
        try:
            await self._act(arrival)
        except NotShown:
            await self._done(number)
            raise
        await self._done(number)

    async def _done(self, number: int) -> None:
        await self.db.technical(lambda unit: unit.inbox.done(number))

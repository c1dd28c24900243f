"""The one promise every desk keeps: found by our key before it is made, so that it is made once."""

from typing import Protocol

from bot.model.cleared import Cleared
from bot.model.handoff import Ticket, TicketRequest


class Desk(Protocol):
    """A service team's own system. Calls raise `Unavailable` or `Misconfigured` only."""

    name: str

    async def find(self, key: str) -> Ticket | None:
        """The ticket that carries our key, if there is one."""
        ...

    async def create(self, request: Cleared[TicketRequest]) -> Ticket:
        """`Unavailable(unknown_outcome=True)` when the answer was lost: find first."""
        ...

    async def check(self) -> None:
        """Raise `Misconfigured` when address or credentials are refused."""
        ...

    async def close(self) -> None: ...

"""The one promise every archive keeps: what it has confirmed is there, whatever happens next."""

from typing import Protocol

from bot.model.archived import ArchiveRecord
from bot.model.cleared import Cleared


class Archive(Protocol):
    """Calls raise `Unavailable` or `Misconfigured` only."""

    name: str

    async def keep(self, record: Cleared[ArchiveRecord]) -> None:
        """Returns once it is safe there. The same `key` again is the same record."""
        ...

    async def check(self) -> None:
        """Raise where a record could not be kept right now."""
        ...

    async def close(self) -> None: ...
